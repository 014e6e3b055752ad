"""Questions in the builder: made from within a form, changed by link or copy, deleted; and conditions."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.paperwork.forms import editing, queries, rules, services
from guildhall.paperwork.forms.definition import parse
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.models import Question

from ...definitions import every_kind, options, question, words
from ...standing import NOON, an_administrator, come_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def begun(code: str, *questions: dict, **group):
    content = {"title": words("Form"), "portal": "citizen", "audience": "parent", "destination": "send"}
    content = editing.add_group(content, {"key": "first", "title": words("First"), **group})
    content = editing.add_group(content, {"key": "second", "title": words("Second")})
    for each in questions:
        content = editing.add_question(content, each, to="first")
    return services.start_working(code, content=content, by=an_administrator(), now=NOON)


TEXT = {"kind": "text", "text_en": "Name of your pet", "text_cy": "Enw eich anifail", "do": "save"}


def make(client: Client, form: str = "HELP", **fields):
    address = reverse("building:question-new", args=[form]) + "?to=first"
    revision = queries.working_form(form).revision
    return client.post(address, TEXT | {"revision": revision} | fields, follow=True)


@pytest.mark.req("SP-134")
def test_a_new_question_is_in_the_bank_at_once_and_on_the_form_after_save(owen):
    begun("HELP")
    answer = make(owen, code="pet_name\r\n")
    assert "The question PET_NAME has been saved." in answer.text
    assert 'value="first/PET_NAME"' in answer.text
    assert queries.questions_found("PET_NAME").exists()
    assert not list(editing.questions_in(queries.working_form("HELP").content))


@pytest.mark.req("SP-151")
def test_limits_that_no_answer_can_keep_to_are_refused_beside_the_field(owen):
    begun("HELP")
    for limits in (
        {"kind": "integer", "minimum": "6", "maximum": "5"},
        {"kind": "date", "minimum": "+1d", "past": "yes"},
    ):
        answer = make(owen, code="AGE", **limits)
        assert answer.status_code == 422
        assert 'href="#maximum"' in answer.text and "No answer can keep to both limits" in answer.text
    assert not queries.questions_found("AGE").exists()


@pytest.mark.req("SP-151")
def test_an_answer_of_a_list_longer_than_a_form_takes_is_refused_beside_the_list(owen):
    begun("HELP")
    answer = make(owen, code="PET", kind="drop_down", options_en=f"Cat\n{'Dog' * 200}")
    assert answer.status_code == 422
    assert "Shorten this to 500 characters" in answer.text


@pytest.mark.req("SP-151")
def test_the_same_line_twice_is_refused_and_the_line_is_named(owen):
    begun("HELP")
    answer = make(owen, code="PET", kind="drop_down", options_en="Cat\nDog\n\ncat ", options_cy="Cath\nCi")
    assert answer.status_code == 422
    said = html.unescape(answer.text)
    assert "Change or take out what is in the list already: line 4 (“cat”)" in said
    assert "Cat\nDog\n\ncat" in said
    assert not queries.questions_found("PET").exists()


@pytest.mark.req("SP-151")
@pytest.mark.req("GH-023")
def test_an_answer_of_a_list_gets_a_hint_loses_it_and_may_not_be_given_the_words_of_another(owen):
    working = begun("HELP", question("PET", "choose_one", options=options("cat", "dog")))
    address = reverse("building:placed", args=["HELP", "PET"])
    list_of = {"kind": "choose_one", "option": ["cat", "dog"], "revision": working.revision, "seen": "1"}
    list_of |= {
        "option-cat_en": "Cat",
        "option-cat_cy": "Cath",
        "option-dog_en": "Dog",
        "option-dog_cy": "Ci",
    }
    assert 'name="hint-cat_en"' in owen.get(address).text

    hint = {
        "hint-cat_en": "It purrs",
        "hint-cat_cy": "Mae'n canu grwndi",
        "hint-dog_en": "",
        "hint-dog_cy": "",
    }
    owen.post(address, TEXT | list_of | hint)
    cat, dog = editing.question_in(queries.working_form("HELP").shown, "PET")["options"]
    assert cat["hint"] == {"en": "It purrs", "cy": "Mae'n canu grwndi"} and "hint" not in dog

    refused = owen.post(address, TEXT | list_of | hint | {"option-dog_en": "CAT"})
    assert refused.status_code == 422
    said = html.unescape(refused.text)
    assert 'href="#option-dog_en"' in said and "in the list already: “CAT”" in said

    fresh = queries.working_form("HELP")
    seen = {"revision": fresh.revision, "seen": queries.bank_questions(["PET"])[0].latest.number}
    owen.post(address, TEXT | list_of | seen | {"hint-cat_en": "", "hint-cat_cy": ""})
    assert "hint" not in editing.question_in(queries.working_form("HELP").shown, "PET")["options"][0]


@pytest.mark.req("SP-151")
@pytest.mark.req("SP-155")
def test_a_used_question_that_is_read_calls_its_list_by_its_name(owen):
    begun("HELP", question("PET", "drop_down", options=options("cat", "dog")))
    begun("OTHER", question("PET", "drop_down", options=options("cat", "dog")))
    read = html.unescape(owen.get(reverse("building:placed", args=["HELP", "PET"])).text)
    assert "Answer is Constrained: Constraint list" in read and "Cat" in read
    assert "one on each line" not in read


@pytest.mark.req("SP-135")
@pytest.mark.req("SP-137")
def test_a_code_with_z_or_taken_or_missing_is_refused_beside_its_field_and_nothing_is_lost(owen):
    begun("HELP", question("TAKEN"))
    for code, said in (
        ("zebra", "does not start with Z"),
        ("taken", "has a question with the code TAKEN already"),
        ("", "Enter a Question Code"),
    ):
        answer = make(owen, code=code, hint_en="Its call name")
        assert answer.status_code == 422
        assert said in answer.text
        assert "Its call name" in answer.text


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-138")
@pytest.mark.req("SP-143")
@pytest.mark.req("SP-145")
@pytest.mark.req("GH-023")
def test_a_question_of_every_data_type_can_be_made_and_published(owen):
    begun("HELP")
    assert len(KINDS) > 20
    for kind in KINDS:
        lists = {"options_en": "Apple\nPear", "options_cy": "Afal\nGellygen"}
        answer = make(owen, code=f"Q_{kind}", kind=kind, text_en=f"About {kind} {kind}", alike="yes", **lists)
        assert answer.status_code == 200, (kind, answer.text)
    content = queries.working_form("HELP").shown
    content = editing.delete_group(content, "second")
    assert {each.kind for each in parse(content).question_by_code.values()} == set(KINDS)


@pytest.mark.req("SP-144")
def test_the_builder_advises_against_numbers_for_telephone_numbers(owen):
    begun("HELP")
    shown = make(owen, code="TEL", kind="integer", do="kind").text
    assert "a leading zero (0) is left out" in shown
    assert "a leading zero (0) is left out" not in make(owen, code="TEL", do="kind").text


@pytest.mark.req("SP-148")
@pytest.mark.req("SP-149")
@pytest.mark.req("SP-150")
@pytest.mark.req("SP-152")
def test_what_is_ticked_and_entered_stands_in_the_question(owen):
    begun("HELP")
    make(
        owen,
        code="PET",
        max_length="40",
        mandatory="yes",
        spell_check="yes",
        chronology="yes",
        inherit_multiple="yes",
        reuse="suggest",
    )
    kept = editing.question_in(queries.working_form("HELP").shown, "PET")
    assert kept["max_length"] == 40
    assert all(kept[one] is True for one in ("mandatory", "spell_check", "chronology", "inherit_multiple"))
    assert kept["reuse"] == "suggest"
    refused = make(owen, code="PET_TWO", max_length="much", text_en="Something else")
    assert "Enter a whole number from 1 to 50,000" in refused.text


@pytest.mark.req("SP-153")
def test_the_builder_advises_where_several_answers_may_be_inherited(owen):
    begun("HELP")
    shown = owen.get(reverse("building:question-new", args=["HELP"])).text
    assert "only where several answers are needed" in shown
    assert "Do not use it in repeating groups" in shown


@pytest.mark.req("SP-154")
def test_a_question_inherited_several_times_is_refused_in_a_repeating_group_naming_both(owen):
    begun("HELP", repeats={"least": 1, "most": 3, "item": words("item")})
    answer = make(owen, code="ADVICE", inherit_multiple="yes")
    assert answer.status_code == 422
    assert "ADVICE can be inherited multiple times" in answer.text
    assert "repeating group “First”" in answer.text
    begun("OTHER", question("SEVERAL", inherit_multiple=True))
    group = {"title_en": "First", "number": "2", "repeats": "yes", "item_en": "item", "revision": 0}
    refused = owen.post(reverse("building:group", args=["OTHER", "first"]), group)
    assert refused.status_code == 422
    assert "SEVERAL can be inherited multiple times" in refused.text


@pytest.mark.req("SP-154")
def test_no_way_brings_a_question_inherited_several_times_into_a_repeating_group(owen):
    begun("HELP", question("PLAIN"), repeats={"least": 1, "most": 3, "item": words("item")})
    services.keep_question(question("SEVERAL", inherit_multiple=True), by=None, now=NOON)
    selector = reverse("building:selector", args=["HELP"])

    def press(do, **more):
        revision = queries.working_form("HELP").revision
        return owen.post(selector, {"revision": revision, "do": do} | more, follow=True).text

    said = "SEVERAL can be inherited multiple times, so it cannot be in the repeating group “First”"
    assert said in press("add", at="first", bank="SEVERAL")
    assert said in press("drop:SEVERAL@first@0")
    assert said not in press("add", at="second", bank="SEVERAL")
    assert said in press("move", at="second/SEVERAL", to="first")
    new = reverse("building:group-new", args=["HELP"]) + "?question=SEVERAL"
    begun("OTHER")
    repeating = {"title_en": "Third", "number": "4", "repeats": "yes", "item_en": "item", "revision": 0}
    refused = owen.post(new.replace("HELP", "OTHER"), repeating)
    assert refused.status_code == 422 and "the repeating group “Third”" in refused.text
    groups = editing.groups_in(queries.working_form("HELP").shown)
    assert [[one["code"] for one in group["questions"]] for group in groups] == [["PLAIN"], ["SEVERAL"]]


@pytest.mark.req("SP-154")
def test_a_linked_change_that_would_break_another_form_is_refused_whole(owen):
    begun("HELP", question("SHARED"))
    begun("OTHER", question("SHARED"), repeats={"least": 1, "most": 3, "item": words("item")})
    address = reverse("building:placed", args=["HELP", "SHARED"])
    several = CHANGED | {"revision": 0, "how": "link", "forms": "OTHER", "inherit_multiple": "yes"}

    refused = owen.post(address, several)

    assert refused.status_code == 409
    assert "the repeating group “First”" in refused.text
    assert Question.objects.get(code="SHARED").latest.number == 1


@pytest.mark.req("SP-176")
def test_a_new_question_fills_in_later_forms_unless_the_builder_chooses_otherwise(owen):
    begun("HELP")
    address = reverse("building:question-new", args=["HELP"])
    assert re.search(r'<option value="fill" selected>', owen.get(address).text)
    make(owen, code="CARE_STATUS", reuse="fill")
    make(owen, code="SIGNED", kind="signature", text_en="Your signature", reuse="fill")
    shown = queries.working_form("HELP").shown
    assert editing.question_in(shown, "CARE_STATUS")["reuse"] == "fill"
    assert "reuse" not in editing.question_in(shown, "SIGNED")


@pytest.mark.req("GH-021", "GH-025")
def test_a_consent_that_would_fill_in_later_forms_is_refused_beside_the_field(owen):
    begun("HELP")
    asked = {"code": "SHARING", "kind": "yes_no", "text_en": "Do you agree that we share this?"}
    refused = make(owen, **asked, reuse="fill")
    assert refused.status_code == 422 and "which people give anew each time" in refused.text
    assert not Question.objects.filter(code="SHARING").exists()
    assert "has been saved" in make(owen, **asked, reuse="ask").text


@pytest.mark.req("SP-151")
def test_the_list_of_a_question_is_called_as_the_handbook_calls_it(owen):
    begun("HELP")
    make(owen, code="FRUIT", kind="drop_down", options_en="Apple\nPear", options_cy="Afal\nGellygen")

    page = owen.get(reverse("building:placed", args=["HELP", "FRUIT"])).text
    assert "Answer is Constrained: Constraint list</legend>" in page


@pytest.mark.req("SP-151")
def test_a_constraint_list_keeps_its_identifiers_when_words_change_and_order_does(owen):
    begun("HELP")
    make(owen, code="FRUIT", kind="drop_down", options_en="Apple\nPear\nOrange", options_cy="Afal\nGellygen")
    address = reverse("building:placed", args=["HELP", "FRUIT"])
    changed = TEXT | {
        "kind": "drop_down",
        "revision": queries.working_form("HELP").revision,
        "seen": "1",
        "option": ["apple", "pear", "orange"],
        "option-apple_en": "Red apple",
        "option-pear_en": "Pear",
        "option-orange_en": "Orange",
        "place-apple": "9",
        "place-pear": "1",
        "retire-orange": "yes",
        "options_en": "Orange",
    }
    assert owen.post(address, changed).status_code == 302
    listed = editing.question_in(queries.working_form("HELP").shown, "FRUIT")["options"]
    assert [(one["id"], one["text"]["en"]) for one in listed] == [
        ("pear", "Pear"),
        ("apple", "Red apple"),
        ("orange-2", "Orange"),
    ]


@pytest.mark.req("SP-133")
def test_the_bank_is_searched_by_code_or_description_and_shows_all_without(owen):
    begun("HELP", question("PET_NAME"), question("SCHOOL"))
    bank = reverse("building:bank")
    assert f'href="{reverse("building:question", args=["PET_NAME"])}" target="_blank"' in owen.get(bank).text
    found = owen.get(bank, {"q": "pet n"}).text
    assert "PET_NAME" in found
    assert "SCHOOL" not in found
    selector = owen.get(reverse("building:selector", args=["HELP"])).text
    assert f'href="{reverse("building:question", args=["SCHOOL"])}" target="_blank"' in selector


def test_a_question_nearly_in_the_bank_is_pointed_out_before_it_is_made(owen):
    begun("HELP", question("PET_NAME", text=words("What is the name of your pet?")))
    answer = make(owen, code="PET_TWO", text_en="What is the name of your pets?")
    assert answer.status_code == 422
    assert "The bank has questions with nearly the same words" in answer.text
    assert "PET_NAME" in answer.text
    assert (
        make(owen, code="PET_TWO", text_en="What is the name of your pets?", alike="yes").status_code == 200
    )
    assert queries.questions_found("PET_TWO").exists()


CHANGED = {"kind": "text", "text_en": "Other words", "text_cy": "Geiriau eraill", "seen": "1"}


@pytest.mark.req("SP-155")
@pytest.mark.req("SP-156")
def test_a_used_question_opens_read_only_and_one_that_is_not_used_opens_to_change(owen):
    begun("HELP", question("SHARED"), question("OWN"))
    begun("OTHER", question("SHARED"))
    shown = owen.get(reverse("building:placed", args=["HELP", "SHARED"])).text
    assert 'name="text_en"' not in shown
    assert "OTHER" in shown
    assert 'name="text_en"' in owen.get(reverse("building:placed", args=["HELP", "OWN"])).text
    services.publish(every_kind(), by=None, now=NOON)
    used = owen.get(reverse("building:placed", args=["EVERY-KIND", "CHILD_SURNAME"])).text
    assert 'name="text_en"' not in used


@pytest.mark.req("SP-155")
def test_the_code_of_a_question_never_changes(owen):
    begun("HELP", question("OWN"))
    address = reverse("building:placed", args=["HELP", "OWN"])
    owen.post(address, CHANGED | {"revision": 0, "code": "NEW_CODE"})
    assert [each.code for each in Question.objects.all()] == ["OWN"]
    assert editing.question_in(queries.working_form("HELP").shown, "OWN")["text"]["en"] == "Other words"


def shared_question(owen, how: str, *forms: str):
    begun("HELP", question("SHARED"))
    begun("OTHER", question("SHARED"))
    begun("THIRD", question("SHARED"))
    address = reverse("building:placed", args=["HELP", "SHARED"])
    asked = owen.get(address, {"change": "1"}).text
    assert 'name="forms" value="OTHER"' in asked
    return owen.post(address, CHANGED | {"revision": 0, "how": how, "forms": forms})


def text_on(form: str) -> str:
    return editing.question_in(queries.working_form(form).shown, "SHARED")["text"]["en"]


def test_a_linked_change_reaches_the_forms_that_were_chosen_and_no_others(owen):
    assert shared_question(owen, "link", "OTHER").status_code == 302
    assert (text_on("HELP"), text_on("OTHER"), text_on("THIRD")) == ("Other words", "Other words", "Shared")
    assert queries.working_form("OTHER").shared == {"SHARED": 2}
    assert queries.working_form("THIRD").shared == {"SHARED": 1}


def test_a_linked_change_says_which_forms_it_touched(owen):
    answer = shared_question(owen, "link", "OTHER")
    assert "Changed on these forms: HELP, OTHER." in owen.get(answer.url).text


def test_a_copied_change_stays_on_the_one_form(owen):
    assert shared_question(owen, "copy").status_code == 302
    assert (text_on("HELP"), text_on("OTHER")) == ("Other words", "Shared")
    assert Question.objects.get(code="SHARED").latest.number == 1


def test_link_or_copy_must_be_chosen_for_a_shared_question(owen):
    refused = shared_question(owen, "")
    assert refused.status_code == 422
    assert "Choose how you want to change the question" in refused.text
    assert "Other words" in refused.text


def test_a_revision_made_meanwhile_is_not_overwritten(owen):
    begun("HELP", question("OWN"))
    address = reverse("building:question", args=["OWN"])
    services.keep_question(question("OWN", hint=words("New")), by=None, now=NOON)
    late = owen.post(address, CHANGED | {"how": "link"})
    assert late.status_code == 409
    assert Question.objects.get(code="OWN").latest.number == 2


@pytest.mark.req("SP-157")
def test_a_used_question_can_still_be_made_to_be_inherited_several_times(owen):
    services.publish(every_kind(), by=None, now=NOON)
    begun("HELP", question("CHILD_NICKNAME"))
    begun("OTHER", question("CHILD_NICKNAME"))
    address = reverse("building:placed", args=["HELP", "CHILD_NICKNAME"])
    owen.post(address, CHANGED | {"revision": 0, "how": "link", "inherit_multiple": "yes"})
    assert Question.objects.get(code="CHILD_NICKNAME").latest.content["inherit_multiple"] is True


@pytest.mark.req("SP-158")
def test_deleting_a_question_asks_in_the_exact_words_and_a_used_one_stays(owen):
    begun("HELP", question("USED"))
    services.keep_question(question("FREE"), by=None, now=NOON)
    address = reverse("building:question-delete", args=["FREE"])
    assert "Are you sure you want to delete this question?" in owen.get(address).text
    page = owen.post(address, follow=True).text
    assert page.rindex("deleted successfully") > page.rindex("</table>")
    assert owen.get(reverse("building:question", args=["FREE"])).status_code == 404
    refused = owen.post(reverse("building:question-delete", args=["USED"]))
    assert refused.status_code == 409
    assert "HELP" in refused.text


def test_a_deleted_question_can_be_brought_back(owen):
    services.keep_question(question("FREE"), by=None, now=NOON)
    page = owen.post(reverse("building:question-delete", args=["FREE"]), follow=True).text
    assert re.search(r'<button[^>]* value="FREE"[^>]* name="restore"|name="restore"[^>]* value="FREE"', page)
    restored = owen.post(reverse("building:bank"), {"restore": "FREE"}, follow=True)
    assert "The question FREE is in the bank again." in restored.text
    again = owen.get(reverse("building:bank"), {"deleted": "FREE"}).text
    assert 'name="restore"' not in again
    assert owen.get(reverse("building:question", args=["FREE"])).status_code == 200
    assert owen.post(reverse("building:bank"), {"restore": "\x00NOPE"}).status_code == 302


@pytest.mark.parametrize("text", ["Free", "Something else"])
def test_the_code_of_a_deleted_question_can_be_used_again(owen, text):
    begun("HELP")
    services.keep_question(question("FREE"), by=None, now=NOON)
    owen.post(reverse("building:question-delete", args=["FREE"]))
    assert not queries.questions_found("FREE").exists()

    assert make(owen, code="FREE", text_en=text, text_cy="Rhydd").status_code == 200

    assert queries.questions_found("FREE").get().latest.content["text"]["en"] == text


# Conditions


def rule_of(client: Client, code: str, **fields):
    address = reverse("building:question-rule", args=["HELP", code])
    revision = queries.working_form("HELP").revision
    return client.post(address, {"revision": revision, "do": "add"} | fields, follow=True)


def ruled() -> None:
    yes_no = question("PETS", "yes_no", text=words("Do you have pets?"))
    several = question("WHICH", "choose_several", options=options("cat", "dog"))
    begun("HELP", yes_no, several, question("AGE", "date"), question("NAMES"))


def rule() -> dict | None:
    return editing.question_in(queries.working_form("HELP").shown, "NAMES").get("when")


@pytest.mark.req("GH-022")
def test_a_condition_is_chosen_from_earlier_questions_and_said_as_a_sentence(owen):
    ruled()
    shown = owen.get(reverse("building:question-rule", args=["HELP", "WHICH"])).text
    assert 'value="PETS"' in shown
    assert 'value="AGE"' not in shown
    answer = rule_of(owen, "NAMES", ask="PETS", comparison="is", value="yes")
    assert rule() == {"question": "PETS", "is": "yes"}
    assert "Shown when “Do you have pets?” is “Yes”." in answer.text
    rule_of(owen, "NAMES", ask="WHICH", comparison="includes", value="dog", joiner="all")
    rule_of(owen, "NAMES", ask="AGE", comparison="older_than", value="16", into="1")
    assert rule() == {
        "all": [
            {"question": "PETS", "is": "yes"},
            {"any": [{"question": "WHICH", "includes": "dog"}, {"question": "AGE", "older_than": 16}]},
        ]
    }
    parse(editing.delete_group(queries.working_form("HELP").shown, "second"))
    rule_of(owen, "NAMES", do="remove:0")
    assert rule() == {
        "any": [{"question": "WHICH", "includes": "dog"}, {"question": "AGE", "older_than": 16}]
    }
    rule_of(owen, "NAMES", do="join", joiner="all")
    assert list(rule()) == ["all"]


@pytest.mark.req("GH-022")
def test_a_condition_about_a_later_question_or_with_a_wrong_value_is_refused(owen):
    ruled()
    later = rule_of(owen, "WHICH", ask="NAMES", comparison="is", value="x")
    assert "Choose a question that comes before this one" in later.text
    for value in ("maybe", ""):
        assert (
            "Choose a comparison and a value"
            in rule_of(owen, "NAMES", ask="PETS", comparison="is", value=value).text
        )
    assert rule() is None


def test_a_step_can_be_left_out_and_an_answer_demanded_by_a_condition(owen):
    ruled()
    step = reverse("building:group-rule", args=["HELP", "second"])
    owen.post(step, {"revision": 0, "do": "add", "ask": "PETS", "comparison": "is_not", "value": "no"})
    demand = reverse("building:question-rule", args=["HELP", "NAMES"]) + "?what=mandatory"
    owen.post(demand, {"revision": 1, "do": "add", "ask": "WHICH", "comparison": "answered", "value": "yes"})
    shown = queries.working_form("HELP").shown
    assert editing.group_in(shown, "second")["when"] == {"question": "PETS", "is_not": "no"}
    assert editing.question_in(shown, "NAMES")["mandatory"] == {"question": "WHICH", "answered": True}


def test_in_a_repeating_group_only_its_own_earlier_questions_and_those_before_are_asked():
    content = editing.add_group({}, {"key": "a", "questions": [question("BEFORE")]})
    content = editing.add_group(
        content, {"key": "b", "repeats": {"most": 3}, "questions": [question("R1"), question("R2")]}
    )
    content = editing.add_group(content, {"key": "c", "questions": [question("AFTER")]})
    codes = lambda key, code: [one["code"] for one in rules.askable(content, key=key, code=code)]  # noqa: E731
    assert codes("b", "R2") == ["BEFORE", "R1"]
    assert codes("c", "AFTER") == ["BEFORE"]
    assert codes("b", "") == ["BEFORE"]


@pytest.mark.req("GH-022")
def test_a_condition_hides_a_question_or_a_step_and_can_be_turned_round(owen):
    ruled()
    page = rule_of(owen, "NAMES", ask="PETS", comparison="is", value="no", effect="hide")
    assert rule() == {"not": {"question": "PETS", "is": "no"}}
    assert "Hidden when “Do you have pets?” is “No”." in page.text
    rule_of(owen, "NAMES", ask="AGE", comparison="older_than", value="18", joiner="any")
    hidden = {"any": [{"question": "PETS", "is": "no"}, {"question": "AGE", "older_than": 18}]}
    assert rule() == {"not": hidden}
    assert "Hides the question" in owen.get(reverse("building:map", args=["HELP"])).text
    assert "Shown when" in rule_of(owen, "NAMES", do="turn").text
    assert rule() == hidden
    rule_of(owen, "NAMES", do="turn")
    rule_of(owen, "NAMES", do="remove:0")
    rule_of(owen, "NAMES", do="remove:0")
    assert rule() is None


@pytest.mark.req("GH-022")
def test_the_map_draws_each_condition_and_says_it_in_a_table_and_what_can_never_open(owen):
    ruled()
    rule_of(owen, "NAMES", ask="PETS", comparison="is", value="yes")
    shown = owen.get(reverse("building:map", args=["HELP"])).text
    assert shown.count('<path d="M ') == 1
    assert ">PETS</text>" in shown
    assert "“Do you have pets?” is “Yes”" in shown
    rule_of(owen, "NAMES", ask="PETS", comparison="is", value="no", joiner="all")
    services.save_working(
        queries.working_form("HELP"),
        revision=queries.working_form("HELP").revision,
        by=an_administrator(),
        now=NOON,
    )
    content = editing.delete_group(queries.working_form("HELP").shown, "second")
    services.change_working(
        queries.working_form("HELP"),
        content=content,
        revision=queries.working_form("HELP").revision,
        by=an_administrator(),
        now=NOON,
    )
    assert "No answers can ever open this question" in owen.get(reverse("building:map", args=["HELP"])).text


@pytest.mark.req("GH-022")
def test_the_map_calls_a_group_by_its_number_and_title(owen):
    content = every_kind()
    content["groups"][1]["when"] = {"question": "CHILD_SURNAME", "answered": True}
    services.start_working("MAP", content=content, by=None, now=NOON)
    shown = owen.get(reverse("building:map", args=["MAP"])).text
    called = f"{content['groups'][1]['number']}. {content['groups'][1]['title']['en']}"
    assert f'font-weight="700">{called}</text>' in shown and f">{called}</a>" in shown


def test_a_moved_question_that_makes_a_condition_look_ahead_stands_against_publishing(owen):
    ruled()
    rule_of(owen, "NAMES", ask="PETS", comparison="is", value="yes")
    working = queries.working_form("HELP")
    moved = editing.move_question(working.shown, "PETS", to="second")
    services.edit_working(working, content=moved, revision=working.revision, by=None, now=NOON)
    address = reverse("building:map", args=["HELP"])
    assert "PETS, which comes later on the form" in owen.get(address).text
    owen.post(reverse("account:language"), {"language": "cy", "next": "/"})
    assert "sy’n dod yn ddiweddarach ar y ffurflen" in owen.get(address).text


@pytest.mark.parametrize("first", [{"do": "kind"}, {"code": ""}, {}], ids=["kind", "wrong", "alike"])
def test_the_answers_to_choose_from_are_not_lost_when_the_page_comes_back(owen, first):
    begun("HELP")
    make(owen, code="PET", text_en="Which pet do you have?")
    typed = {"kind": "choose_one", "text_en": "Which pet do you have now?", "options_en": "Cat\nDog"}
    page = make(owen, **({"code": "PET_NOW"} | typed | first)).text
    assert "Cat\nDog" in html.unescape(page)
    assert not re.search(r'name="option" value="cat"', page)
    make(owen, code="PET_NOW", **typed, alike="yes")
    made = Question.objects.get(code="PET_NOW").latest.content
    assert [option["text"]["en"] for option in made["options"]] == ["Cat", "Dog"]


@pytest.mark.req("SP-133", "SP-155")
def test_in_the_bank_nothing_is_asked_that_has_one_answer_only(owen):
    shared = question("SHARED", identity="surname")
    services.keep_question(shared, by=None, now=NOON)
    services.publish(
        every_kind(groups=[{**every_kind()["groups"][0], "questions": [shared]}]), by=None, now=NOON
    )
    address = reverse("building:question", args=["SHARED"])
    assert "Surname" in owen.get(address).text
    page = owen.get(f"{address}?change=1").text
    assert 'name="how"' not in page and "No form that is being built has this question" in page

    begun("HELP", shared)
    assert "so do the forms ticked below" in owen.get(f"{address}?change=1").text
    seen = queries.questions_found("SHARED").get().latest.number
    owen.post(address, TEXT | {"seen": seen, "forms": "HELP"})
    assert queries.questions_found("SHARED").get().latest.number == seen + 1
    assert (
        editing.question_in(queries.working_form("HELP").content, "SHARED")["text"]["en"] == TEXT["text_en"]
    )
