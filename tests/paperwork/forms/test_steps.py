import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict

from guildhall.paperwork.forms import spoken, steps
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.walk import Walk

from .made import TODAY, a_group, a_question, parsed, posted, read, words

pytestmark = pytest.mark.django_db


class Form(HTMLParser):
    """What a browser without scripts would send from the fields on a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data = QueryDict(mutable=True)
        self.area = self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        own = dict(pairs)
        name, value = own.get("name") or "", own.get("value") or ""
        if tag == "textarea":
            self.area = name
            self.data[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in own:
            self.data[self.select] = value
        elif tag == "input" and own.get("type") in ("radio", "checkbox"):
            if "checked" in own:
                self.data.appendlist(name, value or "on")
        elif tag == "input" and own.get("type") != "file":
            self.data.appendlist(name, value)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.data[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def draw(form: Definition, answers: dict[str, Any], place: str = "first", **more: Any) -> str:
    walk, arguments = Walk(form, answers, TODAY), {"language": "en"} | more
    return "".join(field.html for field in steps.fields(walk, form.group_by_key[place], **arguments))


def send_back(html: str) -> QueryDict:
    return Form(html).data


KEPT: dict[str, Any] = {
    "text": 'Siân "O\'Brien" <b>&amp;',
    "memo": "\nfirst <i>\n\n  second & third",
    "integer": -1200,
    "decimal": "12.50",
    "money": "1234.50",
    "yes_no": "no",
    "choose_one": "green",
    "choose_several": ["red", "blue"],
    "drop_down": "blue",
    "date": "2019-12-31",
    "date_range": {"from": "2026-06-01", "to": "2026-06-30"},
    "time": "16:30",
    "email": "dilys@example.org",
    "telephone": "+447700900982",
    "postcode": "CF10 1AA",
    "upn": "H801200001001",
    "nhs_number": "4857773457",
    "uln": "1234567899",
    "address": {"lines": ["1 Stryd", "Treganna"], "town": "Caerdydd", "postcode": "CF10 1AA", "uprn": ""},
    "person": {"name": "Mr Ali", "role": "", "telephone": "01632960001", "email": ""},
    "establishment": {"urn": "", "name": "Ysgol y Bryn"},
    "signature": {"name": "Dilys Ali", "on": "2026-06-01"},
}


def test_every_kind_that_is_posted_is_tried_below():
    assert KEPT.keys() == {name for name, kind in KINDS.items() if kind.posted}


@pytest.mark.parametrize("kind", KEPT)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_page_that_is_sent_back_unchanged_gives_the_same_answer(kind: str, language: str):
    form = parsed(a_group("first", a_question("Q", kind)))
    value = KINDS[kind].check(KEPT[kind], form.question_by_code["Q"], steps.Context(TODAY))

    result = read(form, send_back(draw(form, {"Q": value}, language=language)))

    assert result.answers == {"Q": value}
    assert result.problems == {}


@pytest.mark.parametrize(
    "kind", [name for name in KEPT if name not in ("choose_one", "choose_several", "drop_down", "yes_no")]
)
def test_what_was_typed_and_could_not_be_taken_is_still_there_on_the_page(kind: str):
    form = parsed(
        a_group("first", a_question("Q", kind, **({"max_length": 3} if kind in ("text", "memo") else {})))
    )
    parts = ("", "-day", "-from-day", "-to-day", "-line1", "-name", "-email")
    first = read(form, posted(**{f"q-q{part}": '<½ & "x"' * 30 for part in parts}))
    second = read(form, send_back(draw(form, first.answers, problems=first.problems)))

    assert first.problems and list(first.answers["Q"]) == ["typed"]
    assert second == first


@pytest.mark.parametrize("kind", KEPT)
def test_a_problem_is_drawn_beside_its_field_and_its_link_leads_there(kind: str):
    form = parsed(a_group("first", a_question("Q", kind, mandatory=True)))
    problems = read(form, {"shown": "q-q"}).problems
    html = draw(form, {}, problems=problems)

    [(field_id, message)] = problems.items()
    assert f'id="{field_id}"' in html
    assert message in html and html.count("govuk-error-message") == 1
    assert "(optional)" not in html.split("Your q")[1][:40]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_in_both_languages_with_its_hint(kind: str):
    more = {} if kind == "information" else {"hint": words("A hint"), "tooltip": words("A tip")}
    form = parsed(a_group("first", a_question("Q", kind, **more)))

    english, welsh = draw(form, {}), draw(form, {}, language="cy")

    assert "Your q" in english and "yn Gymraeg" not in english
    assert "Your q (yn Gymraeg)" in welsh
    if more:
        assert "A hint" in english and "A tip (yn Gymraeg)" in welsh


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_lets_words_become_markup(kind: str):
    hostile = "<script>\"'</script>"
    form = parsed(a_group("first", a_question("Q", kind, text={"en": hostile, "cy": hostile})))
    for held in ({"typed": hostile}, {"typed": {"day": hostile, "name": hostile, "line1": hostile}}, hostile):
        assert "<script" not in draw(form, {"Q": held}, problems={"q-q": hostile})


@pytest.mark.req("SP-080")
def test_missing_mandatory_answers_are_named_beside_their_fields():
    form = parsed(a_group("first", a_question("NAME", mandatory=True), a_question("NOTES")))

    result = read(form, {"shown": ["q-name", "q-notes"], "q-name": "  "})

    assert result.problems == {"q-name": "Answer the question “Your name”"}
    assert result.answers == {"NAME": None, "NOTES": None}


def test_problems_are_said_in_the_language_asked_for():
    form = parsed(a_group("first", a_question("NAME", mandatory=True)))

    assert read(form, {}, language="cy").problems == {"q-name": "Atebwch y cwestiwn “Your name (yn Gymraeg)”"}


def a_form_that_opens() -> Definition:
    return parsed(
        a_group(
            "first",
            a_question("MOVED", "yes_no"),
            a_question("WHERE", when={"question": "MOVED", "is": "yes"}, mandatory=True),
        )
    )


@pytest.mark.req("GH-022")
def test_a_hidden_question_is_neither_drawn_nor_demanded():
    form = a_form_that_opens()

    assert "q-where" not in draw(form, {"MOVED": "no"})
    assert read(form, {"q-moved": "no"}).problems == {}
    assert "q-where" in draw(form, {"MOVED": "yes"})
    assert "q-where" in read(form, {"q-moved": "yes"}).problems


def test_a_question_that_an_answer_opens_is_announced_and_not_yet_a_problem():
    result = read(a_form_that_opens(), {"shown": "q-moved", "q-moved": "yes"})

    assert result.problems == {}
    assert result.opened == ("WHERE",)


def test_an_answer_that_was_not_on_the_page_is_left_alone():
    result = read(a_form_that_opens(), {"shown": "q-moved", "q-moved": "yes"}, answers={"WHERE": "Cardiff"})

    assert result.answers == {"MOVED": "yes"}
    assert result.opened == ()


def a_repeating_form() -> Definition:
    return parsed(
        a_group("first", a_question("ANY", "yes_no")),
        a_group(
            "people",
            a_question("WHO", mandatory=True),
            a_question("LIVES", "yes_no"),
            a_question("ADDRESS", when={"question": "LIVES", "is": "no"}),
            repeats={"least": 1, "most": 3, "item": words("person")},
        ),
    )


@pytest.mark.req("SP-164")
def test_each_row_of_a_repeating_group_is_read_and_drawn_by_itself():
    form = a_repeating_form()
    answers = {"people": [{"_id": "a", "WHO": "Dilys", "LIVES": "no"}, {"_id": "b", "WHO": "Marek"}]}

    assert 'value="Dilys"' in draw(form, answers, "people", row_id="a")
    assert "q-address" in draw(form, answers, "people", row_id="a")
    assert 'value="Marek"' in draw(form, answers, "people", row_id="b")
    assert "q-address" not in draw(form, answers, "people", row_id="b")
    assert "Dilys" not in draw(form, answers, "people", row_id="new")
    assert read(form, {"q-lives": "no"}, "people", answers=answers, row_id="b").problems.keys() == {"q-who"}


class Stored:
    def __init__(self, id: str, name: str, bytes: int) -> None:
        self.id, self.name, self.bytes = id, name, bytes


FILES = [Stored("f1", "report.pdf", 2_100_000), Stored("f2", "other.pdf", 5)]


@pytest.mark.req("SP-142", "SP-143")
@pytest.mark.parametrize(("kind", "takes", "refuses"), [("file", ".pdf", ".exe"), ("image", ".png", ".pdf")])
def test_a_file_question_lists_its_files_and_names_the_kinds_it_takes(kind: str, takes: str, refuses: str):
    form = parsed(a_group("first", a_question("Q", kind)))
    html = draw(form, {"Q": ["f1"]}, files=lambda code: FILES)

    assert "report.pdf" in html and "2.1 MB" in html and "other.pdf" not in html
    [accept] = re.findall(r'accept="([^"]+)"', html)
    assert takes in accept.split(",") and refuses not in accept.split(",")


def test_a_file_question_is_answered_by_what_the_draft_holds_and_not_by_what_is_posted():
    form = parsed(a_group("first", a_question("Q", "file", mandatory=True)))

    assert read(form, {"q-q": "f1"}).problems == {"q-q": "Add a file for “Your q”"}
    held = read(form, {"q-q": "f9"}, answers={"Q": ["f1"]})
    assert (held.answers, held.problems) == ({}, {})


@pytest.mark.req("SP-146")
def test_long_text_and_spell_checked_text_are_spell_checked_by_the_browser():
    form = parsed(
        a_group("first", a_question("A", "memo"), a_question("B", spell_check=True), a_question("C"))
    )
    html = draw(form, {})

    assert re.findall(r'id="q-(\w)"[^>]*spellcheck="(\w+)"', html) == [
        ("a", "true"),
        ("b", "true"),
        ("c", "false"),
    ]


@pytest.mark.req("SP-151")
def test_a_constraint_list_is_a_drop_down_of_its_items():
    html = draw(parsed(a_group("first", a_question("FRUIT", "drop_down"))), {})

    assert re.findall(r"<option[^>]*>([^<]+)</option>", html) == ["Choose an answer", "Red", "Green", "Blue"]


def sections(
    form: Definition, answers: dict[str, Any], language: str = "en", **more: Any
) -> list[spoken.SpokenGroup]:
    return spoken.sections(form, answers, language, today=TODAY, **more)


def test_answers_are_spoken_by_step_and_row_in_the_language_asked_for():
    form = a_repeating_form()
    answers = {
        "ANY": "yes",
        "people": [{"_id": "a", "WHO": "Dilys", "LIVES": "no"}, {"_id": "b", "WHO": "Marek"}],
    }

    first, dilys, marek = sections(form, answers, "cy")

    assert first.pairs == [("Your any (yn Gymraeg)", ["Ie"], "ANY")]
    assert (dilys.rows_heading, dilys.row_id, dilys.number) == ("Person (yn Gymraeg) 1", "a", 3)
    assert [pair.lines for pair in dilys.pairs] == [["Dilys"], ["Na"], []]
    assert [pair.code for pair in marek.pairs] == ["WHO", "LIVES"]


def test_files_are_spoken_by_name_and_size_and_what_could_not_be_taken_as_typed():
    form = parsed(
        a_group("first", a_question("F", "file"), a_question("D", "date"), a_question("I", "information"))
    )
    answers = {"F": ["f1"], "D": {"typed": {"day": "31", "month": "2", "year": "2020"}}}

    [group] = sections(form, answers, files=lambda code: FILES)

    assert [pair.lines for pair in group.pairs] == [["report.pdf (2.1 MB)"], ["31", "2", "2020"]]


def test_a_repeating_step_without_rows_is_spoken_without_pairs():
    assert sections(a_repeating_form(), {})[1].pairs == []


@pytest.mark.req("CP-006")
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_must_be_answered_has_a_star_and_then_nothing_says_optional(kind: str):
    if not KINDS[kind].answerable:
        return
    form = parsed(a_group("first", a_question("Q", kind, mandatory=True), a_question("OTHER")))
    html = draw(form, {}).split('value="q-q"')

    assert 'Your q\N{NO-BREAK SPACE}<span class="gh-star" aria-hidden="true">*</span>' in html[0]
    assert "gh-star" not in html[1]
    assert "(optional)" not in html[0] + html[1]


@pytest.mark.req("CP-006")
def test_a_question_that_another_answer_makes_mandatory_gets_its_star_then():
    rule = {"question": "A", "is": "red"}
    form = parsed(a_group("first", a_question("A", "choose_one"), a_question("B", mandatory=rule)))

    assert "gh-star" in draw(form, {"A": "red"})
    assert "gh-star" not in draw(form, {"A": "blue"}) and "(optional)" in draw(form, {"A": "blue"})


def test_the_sections_of_a_form_in_tabs_never_say_optional():
    form = parsed(a_group("first", a_question("A")), style="tabs")

    assert "(optional)" not in draw(form, {})
