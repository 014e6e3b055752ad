"""Questions that depend on others open and close in place, with a script; without one, on Continue."""

import pytest
from playwright.sync_api import expect

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.submissions.models import Draft
from tests.definitions import FULL, a_draft, every_kind, group, options, question
from tests.standing import come_in

from .pages import step_url, type_in

pytestmark = pytest.mark.django_db

SPEAKS = {"question": "SPEAKS", "is": "other"}


def a_form():
    """A choice that opens a memo and a file question, and makes the last question mandatory."""
    form = every_kind(code="OPENING")
    form["groups"][-1] = group(
        "speech",
        7,
        question("SPEAKS", "choose_one", options=options("english", "other")),
        question("WHICH", "memo", when=SPEAKS, max_length=200, tooltip={"en": "Any.", "cy": "Unrhyw un."}),
        question("LETTER", "file", when=SPEAKS, multiple=True),
        question("NOTES"),
        question("HELPER", mandatory=SPEAKS),
    )
    return form


@pytest.fixture
def draft(client):
    made = a_draft(form=a_form(), answers={key: FULL[key] for key in ("CHILD_FORENAME", "CHILD_SURNAME")})
    come_in(client, made.owner)
    return made


@pytest.mark.browser
@pytest.mark.req("GH-022")
@pytest.mark.parametrize("width", [1280, 375])
def test_an_answer_opens_its_questions_in_place_and_keeps_focus_and_what_was_typed(window, draft, width):
    seen = window(width=width)
    page = seen.open(step_url(draft, "speech"))
    page.locator("#q-notes").fill("Typed before")
    expect(page.locator("#q-which")).to_have_count(0)

    page.get_by_label("Other", exact=True).check()
    page.locator("#q-helper").press_sequentially("Miss Rees of the sch", delay=5)
    expect(page.locator("#q-which")).to_be_visible()
    page.locator("#q-helper").press_sequentially("ool", delay=5)

    assert page.evaluate("document.activeElement.id") == "q-helper"
    assert page.locator("#q-helper").input_value() == "Miss Rees of the school"
    assert page.locator("#q-notes").input_value() == "Typed before"
    ids = page.locator("[data-question]").evaluate_all("all => all.map(one => one.dataset.question)")
    assert ids == ["q-speaks", "q-which", "q-letter", "q-notes", "q-helper"]
    expect(page.locator("[data-opening-status]")).to_have_text("More questions have opened on this page")
    expect(page.locator("label[for=q-helper] .gh-star")).to_have_count(1)
    expect(page.locator("[data-stars]")).to_contain_text("marked with a star")
    expect(page.locator("#q-which ~ .govuk-character-count__message").last).to_be_visible()


@pytest.mark.browser
@pytest.mark.req("GH-022")
def test_an_answer_closes_its_questions_and_opening_them_again_shows_what_was_typed(window, draft):
    page = window().open(step_url(draft, "speech"))
    page.get_by_label("Other", exact=True).check()
    page.locator("#q-which").fill("Welsh and Polish")

    page.get_by_label("English").check()
    expect(page.locator("#q-which")).to_have_count(0)
    expect(page.locator("[data-opening-status]")).to_have_text("Some questions on this page have closed")
    expect(page.locator("label[for=q-helper] .gh-star")).to_have_count(0)
    page.get_by_label("Other", exact=True).check()
    expect(page.locator("#q-which")).to_have_value("Welsh and Polish")
    expect(page.locator("#q-letter-button, [data-upload-url]").first).to_be_attached()

    page.locator("#q-helper").fill("Miss Rees")
    page.get_by_role("button", name="Save & Continue").filter(visible=True).first.click()
    expect(page.locator("h1")).not_to_have_text("Speech")
    answers = Draft.objects.get().answers
    assert (answers["SPEAKS"], answers["WHICH"], answers["HELPER"]) == (
        "other",
        "Welsh and Polish",
        "Miss Rees",
    )


@pytest.mark.req("GH-022", "GH-059")
def test_without_scripts_continue_shows_the_questions_that_an_answer_opened(client, draft):
    page = type_in(
        client, step_url(draft, "speech"), speaks="other", helper="Miss Rees", notes="Typed before"
    )

    shown = client.get(page.url.partition("#")[0])
    assert page.url.endswith("#q-which")
    assert 'id="q-which"' in shown.text and "Typed before" in shown.text


def test_a_step_without_such_questions_loads_no_script_for_them(client, draft):
    assert "opening.js" in client.get(step_url(draft, "speech")).text
    assert "opening.js" not in client.get(step_url(draft, "other")).text


# Simple formatting of long answers


@pytest.mark.browser
@pytest.mark.req("SP-147")
def test_buttons_put_simple_formatting_into_a_long_answer_which_the_summary_shows(window, client, draft):
    page = window(width=375).open(step_url(draft, "speech"))
    page.get_by_label("Other", exact=True).check()
    area = page.locator("#q-which")
    area.fill("Welsh and Polish")
    expect(area).to_have_attribute("spellcheck", "true")
    area.select_text()
    page.get_by_role("button", name="Bold").click()
    page.get_by_role("button", name="Bulleted list").click()
    expect(area).to_have_value("- **Welsh and Polish**")
    page.get_by_role("button", name="Save and exit").click()

    expect(page.locator("h1")).to_have_text("Recover a Saved Form")
    shown = client.get(f"/forms/{draft.pk}/summary/").text
    assert "<strong>Welsh and Polish</strong>" in shown and "**" not in shown


@pytest.mark.req("SP-147")
def test_formatting_is_sanitised_and_plain_where_lines_are_wanted(client, draft):
    written = "**Bold** <script>alert(1)</script>\n\n1. one\n2. two"
    type_in(client, step_url(draft, "speech"), speaks="other", _later="yes")
    type_in(client, step_url(draft, "speech"), which=written, _later="yes")
    shown = client.get(f"/forms/{draft.pk}/summary/").text

    assert "<strong>Bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;" in shown
    question = forms.definition_of(draft.version_id).question_by_code["WHICH"]
    said = KINDS["memo"].speak(written, question, "en")
    assert said == ["Bold <script>alert(1)</script>", "1. one", "2. two"]
    assert KINDS["memo"].speak("2 * 3\n\nplain", question, "en") == ["2 * 3", "", "plain"]
