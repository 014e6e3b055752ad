"""The kit's own components draw what the design system draws."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.gds import gds
from guildhall.foundation.kit.refusals import Refusal, Refusals

from .trees import tree
from .upstream import COVERED

pytestmark = pytest.mark.django_db

UPSTREAM = settings.PACKAGE.parent.parent / "node_modules/govuk-frontend/dist/govuk/components"
NASTY = """<script>alert("x")</script>'&"""
NASTY_FIELD = Field(NASTY, NASTY, hint=NASTY, tooltip=NASTY, problem=NASTY)


def fixtures(component: str) -> list[dict[str, object]]:
    path = UPSTREAM / component / "fixtures.json"
    if not Path(path).exists():
        pytest.skip(f"COULD NOT COMPARE WITH THE DESIGN SYSTEM: {path} is missing; run scripts/vendor")
    return json.loads(path.read_text())["fixtures"]


@pytest.mark.parametrize("component", COVERED)
def test_a_component_draws_what_the_design_system_draws(component: str) -> None:
    draw, least = COVERED[component]
    drawn = [(each, draw(each["options"])) for each in fixtures(component)]
    compared = [(each, html) for each, html in drawn if html is not None]

    for each, html in compared:
        assert tree(html) == tree(each["html"]), f"{component}: {each['name']}"
    assert len(compared) >= least


def test_the_other_components_come_from_the_design_systems_macros() -> None:
    for name in ("tabs", "accordion", "phase-banner", "table"):
        first = fixtures(name)[0]
        assert tree(gds(name, **first["options"])) == tree(first["html"])


def test_parameters_of_parts_are_written_with_two_underscores() -> None:
    html = gds("input", name="a", label__text="What <you> say", label__classes="x")

    assert "What &lt;you&gt; say" in html and 'class="govuk-label x"' in html


@pytest.mark.parametrize(
    "html",
    [
        components.text_field,
        components.textarea_field,
    ],
)
def test_whatever_a_person_typed_is_escaped(html: object) -> None:
    drawn = html(NASTY_FIELD, value=NASTY)  # type: ignore[operator]

    assert "<script>" not in drawn
    assert "'&\"" not in drawn


def test_whatever_a_person_typed_is_escaped_everywhere_else() -> None:
    option = {"value": NASTY, "text": NASTY, "hint": NASTY}
    drawn = [
        components.radios_field(NASTY_FIELD, options=[option], value=NASTY),
        components.checkboxes_field(NASTY_FIELD, options=[option], values=[NASTY]),
        components.select_field(NASTY_FIELD, options=[option], value=NASTY),
        components.checkbox(NASTY_FIELD),
        components.date_field(NASTY_FIELD, day=NASTY, month=NASTY, year=NASTY),
        components.file_field(NASTY_FIELD, upload_url=NASTY),
        components.password_field(NASTY_FIELD),
        components.button(text=NASTY, name=NASTY, value=NASTY, href=NASTY),
        components.back_link(href=NASTY, text=NASTY),
        components.tag_label(text=NASTY, colour=NASTY),
        components.panel(title=NASTY, body=NASTY),
        components.inset(NASTY),
        components.reference(text=NASTY),
        components.warning(text=NASTY),
        components.details(NASTY, summary=NASTY, id=NASTY),
        components.notification(NASTY, title=NASTY, id=NASTY),
        components.error_summary({NASTY: NASTY}),
        components.summary_list(rows=[{"key": NASTY, "value": [NASTY], "href": NASTY, "hidden": NASTY}]),
        components.task_list(items=[{"title": NASTY, "href": NASTY, "status": NASTY, "hint": NASTY}]),
        components.breadcrumb_list(items=[(NASTY, NASTY), (NASTY, "")]),
    ]

    for html in drawn:
        assert "<script>" not in html
        assert 'alert("' not in html.replace('alert("x")&lt;', "")


def test_safe_html_in_an_attribute_is_still_escaped() -> None:
    assert "<b>" not in components.text_field(Field("a", "A"), value=SafeString('"><b>'))


@pytest.mark.req("SP-058")
def test_a_field_drawn_with_safe_html_does_not_make_the_same_text_safe() -> None:
    marked = "<b>Name</b>"
    safe = components.text_field(Field("n", SafeString(marked), hint=SafeString(marked)))
    plain = components.text_field(Field("n", marked, hint=marked))
    assert safe.count(marked) == 2
    assert marked not in plain


def test_what_is_kept_of_a_field_follows_language_problem_and_value() -> None:
    def draw(value: str = "", problem: str = "") -> str:
        return components.text_field(Field("n", "Name", required=True, problem=problem), value=value)

    first = draw(value="Ana")
    with translation.override("cy"):
        assert draw(value="Ana") != first
    assert "govuk-error-message" in draw(value="Ana", problem="Enter a name")
    assert 'value="Beth"' in draw(value="Beth")
    assert "value=" not in draw()
    assert draw(value="Ana") == first


