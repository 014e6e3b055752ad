"""The bank of questions and a form being built: saved, undone, discarded; never what was published."""

import pytest
from django.db import DatabaseError, transaction

from guildhall.paperwork.forms import editing, queries, services
from guildhall.paperwork.forms.models import Form, QuestionRevision

from ...definitions import every_kind
from ...standing import NOON, an_administrator

pytestmark = pytest.mark.django_db


def a_question(code: str = "PET_NAME", **more):
    return {"code": code, "kind": "text", "text": {"en": "Name of your pet", "cy": "Enw eich anifail"}} | more


def started(code: str = "NEW-FORM", **more):
    content = {"title": {"en": "New", "cy": "Newydd"}, "groups": []}
    return services.start_working(code, content=content, by=an_administrator(), now=NOON, **more)


@pytest.mark.req("SP-135")
def test_a_question_code_cannot_start_with_z():
    for code in ("ZEBRA", "zebra", " zebra"):
        with pytest.raises(services.CodeTaken):
            services.keep_question(a_question(code), by=None, now=NOON)


@pytest.mark.req("SP-137")
def test_a_question_code_is_unique_in_any_case():
    services.keep_question(a_question("PET_NAME"), by=None, now=NOON, new=True)
    with pytest.raises(services.CodeTaken) as refusal:
        services.keep_question(a_question("pet_name"), by=None, now=NOON, new=True)
    assert refusal.value.field == "code"


@pytest.mark.req("SP-136")
def test_returns_tabs_and_outer_spaces_are_taken_from_a_question_code():
    revision = services.keep_question(a_question("\tpet_name \r\n"), by=None, now=NOON, new=True)
    assert revision.question.code == revision.content["code"] == "PET_NAME"


def test_a_changed_question_gets_a_new_revision_and_the_same_one_none():
    first = services.keep_question(a_question(), by=None, now=NOON)
    assert services.keep_question(a_question(), by=None, now=NOON) == first
    second = services.keep_question(
        a_question(hint={"en": "Its call name", "cy": "Ei enw"}), by=None, now=NOON
    )
    assert (first.number, second.number) == (1, 2)
    assert QuestionRevision.objects.get(number=1).content == first.content


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_a_revision_as_it_is(act):
    revision = services.keep_question(a_question(), by=None, now=NOON)
    rows = QuestionRevision.objects.filter(pk=revision.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(number=9) if act == "update" else rows._raw_delete(rows.db)


@pytest.mark.req("SP-133")
def test_questions_are_found_by_part_of_their_code_or_wording():
    services.keep_question(a_question(), by=None, now=NOON)
    services.keep_question(
        a_question("SCHOOL", text={"en": "Your school", "cy": "Eich ysgol"}), by=None, now=NOON
    )
    found = lambda words: [question.code for question in queries.questions_found(words)]  # noqa: E731
    assert found("pet") == found("of YOUR pet") == found("anifail") == ["PET_NAME"]
    assert found("") == ["PET_NAME", "SCHOOL"]


@pytest.mark.req("SP-158")
def test_a_question_that_a_form_has_cannot_be_deleted():
    working = started()
    content = editing.add_group(working.content, {"key": "one", "title": {"en": "One", "cy": "Un"}})
    content = editing.add_question(content, a_question(), to="one")
    question = services.keep_question(a_question(), by=None, now=NOON).question
    services.change_working(working, content=content, revision=0, by=an_administrator(), now=NOON)
    with pytest.raises(services.QuestionInUse) as refusal:
        services.remove_question(question, by=an_administrator(), now=NOON)
    assert "NEW-FORM" in refusal.value.message
    other = services.keep_question(a_question("OTHER"), by=None, now=NOON).question
    services.remove_question(other, by=an_administrator(), now=NOON)
    assert [each.code for each in queries.questions_found()] == ["PET_NAME"]


@pytest.mark.req("SP-123")
def test_a_form_code_is_unique_in_any_case():
    started("NEW-FORM")
    for code in ("NEW-FORM", "new-form", " "):
        with pytest.raises(services.CodeTaken):
            started(code)


def test_a_form_that_was_published_lends_its_code_to_no_other():
    services.publish(every_kind(code="KNOWN"), by=None, now=NOON)
    with pytest.raises(services.CodeTaken):
        started("known")


@pytest.mark.req("SP-128")
def test_edits_count_only_once_they_are_saved():
    by = an_administrator()
    working = started()
    content = editing.add_group(working.content, {"key": "one", "title": {"en": "One", "cy": "Un"}})
    working = services.edit_working(working, content=content, revision=0, by=by, now=NOON)
    assert (working.content["groups"], working.shown) == ([], content)
    working = services.discard_edits(working, revision=1, by=by, now=NOON)
    assert working.shown["groups"] == []
    working = services.edit_working(working, content=content, revision=2, by=by, now=NOON)
    working = services.save_working(working, revision=3, by=by, now=NOON)
    assert (working.content, working.edited, working.undo) == (content, None, [])


@pytest.mark.req("SP-175")
def test_an_edit_can_be_undone_until_the_form_is_saved():
    by, working = an_administrator(), started()
    contents = [working.content]
    for key in ("one", "two", "three"):
        contents.append(editing.add_group(contents[-1], {"key": key}))
        working = services.edit_working(
            working, content=contents[-1], revision=working.revision, by=by, now=NOON
        )
    for former in reversed(contents[:-1]):
        working = services.undo_edit(working, revision=working.revision, by=by, now=NOON)
        assert working.shown == former
    assert (
        services.undo_edit(working, revision=working.revision, by=by, now=NOON).revision == working.revision
    )


def test_two_builders_do_not_overwrite_each_other():
    working = started()
    by = an_administrator()
    one = editing.add_group(working.content, {"key": "one"})
    services.edit_working(working, content=one, revision=0, by=by, now=NOON)
    two = editing.add_group(working.content, {"key": "two"})
    with pytest.raises(services.BuiltMeanwhile) as refusal:
        services.change_working(working, content=two, revision=0, by=by, now=NOON)
    assert refusal.value.current.shown == one


@pytest.mark.req("SP-131")
def test_building_on_a_published_form_leaves_its_version_alone():
    version = services.publish(every_kind(code="KNOWN"), by=None, now=NOON)
    form = Form.objects.get(code="KNOWN")
    working = services.work_on(form, by=an_administrator(), now=NOON)
    assert working.based_on == version
    assert set(working.shared) == {question["code"] for question in editing.questions_in(version.definition)}
    emptied = working.content | {"groups": []}
    services.change_working(working, content=emptied, revision=0, by=an_administrator(), now=NOON)
    version.refresh_from_db()
    assert version.definition["groups"] and queries.live_version("KNOWN") == version
    assert services.work_on(form, by=None, now=NOON).content == emptied
