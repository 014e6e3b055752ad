"""What the scripts add to a page that works without them, in a real browser and under the content policy."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import SITE, Stage
from .test_page import OFFICER, PARENT, drawn

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.urls("tests.foundation.kit.urls")]

FORM = """{% block title %}Your child{% endblock %}
{% block back %}{% back_link href="/page" %}{% endblock %}
{% block content %}<h1 class="govuk-heading-l">Your child</h1>
<form method="post" id="step" data-autosave-url="/autosave" novalidate>{% csrf_token %}
<input type="hidden" name="revision" value="3"><input type="hidden" name="place" value="child">
{% text_field name="forename" label="Forename" tooltip="As on the birth certificate." hint="First name" %}
{% radios_field name="lives" legend="Where does the child live?" options=options tooltip="Most nights." %}
{% date_field name="born" legend="Date of birth" hint="For example, 27 3 2014" tooltip="Why we ask." %}
{% checkboxes_field name="needs" legend="Needs" options=options %}
{% select_field name="school" label="School" options=options blank="Choose" %}
{% textarea_field name="why" label="Why now?" maxlength=200 %}
{% file_field name="q-report" label="Report" multiple=True upload_url="/upload" %}
{% password_field name="password" label="Password" %}
{% checkbox name="agree" label="I agree" %}
{% button text="Save and continue" %}{% include "kit/saving.html" %}</form>{% endblock %}"""
OPTIONS = [("home", "At home"), ("away", "Somewhere else")]


def a_form(**context: Any) -> str:
    return drawn(FORM, holder=PARENT, options=OPTIONS, language_form="step", **context)


@pytest.mark.req("SP-058")
def test_clicking_in_a_field_shows_its_tooltip_beside_it_and_leaving_hides_it(stage: Stage) -> None:
    page = stage.show(a_form())
    words = page.get_by_text("As on the birth certificate.")
    expect(words).not_to_be_visible()

    page.get_by_label("Forename").click()
    expect(words).to_be_visible()
    page.get_by_label("Why now?").click()
    expect(words).not_to_be_visible()


@pytest.mark.req("SP-058")
def test_reaching_a_field_by_keyboard_shows_its_tooltip_and_escape_hides_it(stage: Stage) -> None:
    page = stage.show(a_form())

    page.get_by_label("At home").first.focus()
    expect(page.get_by_text("Most nights.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Most nights.")).not_to_be_visible()


@pytest.mark.req("SP-058")
def test_on_a_phone_the_tooltip_stands_below_and_moves_nothing_that_is_being_tapped(stage: Stage) -> None:
    page = stage.show(a_form(), width=375)
    field = page.get_by_label("Forename")
    before = field.bounding_box()

    field.click()
    expect(page.locator("p.gh-tooltip__text--below")).to_have_text("As on the birth certificate.")
    assert field.bounding_box() == before


@pytest.mark.req("SP-058")
def test_a_screen_reader_hears_the_tooltip_as_the_fields_description(stage: Stage) -> None:
    page = stage.show(a_form())

    expect(page.get_by_label("Forename")).to_have_accessible_description(
        "First name As on the birth certificate."
    )


@pytest.mark.req("SP-058", "GH-059")
def test_without_scripts_the_question_mark_opens_the_tooltip(chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page: Page = context.new_page()
    page.set_content(a_form())
    words = page.get_by_text("As on the birth certificate.")
    assert not words.is_visible()

    page.locator("details[data-tooltip=forename] summary").click()
    assert words.is_visible()
    context.close()


def test_what_is_typed_is_saved_after_a_pause_and_the_page_says_when(stage: Stage) -> None:
    stage.answers["/autosave"] = lambda _request: (200, {"revision": 4, "saved": "Saved at 10:42am"})
    page = stage.show(a_form())

    page.get_by_label("Forename").type("Siôn")
    assert stage.posts == []
    expect(page.get_by_text("Saved at 10:42am")).to_be_visible()
    page.get_by_label("Somewhere else").first.check()
    expect(page.locator("form[data-unsaved]")).to_have_count(0)

    first, second = stage.bodies("/autosave")
    assert (first["forename"], first["revision"], first["place"]) == (["Siôn"], ["3"], ["child"])
    assert (second["lives"], second["revision"]) == (["away"], ["4"])
    assert first["csrfmiddlewaretoken"] and "q-report" not in first


def test_when_saving_fails_the_page_says_so_keeps_trying_and_saves_in_the_end(stage: Stage) -> None:
    answers = iter([None, (503, {}), (200, {"revision": 4, "saved": "Saved at 10:43am"})])
    stage.answers["/autosave"] = lambda _request: next(answers)
    stage.page.clock.install()
    page = stage.show(a_form())

    page.get_by_label("Forename").fill("Siôn")
    page.clock.run_for(2_100)
    expect(page.get_by_text("Not saved yet. We will keep trying. Do not close this page.")).to_be_visible()
    expect(page.locator("form[data-unsaved]")).to_have_count(1)
    page.get_by_label("Forename").press("End")
    page.clock.run_for(3_100)
    page.wait_for_timeout(100)
    page.clock.run_for(6_100)
    expect(page.get_by_text("Saved at 10:43am")).to_be_visible()
    assert len(stage.bodies("/autosave")) == 3
    assert page.get_by_label("Forename").input_value() == "Siôn"


def test_a_change_made_elsewhere_stops_the_saving_and_is_said(stage: Stage) -> None:
    stage.answers["/autosave"] = lambda _request: (409, {"message": "x"})
    page = stage.show(a_form())

    page.get_by_label("Forename").fill("Siôn")
    expect(page.get_by_text("Somebody changed these answers in another window.")).to_be_visible()
    expect(page.get_by_role("link", name="See the newest answers")).to_have_attribute(
        "href", f"{SITE}/page?a=1"
    )
    assert page.get_by_label("Forename").input_value() == "Siôn"


def test_a_person_who_was_signed_out_is_told_to_sign_in_in_another_tab(stage: Stage) -> None:
    stage.answers["/autosave"] = lambda _request: (403, {})
    page = stage.show(a_form())

    page.get_by_label("Forename").fill("Siôn")
    expect(page.get_by_text("Not saved: you have been signed out.")).to_be_visible()
    link = page.get_by_role("link", name="Sign in in another tab")
    expect(link).to_have_attribute("href", "/account/sign-in")
    expect(link).to_have_attribute("target", "_blank")


def test_leaving_with_something_unsaved_is_asked_about(stage: Stage) -> None:
    stage.answers["/autosave"] = lambda _request: None
    page = stage.show(a_form())
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_label("Forename").type("S")
    page.goto(f"{SITE}/page?a=2")

    assert asked == ["beforeunload"]


class Taker:
    """What the portal does with files that come in parts of 4 bytes."""

    def __init__(self, stage: Stage) -> None:
        self.parts: list[str] = []
        self.kept = 0
        self.arrived = b""
        self.refusal = ""
        self.size = 0
        stage.answers["/upload"] = self.begin
        stage.answers["/upload/1"] = self.take

    def begin(self, request: Any) -> tuple[int, dict[str, Any]]:
        said = parse_qs(request.post_data)
        assert said["field"] == ["q-report"] and said["csrfmiddlewaretoken"]
        if self.refusal:
            return 422, {"message": self.refusal}
        self.size = int(said["size"][0])
        return 201, self._state()

    def take(self, request: Any) -> tuple[int, dict[str, Any]] | None:
        if request.method == "DELETE":
            self.parts.append("DELETE")
            return 200, {}
        if request.method == "POST":
            assert request.url.endswith(f"?offset={len(self.arrived)}")
            self.arrived += request.post_data_buffer or b""
            self.parts.append(f"{len(self.arrived)} of {self.size}")
            if self.refuses_once():
                return None
        if len(self.arrived) < self.size:
            return 200, self._state()
        self.arrived, self.kept = b"", self.kept + 1
        return 201, {"listing": f"<ul class='gh-files'><li>{self.kept} kept</li></ul>"}

    lost = 0

    def refuses_once(self) -> bool:
        self.lost -= 1
        return self.lost == 0

    def _state(self) -> dict[str, Any]:
        return {"href": "/upload/1", "offset": len(self.arrived), "chunk": 4}


def files(*names: str, content: bytes = b"%PDF-1.7") -> list[Any]:
    return [{"name": name, "mimeType": "application/pdf", "buffer": content} for name in names]


@pytest.mark.req("GH-026")
def test_files_are_sent_in_parts_one_after_the_other_as_soon_as_they_are_chosen(stage: Stage) -> None:
    taker = Taker(stage)
    page = stage.show(a_form())
    page.get_by_label("Report").set_input_files(files("report 1.pdf", "report 2.pdf"))

    expect(page.get_by_text("2 kept")).to_be_visible()
    assert taker.parts == ["4 of 8", "8 of 8"] * 2
    expect(page.locator("[role=status]", has_text="report 2.pdf: Uploaded")).to_have_count(1)


def test_a_refused_file_says_why(stage: Stage) -> None:
    Taker(stage).refusal = "The file must be smaller than 20 MB"
    page = stage.show(a_form())
    page.get_by_label("Report").set_input_files(files("a.pdf"))
    expect(page.get_by_role("alert").get_by_text("The file must be smaller than 20 MB")).to_be_visible()


@pytest.mark.req("GH-026")
def test_a_lost_connection_costs_one_part_and_mends_by_itself(stage: Stage) -> None:
    taker = Taker(stage)
    taker.lost = 2  # the second part arrives, but nobody hears of it
    page = stage.show(a_form())
    page.get_by_label("Report").set_input_files(files("a.pdf", content=b"%PDF-1.7 abc"))
    expect(page.get_by_text("The connection is lost.").first).to_be_attached()
    expect(page.get_by_text("1 kept")).to_be_visible()
    assert taker.parts == ["4 of 12", "8 of 12", "12 of 12"]


@pytest.mark.req("GH-026")
def test_an_upload_is_paused_continued_and_cancelled_by_keyboard_and_says_so(stage: Stage) -> None:
    taker = Taker(stage)
    taker.lost = 1
    page = stage.show(a_form())
    page.get_by_label("Report").set_input_files(files("a.pdf"))
    expect(page.get_by_text("The connection is lost.").first).to_be_attached()
    page.get_by_role("button", name="Pause a.pdf").press("Enter")
    expect(page.locator("[role=status]", has_text="a.pdf: Paused")).to_have_count(1)
    page.wait_for_timeout(1_200)
    assert taker.kept == 0
    taker.lost = 1
    page.get_by_role("button", name="Continue a.pdf").press("Enter")
    expect(page.get_by_text("The connection is lost.").first).to_be_attached()
    page.get_by_role("button", name="Cancel a.pdf").press("Enter")
    expect(page.locator("progress")).to_have_count(0)
    assert taker.parts[-1] == "DELETE" and taker.kept == 0


def test_before_the_idle_limit_a_dialog_offers_to_stay(stage: Stage) -> None:
    stage.answers["/account/keep-alive"] = lambda _request: (204, {})
    stage.page.clock.install()
    page = stage.show(a_form())
    dialog = page.get_by_role("dialog", name="Are you still there?")

    page.clock.run_for(24 * 60_000)
    expect(dialog).not_to_be_visible()
    page.clock.run_for(70_000)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("We will sign you out in 5 minutes")
    page.clock.run_for(4 * 60_000)
    expect(dialog).to_contain_text("in 1 minute to keep")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).not_to_be_visible()
    assert [path for path, _body in stage.posts] == ["/account/keep-alive"]


def test_at_the_idle_limit_the_page_leads_to_sign_in_and_back(stage: Stage) -> None:
    stage.page.clock.install()
    page = stage.show(a_form())

    page.clock.run_for(31 * 60_000)
    page.wait_for_url(f"{SITE}/account/sign-in?next=%2Fpage%3Fa%3D1")


def test_a_queue_is_walked_and_decided_by_keyboard(stage: Stage) -> None:
    body = """{% block content %}<h1>Q</h1><ul data-queue><li><a href="#one" aria-current="true">One</a></li>
    <li><a href="#two">Two</a></li></ul><label>Note <input id="note"></label>
    <button type="button" data-key="1">Match</button>{% endblock %}"""
    page = stage.show(drawn(body, holder=OFFICER))
    page.evaluate("document.querySelector('[data-key]').onclick = () => (document.title = 'matched')")

    page.keyboard.press("j")
    expect(page).to_have_url(f"{SITE}/page?a=1#two")
    page.keyboard.press("k")
    expect(page).to_have_url(f"{SITE}/page?a=1#one")
    page.keyboard.press("1")
    assert page.title() == "matched"
    page.locator("#note").press("j")
    expect(page).to_have_url(f"{SITE}/page?a=1#one")


def test_rows_are_decided_in_their_list_and_a_key_means_the_row_with_the_focus(stage: Stage) -> None:
    row = """<tr><th><a href="#{0}">{0}</a></th><td><a href="#more">more</a>
    <button type="button" data-key="u" value="{0}">Undo</button></td></tr>"""
    body = f"""{{% block content %}}<h1>Q</h1><table><tbody data-queue="rows">{row.format("one")}
    {row.format("two")}</tbody></table>{{% endblock %}}"""
    page = stage.show(drawn(body, holder=OFFICER))
    page.evaluate("() => { document.onclick = click => { document.title = click.target.value } }")

    before = page.title()
    page.keyboard.press("u")
    assert page.title() == before
    for key, title in (("j", "one"), ("j", "two"), ("k", "one")):
        page.keyboard.press(key)
        page.keyboard.press("u")
        assert page.title() == title
    assert page.url == f"{SITE}/page?a=1"


def test_a_reference_can_be_copied(stage: Stage) -> None:
    body = "{% block content %}<h1>R</h1>{% reference text='SND-2606-1A2B3C4D' %}{% endblock %}"
    stage.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard',"
        " {value: {writeText: async (words) => (window.copied = words)}})"
    )
    page = stage.show(drawn(body))

    page.get_by_role("button", name="Copy the reference").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("window.copied") == "SND-2606-1A2B3C4D"


PROBLEMS = {"forename": "Enter the child’s forename", "born": "The date of birth must be in the past"}


@pytest.mark.req("GH-059")
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("problems", [{}, PROBLEMS], ids=["plain", "errors"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_a_page_of_every_component(
    stage: Stage, language: str, problems: dict[str, str], width: int
) -> None:
    page = stage.show(
        drawn(FORM, language=language, holder=PARENT, options=OPTIONS, problems=problems), width=width
    )
    page.locator("details[data-tooltip] summary").first.click()
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.req("GH-059")
def test_a_problem_in_the_summary_leads_the_keyboard_to_its_field(stage: Stage) -> None:
    page = stage.show(drawn(FORM, holder=PARENT, options=OPTIONS, problems=PROBLEMS))

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name=PROBLEMS["born"]).press("Enter")
    expect(page.locator("input[name=born-day]")).to_be_focused()


@pytest.mark.req("CP-028")
def test_somebody_who_types_without_a_pause_is_saved_every_half_minute(stage: Stage) -> None:
    stage.answers["/autosave"] = lambda _request: (200, {"revision": 4, "saved": "Saved at 10:42am"})
    stage.page.clock.install()
    page = stage.show(a_form())

    for _second in range(31):
        page.get_by_label("Forename").press("a")
        page.clock.run_for(1_000)

    expect(page.get_by_text("Saved at 10:42am")).to_be_visible()
    assert len(stage.bodies("/autosave")) == 1