def test_the_tooltip_describes_the_field_and_opens_without_a_script() -> None:
    html = components.text_field(
        Field("upn", "UPN", tooltip="It is on school letters.", hint="13 characters")
    )

    assert '<div class="gh-tooltip__text" id="upn-tooltip">It is on school letters.</div></details>' in html
    assert 'aria-describedby="upn-hint upn-tooltip"' in html
    assert "<summary" in html and "Help with: UPN" in html


@pytest.mark.req("SP-058")
@pytest.mark.parametrize(
    "draw", [components.radios_field, components.checkboxes_field, components.date_field]
)
def test_groups_of_controls_have_tooltips_too(draw: object) -> None:
    choices = {} if draw is components.date_field else {"options": [("a", "A")]}
    field = Field("x", "X", tooltip="Why", problem="Choose one")
    html = draw(field, **choices)  # type: ignore[operator]

    assert 'id="x-tooltip"' in html
    assert 'aria-describedby="x-tooltip x-error"' in html


def test_a_problem_leads_to_the_first_control_of_every_kind_of_field() -> None:
    fields = [
        components.text_field(Field("q", "Q")),
        components.textarea_field(Field("q", "Q")),
        components.radios_field(Field("q", "Q"), options=[("a", "A")]),
        components.checkboxes_field(Field("q", "Q"), options=[("a", "A")]),
        components.checkbox(Field("q", "Q")),
        components.select_field(Field("q", "Q"), options=[("a", "A")]),
        components.date_field(Field("q", "Q")),
        components.file_field(Field("q", "Q")),
        components.password_field(Field("q", "Q")),
    ]

    assert 'href="#q"' in components.error_summary({"q": "Answer this"})
    for html in fields:
        control = html.split('id="q"')[0].rsplit("<", 1)[1]
        assert control.split()[0] in {"input", "textarea", "select"}


def test_a_limit_counts_and_never_cuts_what_is_typed() -> None:
    html = components.textarea_field(Field("why", "Why"), maxlength=2000, value="x" * 3000)

    assert 'data-maxlength="2000"' in html and "You can enter up to 2,000 characters" in html
    assert " maxlength=" not in html and "x" * 3000 in html
    assert " maxlength=" not in components.text_field(Field("a", "A"), maxlength=15)


def test_a_first_empty_line_survives_the_round_trip() -> None:
    assert ">\n\nsecond" in components.textarea_field(Field("a", "A"), value="\nsecond")


def test_a_password_is_never_written_into_a_page() -> None:
    assert "value=" not in components.password_field(Field("password", "Password"))


def test_the_words_of_components_are_in_the_language_of_the_page() -> None:
    with translation.override("cy"):
        html = components.date_field(Field("d", "Dyddiad geni", optional=True, problem="Rhowch ddyddiad"))
        summary = components.error_summary({"d": "Rhowch ddyddiad"})

    assert "Diwrnod" in html and "(dewisol)" in html and "Gwall" in html
    assert "Mae problem wedi codi" in summary


def test_problems_may_be_a_refusal() -> None:
    assert components.problems_of(Refusal("Too old", field="born")) == {"born": "Too old"}
    assert components.problems_of(Refusals({"a": "1", "b": "2"})) == {"a": "1", "b": "2"}
    assert components.error_summary({}) == ""


def test_only_the_wrong_part_of_a_date_is_marked() -> None:
    html = components.date_field(Field("d", "D", problem="The year must have 4 numbers"), wrong=["year"])

    assert html.count("govuk-input--error") == 1
    assert html.index("govuk-input--error") > html.index('name="d-month"')


def test_values_that_are_lists_stand_one_below_the_other() -> None:
    html = components.summary_list(rows=[{"key": "Address", "value": ["1 High St", "<Cardiff>"]}])

    assert "1 High St<br>&lt;Cardiff&gt;" in html


@pytest.mark.req("CP-006")
def test_a_star_marks_what_must_be_answered_and_screen_readers_hear_a_word() -> None:
    options = {"options": [("a", "A"), ("b", "B")]}
    for draw, more in (
        (components.text_field, {}),
        (components.textarea_field, {}),
        (components.password_field, {}),
        (components.file_field, {}),
        (components.checkbox, {}),
        (components.select_field, options),
        (components.radios_field, options),
        (components.checkboxes_field, options),
        (components.date_field, {}),
    ):
        star = '\N{NO-BREAK SPACE}<span class="gh-star" aria-hidden="true">*</span>'
        html = draw(Field("n", "Name", required=True, tooltip="Why"), **more)
        assert html.count(f'Name{star}<span class="govuk-visually-hidden">(required)</span>') == 1
        assert html.count("gh-star") == 1
        assert "gh-star" not in draw(Field("n", "Name"), **more)
