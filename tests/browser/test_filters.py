"""The labels of filters in a row, as a browser sets them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

KIT = Path(__file__).parents[2] / "src/guildhall/foundation/kit/static/kit"
FILTER = """<div class="govuk-form-group gh-has-tooltip"><label class="govuk-label">{words}</label>
<details class="gh-tooltip"><summary class="gh-tooltip__mark"><span>?</span></summary></details>
<select class="govuk-select"><option>Anything</option></select></div>"""
LINES = """() => [...document.querySelectorAll("label")].map(label =>
    label.offsetHeight / parseFloat(getComputedStyle(label).lineHeight))"""
LABELS = ["State", "What the comparison found", "Beth ddaeth i’r golwg wrth gymharu"]


@pytest.mark.parametrize("width", [1280, 800])
def test_a_label_of_a_filter_stays_on_one_line_with_its_question_mark(chromium: Browser, width: int):
    filters = "".join(FILTER.format(words=words) for words in LABELS)
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.set_content(
        f'<body class="govuk-template__body"><div class="gh-filters--row">{filters}</div></body>'
    )
    for sheet in sorted(KIT.glob("**/*.css")):
        page.add_style_tag(content=sheet.read_text(encoding="utf-8"))
    lines = page.evaluate(LINES)
    page.close()
    assert [round(each) for each in lines] == [1, 1, 1]
