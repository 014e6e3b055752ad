"""The form builder's pages: list, details, Question Selector, groups and their numbers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.paperwork.forms import editing, queries, services
from guildhall.paperwork.forms.models import FormVersion, WorkingForm

from ...definitions import every_kind, question, words
from ...standing import NOON, a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


DETAILS = {
    "title_en": "Request for help",
    "title_cy": "Cais am gymorth",
    "portal": "citizen",
    "audience": "parent",
    "destination": "send",
    "style": "steps",
}


def begun(code: str = "HELP", *codes: str) -> WorkingForm:
    """A form with two groups, whose first has a question for each of ``codes``."""
    content = {"title": words("Request for help"), "portal": "citizen", "audience": "parent", "groups": []}
    content = editing.add_group(content, {"key": "first", "title": words("First")})
    content = editing.add_group(content, {"key": "second", "title": words("Second")})
    for each in codes:
        content = editing.add_question(content, question(each), to="first")
    return services.start_working(code, content=content, by=an_administrator(), now=NOON)


def page(client: Client, name: str, *args: str, **query: str) -> str:
    return client.get(reverse(f"building:{name}", args=args), query).text


def press(client: Client, working: WorkingForm, do: str, **more):
    now = queries.working_form(working.code) or working
    address = reverse("building:selector", args=[working.code])
    return client.post(address, {"revision": now.revision, "do": do} | more, follow=True)


def asked(code: str = "HELP", key: str = "first") -> list[str]:
    shown = queries.working_form(code).shown
    return [each["code"] for each in editing.group_in(shown, key)["questions"]]


@pytest.mark.req("SP-116")
def test_forms_are_found_by_part_of_their_code_or_by_the_filter_and_all_without_either(owen):
    begun("HELP")
    services.publish(every_kind(code="EVERY-KIND"), by=None, now=NOON)
    everything = page(owen, "list")
    assert "HELP" in everything
    assert "EVERY-KIND" in everything
    assert "EVERY-KIND" not in page(owen, "list", code="el")
    live = page(owen, "list", filter="live")
    assert "EVERY-KIND" in live
    assert ">HELP<" not in live
    assert "No form fits your search" in page(owen, "list", code="nothing-like-it")


@pytest.mark.parametrize("name", ["list", "bank"])
def test_characters_that_no_code_has_are_left_out_of_a_search(owen, name):
    begun("HELP", "A")
    assert owen.get(reverse(f"building:{name}"), {"code": "\x00", "q": "\x00"}).status_code == 200


@pytest.mark.req("SP-117")
def test_a_form_opens_in_place_or_in_a_new_window(owen):
    begun("HELP")
    shown = page(owen, "list")
    address = reverse("building:form", args=["HELP"])
    assert f'data-open="{address}"' in shown and "building/building" in shown  # by double-click
    assert re.search(rf'href="{address}">Open<', shown)
    assert re.search(rf'href="{address}" target="_blank" rel="noopener">Open in New Window<', shown)
    assert reverse("building:new") in shown


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(owen, django_assert_max_num_queries):
    for number in range(12):
        begun(f"FORM-{number}")
    page(owen, "list")
    with django_assert_max_num_queries(9):
        page(owen, "list")


@pytest.mark.req("SP-119")
@pytest.mark.req("CP-017")
def test_a_new_form_is_saved_under_the_authoritys_own_code(owen):
    answer = owen.post(reverse("building:new"), DETAILS | {"code": " sen-12\r\n"}, follow=True)
    assert "The form definition SEN-12 has been saved." in answer.text
    working = queries.working_form("SEN-12")
    assert working.content["title"] == {"en": "Request for help", "cy": "Cais am gymorth"}
    assert queries.live_version("SEN-12") is None


@pytest.mark.req("SP-123")
def test_title_code_portal_and_user_are_needed_and_nothing_typed_is_lost(owen):
    answer = owen.post(reverse("building:new"), {"code": "bad code!", "subtitle_en": "Keep me"})
    assert answer.status_code == 422
    for words_ in ("Enter the title in English", "Choose the Portal Type", "Enter a Form Definition Code"):
        assert words_ in answer.text
    assert "Keep me" in answer.text
    begun("HELP")
    taken = owen.post(reverse("building:new"), DETAILS | {"code": "help"})
    assert taken.status_code == 422
    assert "Another form has the code HELP" in taken.text


@pytest.mark.req("SP-120")
def test_the_portal_user_type_is_greyed_for_a_professional_form(owen):
    professional = DETAILS | {"portal": "professional", "audience": "", "code": "PRO"}
    assert owen.post(reverse("building:new"), professional).status_code == 302
    assert queries.working_form("PRO").content["audience"] == "professional"
    assert re.search(r'<select[^>]*id="audience"[^>]*disabled', page(owen, "form", "PRO"))
    begun("HELP")
    assert not re.search(r'<select[^>]*id="audience"[^>]*disabled', page(owen, "form", "HELP"))


@pytest.mark.req("SP-122")
def test_saving_the_details_says_so_and_leaves_unsaved_edits_unsaved(owen):
    working = begun("HELP", "A")
    press(owen, working, "remove", at="first/A")
    revision = queries.working_form("HELP").revision
    address = reverse("building:form", args=["HELP"])
    answer = owen.post(address, DETAILS | {"revision": revision, "guidance_en": "Read me"}, follow=True)
    page_ = answer.text
    assert page_.rindex("The form definition HELP has been saved.") > page_.rindex('name="emergency"')
    kept = queries.working_form("HELP")
    assert kept.content["guidance"]["en"] == kept.edited["guidance"]["en"] == "Read me"
    assert list(editing.questions_in(kept.content))
    assert not list(editing.questions_in(kept.edited))


def test_details_that_somebody_changed_meanwhile_are_not_overwritten(owen):
    begun("HELP")
    address = reverse("building:form", args=["HELP"])
    assert owen.post(address, DETAILS | {"revision": 0, "title_en": "First"}).status_code == 302
    late = owen.post(address, DETAILS | {"revision": 0, "title_en": "Second"})
    assert late.status_code == 409
    assert "Second" in late.text
    assert queries.working_form("HELP").content["title"]["en"] == "First"


@pytest.mark.req("SP-124")
@pytest.mark.req("SP-125")
@pytest.mark.req("SP-126")
def test_a_clone_has_everything_of_the_original_under_a_new_code_and_is_not_live(owen):
    version = services.publish(every_kind(code="EVERY-KIND"), by=None, now=NOON)
    address = reverse("building:clone", args=["EVERY-KIND"])
    assert "Give it a new Title and a new Form Definition Code" in owen.get(address).text
    refused = owen.post(address, DETAILS | {"code": "EVERY-KIND"})
    assert refused.status_code == 422
    assert owen.post(address, DETAILS | {"code": "SECOND", "title_en": "Second"}).status_code == 302
    copy = queries.working_form("SECOND").content
    assert copy["groups"] == version.definition["groups"]
    assert copy["title"]["en"] == "Second"
    assert queries.live_version("SECOND") is None
    version.refresh_from_db()
    assert version.definition["title"]["en"] != "Second"


@pytest.mark.req("SP-124", "SP-129")
def test_the_clone_of_an_internal_form_is_internal_unless_the_box_is_unticked(owen):
    owen.post(reverse("building:new"), DETAILS | {"code": "INSIDE", "internal": "yes"})
    offered = owen.get(reverse("building:clone", args=["INSIDE"])).text

    assert re.search(r'<input[^>]*name="internal"[^>]* checked', offered)


@pytest.mark.req("SP-127")
@pytest.mark.req("SP-128")
def test_the_selector_has_two_panes_and_the_six_actions(owen):
    begun("HELP", "A")
    services.keep_question(question("OTHER"), by=None, now=NOON)
    shown = page(owen, "selector", "HELP")
    for action in (
        "Create New Question",
        "Add Question to Form",
        "Add Question to New Group on Form",
        "Edit Group",
        "Delete Question From Group",
        "Delete Group",
    ):
        assert action in shown
    left, right = shown.split('id="bank-heading"')
    assert 'value="first/A"' in left
    assert 'name="bank" value="OTHER"' in right


@pytest.mark.req("SP-165")
def test_a_question_is_added_after_the_marked_one(owen):
    working = begun("HELP", "A", "B")
    services.keep_question(question("NEW"), by=None, now=NOON)
    press(owen, working, "add", at="first/A", bank="NEW")
    assert asked() == ["A", "NEW", "B"]
    assert WorkingForm.objects.get(code="HELP").shared.keys() == {"A", "B"}


@pytest.mark.req("SP-165")
def test_a_question_dropped_from_the_bank_lands_where_it_was_dropped(owen):
    working = begun("HELP", "A", "B")
    services.keep_question(question("NEW"), by=None, now=NOON)
    press(owen, working, "drop:NEW@first@0")
    assert asked() == ["NEW", "A", "B"]
    press(owen, working, "drop:A@second@0")
    assert asked(key="second") == ["A"]


@pytest.mark.req("SP-166")
def test_a_second_use_of_a_question_is_refused_in_words(owen):
    working = begun("HELP", "A")
    answer = press(owen, working, "add", at="second", bank="A")
    assert "A is on this form already" in answer.text
    assert asked(key="second") == []


@pytest.mark.req("SP-167")
@pytest.mark.req("SP-168")
def test_questions_move_by_arrows_and_to_another_group_without_dragging(owen):
    working = begun("HELP", "A", "B")
    press(owen, working, "down:A")
    assert asked() == ["B", "A"]
    press(owen, working, "up:A")
    assert asked() == ["A", "B"]
    press(owen, working, "move", at="first/A", to="second")
    assert (asked(), asked(key="second")) == (["B"], ["A"])
    assert "choose the group it goes to" in press(owen, working, "move", at="first/B").text


@pytest.mark.req("SP-170")
def test_a_group_moves_up_and_the_numbers_follow(owen):
    working = begun("HELP")
    press(owen, working, "group-up:second")
    shown = queries.working_form("HELP").shown
    assert [(g["key"], g["number"]) for g in editing.groups_in(shown)] == [("second", 2), ("first", 3)]


@pytest.mark.req("SP-128")
def test_edits_count_after_save_and_discarding_asks_first(owen):
    working = begun("HELP", "A", "B")
    answer = press(owen, working, "remove", at="first/A")
    assert "There are changes that are not saved" in answer.text
    assert len(list(editing.questions_in(queries.working_form("HELP").content))) == 2
    assert "Discard all changes of HELP that are not saved?" in press(owen, working, "ask-discard").text
    press(owen, working, "discard")
    assert asked() == ["A", "B"]
    press(owen, working, "remove", at="first/A")
    assert "has been saved" in press(owen, working, "save").text
    assert [q["code"] for q in editing.questions_in(queries.working_form("HELP").content)] == ["B"]


@pytest.mark.req("SP-173")
def test_a_question_that_leaves_a_group_stays_in_the_bank(owen):
    working = begun("HELP", "A", "B")
    press(owen, working, "remove", at="first/A")
    assert asked() == ["B"]
    assert queries.questions_found("A").filter(code="A").exists()


def test_who_still_asks_about_a_removed_question_is_told(owen):
    working = begun("HELP", "A", "B")
    content = editing.change_group(working.content, "second", {"when": {"question": "A", "answered": True}})
    services.change_working(working, content=content, revision=0, by=an_administrator(), now=NOON)
    assert "Conditions still ask about A: second" in press(owen, working, "remove", at="first/A").text


@pytest.mark.req("SP-174")
def test_who_still_asks_about_a_question_of_a_deleted_group_is_told_unless_it_goes_too(owen):
    working = begun("HELP", "A", "B")
    content = editing.change_question(
        working.content, "B", question("B", when={"question": "A", "answered": True})
    )
    content = editing.change_group(content, "second", {"when": {"question": "B", "answered": True}})
    services.change_working(working, content=content, revision=0, by=an_administrator(), now=NOON)
    address = reverse("building:group-delete", args=["HELP", "first"])
    told = owen.post(address, {"revision": queries.working_form("HELP").revision}, follow=True).text
    assert "Conditions still ask about B: second" in told
    assert "Conditions still ask about A" not in told


@pytest.mark.req("SP-174")
@pytest.mark.req("SP-175")
def test_deleting_a_group_asks_with_its_name_and_count_and_can_be_undone(owen):
    working = begun("HELP", "A", "B")
    address = reverse("building:group-delete", args=["HELP", "first"])
    asked_ = owen.get(address).text
    assert "Delete the group “First”?" in asked_
    assert "its questions (2)" in asked_
    owen.post(address, {"revision": 0})
    assert [g["key"] for g in editing.groups_in(queries.working_form("HELP").shown)] == ["second"]
    press(owen, working, "undo")
    assert asked() == ["A", "B"]
    assert queries.working_form("HELP").edited is None


GROUP = {"title_en": "Needs", "title_cy": "Anghenion", "number": "4"}


@pytest.mark.req("SP-159")
@pytest.mark.req("SP-164")
def test_a_new_group_takes_the_questions_marked_in_the_bank(owen):
    working = begun("HELP")
    services.keep_question(question("NEW"), by=None, now=NOON)
    there = press(owen, working, "add-new-group", bank="NEW").redirect_chain[-1][0]
    repeating = {"repeats": "yes", "least": "1", "most": "4", "item_en": "need", "item_cy": "angen"}
    owen.post(there, GROUP | repeating | {"revision": 0})
    group = editing.group_in(queries.working_form("HELP").shown, "needs")
    assert [q["code"] for q in group["questions"]] == ["NEW"]
    assert (group["number"], group["repeats"]["most"]) == (4, 4)


@pytest.mark.req("SP-160")
def test_a_group_name_may_have_300_characters_and_no_more(owen):
    begun("HELP")
    address = reverse("building:group-new", args=["HELP"])
    refused = owen.post(address, GROUP | {"title_en": "n" * 301, "revision": 0})
    assert refused.status_code == 422
    assert "Shorten this to 300 characters" in refused.text
    assert owen.post(address, GROUP | {"title_en": "n" * 300, "revision": 0}).status_code == 302


RENUMBER = (
    "Do you want all groups to be renumbered?",
    "This operation will remove any conflicts and gaps.",
    "But it may affect related quick reports too.",
    "It may also affect panels which currently have the same number assigned, changing them to an incorrect",
    "Please double check the group numbers after this operation, if you answer ‘Yes’.",
)


@pytest.mark.req("SP-169")
@pytest.mark.req("SP-171")
@pytest.mark.req("SP-172")
def test_a_changed_number_asks_and_yes_lists_old_and_new_numbers(owen):
    begun("HELP")
    address = reverse("building:group", args=["HELP", "second"])
    changed = GROUP | {"title_en": "Second", "number": "2", "revision": "0"}
    question_ = owen.post(address, changed).text
    for line in RENUMBER:
        assert line in question_
    hidden = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', question_.split("<main")[1]))
    listed = owen.post(address, hidden | {"renumber": "yes"}).text
    cells = re.findall(r"<th scope=\"row\"[^>]*>(\w+)</th><td[^>]*>(\d)</td><td[^>]*>(\d)</td>", listed)
    assert cells == [("Second", "2", "2"), ("First", "2", "3")]


@pytest.mark.req("SP-171")
def test_no_keeps_the_changed_number_and_the_others_as_they_were(owen):
    begun("HELP")
    address = reverse("building:group", args=["HELP", "second"])
    owen.post(address, GROUP | {"title_en": "Second", "number": "2", "revision": "0", "renumber": "no"})
    shown = queries.working_form("HELP").shown
    assert sorted((g["key"], g["number"]) for g in shown["groups"]) == [("first", 2), ("second", 2)]


def test_an_action_on_an_old_page_changes_nothing_and_says_why(owen):
    working = begun("HELP", "A", "B")
    press(owen, working, "down:A")
    address = reverse("building:selector", args=["HELP"])
    late = owen.post(address, {"revision": 0, "do": "remove", "at": "first/A"}, follow=True)
    assert "Somebody changed HELP while you had it open" in late.text
    assert asked() == ["B", "A"]


@pytest.mark.parametrize(
    "do", ["", "nonsense", "drop:@@", "drop:X@nowhere@1", "up:GONE", "group-up:gone", "add"]
)
def test_nonsense_changes_nothing_and_never_breaks_the_page(owen, do):
    working = begun("HELP", "A")
    answer = press(owen, working, do, at="zzz/A", bank="NOPE")
    assert answer.status_code == 200
    assert queries.working_form("HELP").edited is None


@pytest.mark.req("SP-131")
def test_building_on_a_published_form_begins_with_the_first_change_and_leaves_the_version_alone(owen):
    version = services.publish(every_kind(code="EVERY-KIND"), by=None, now=NOON)
    for name in ("form", "selector", "map"):
        assert page(owen, name, "EVERY-KIND")
    assert not WorkingForm.objects.exists()
    code = next(editing.questions_in(version.definition))["code"]
    owen.post(reverse("building:selector", args=["EVERY-KIND"]), {"revision": 0, "do": f"down:{code}"})
    assert queries.working_form("EVERY-KIND").edited
    assert FormVersion.objects.get().definition == version.definition


def test_only_builders_who_passed_the_second_step_come_in(client):
    begun("HELP")
    for person, verified in ((an_officer(), True), (a_parent(), True), (an_administrator(), False)):
        come_in(client, person, verified=verified)
        for name, args in (("list", []), ("form", ["HELP"]), ("selector", ["HELP"]), ("bank", [])):
            assert client.get(reverse(f"building:{name}", args=args)).status_code != 200
