"""Starting, saving, extending and deleting a draft."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions import queries, services
from guildhall.paperwork.submissions.models import Draft
from guildhall.paperwork.submissions.rules import days_left, may_fill_in
from tests.definitions import (
    FULL,
    a_concern,
    a_draft,
    a_family_child,
    a_full_draft,
    every_kind,
    published,
)
from tests.standing import NOON, a_parent, a_professional, another_parent

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def start(owner, version, child=None, **more):
    return services.start_draft(owner, version=version, family_child=child, language="en", now=NOON, **more)


def save(draft, answers, *, revision=None, now=LATER, base=None):
    return services.save_answers(
        draft,
        answers=answers,
        revision=draft.revision if revision is None else revision,
        place="child",
        by=draft.owner,
        now=now,
        base=base,
    )


def test_a_new_draft_knows_the_child_it_is_about():
    child = a_family_child()

    draft = start(a_parent(), published(every_kind()), child)

    assert draft.answers["CHILD_FORENAME"] == "Mali"
    assert draft.answers["CHILD_BORN_ON"] == "2017-03-04"
    assert draft.answers["CHILD_GENDER"] == "female"
    assert draft.answers["CHILD_ADDRESS"]["postcode"] == "AB1 2DE"
    assert "PARENT_NAME" not in draft.answers


def test_what_the_form_cannot_hold_is_not_filled_in():
    child = a_family_child(gender="prefer not to say", address={})

    draft = start(a_parent(), published(every_kind()), child)

    assert "CHILD_GENDER" not in draft.answers
    assert "CHILD_ADDRESS" not in draft.answers


def test_a_young_persons_form_knows_the_young_person():
    plain = every_kind(code="YOUNG", audience="young-person")

    draft = start(a_parent(forename="Gwen"), published(plain))

    assert draft.answers["CHILD_FORENAME"] == "Gwen"


def test_a_professionals_form_knows_the_professional_but_no_child():
    teacher = a_professional()

    draft = start(teacher, published(a_concern()))

    assert draft.answers["REFERRER_NAME"] == str(teacher)
    assert draft.answers["REFERRER_EMAIL"] == teacher.email
    assert "CHILD_SURNAME" not in draft.answers


@pytest.mark.req("SP-082")
def test_a_form_that_is_open_already_is_offered_instead_of_doubled():
    parent, version, child = a_parent(), published(every_kind()), a_family_child()
    first = start(parent, version, child)

    with pytest.raises(services.AlreadyStarted) as already:
        start(parent, version, child)

    assert already.value.draft == first
    assert start(parent, version, child, again=True) != first
    assert start(parent, version, a_family_child(forename="Non")) is not None


@pytest.mark.req("SP-093")
def test_a_withdrawn_form_cannot_be_started():
    version = published(every_kind())
    forms.withdraw(version.form, by=None, now=NOON)
    version.form.refresh_from_db()

    with pytest.raises(services.FormWithdrawn):
        start(a_parent(), version)


def test_nobody_keeps_more_drafts_than_the_authority_allows():
    authority.change_setting("drafts.most", value=2, by=None, now=NOON)
    version = published(every_kind())
    start(a_parent(), version)
    start(a_parent(), version, again=True)

    with pytest.raises(services.TooManyDrafts, match="2"):
        start(a_parent(), version, again=True)
    assert start(another_parent(), version)


def test_a_save_grows_the_revision_and_restarts_the_days():
    draft = a_draft()

    saved = save(draft, {"CHILD_FORENAME": "Non"}, now=NOON + timedelta(days=9))

    assert saved.revision == 1
    kept = Draft.objects.get()
    assert kept.answers["CHILD_FORENAME"] == "Non"
    assert kept.expires_at == NOON + timedelta(days=39)
    assert Entry.objects.filter(verb="draft.saved", about_id=str(draft.pk)).count() == 1


def test_the_audit_of_a_save_names_questions_and_no_answers():
    save(a_draft(), {"CHILD_FORENAME": "Secret"})

    entry = Entry.objects.get(verb="draft.saved")
    assert entry.detail == {"revision": 1, "changed": ["CHILD_FORENAME"]}


def test_saving_what_is_saved_already_is_no_new_revision():
    draft = save(a_draft(), {"CHILD_FORENAME": "Non"})

    again = save(draft, {"CHILD_FORENAME": "Non"}, now=NOON + timedelta(days=2))

    assert again.revision == 1
    assert Draft.objects.get().saved_at == NOON + timedelta(days=2)


def test_two_pages_that_changed_different_answers_are_joined():
    draft = a_draft()
    other = Draft.objects.get(pk=draft.pk)
    save(draft, {"CHILD_FORENAME": "Non"}, revision=0)

    joined = save(other, {"CHILD_SURNAME": "Rees"}, revision=0)

    assert joined.revision == 2
    kept = Draft.objects.get().answers
    assert (kept["CHILD_FORENAME"], kept["CHILD_SURNAME"]) == ("Non", "Rees")


def test_two_pages_that_changed_the_same_answer_have_to_be_asked():
    draft = a_draft()
    other = Draft.objects.get(pk=draft.pk)
    save(draft, {"CHILD_FORENAME": "Newer"}, revision=0)

    with pytest.raises(services.Conflict) as conflict:
        save(other, {"CHILD_FORENAME": "Older"}, revision=0)

    assert conflict.value.offered == {"CHILD_FORENAME": "Older"}
    assert conflict.value.current.answers["CHILD_FORENAME"] == "Newer"
    assert Draft.objects.get().answers["CHILD_FORENAME"] == "Newer"


def test_a_save_after_the_form_was_sent_or_deleted_says_so():
    draft = a_draft()
    services.delete_draft(Draft.objects.get(), by=draft.owner, now=LATER)

    with pytest.raises(services.Gone):
        save(draft, {"CHILD_FORENAME": "Non"})


@pytest.mark.req("CP-048")
def test_a_draft_can_be_kept_for_another_period():
    draft = a_draft()

    services.extend_draft(draft, by=draft.owner, now=NOON + timedelta(days=29))

    assert Draft.objects.get().expires_at == NOON + timedelta(days=59)


@pytest.mark.req("CP-047")
def test_days_left_count_from_the_last_save():
    draft = save(a_draft(), {"CHILD_FORENAME": "Non"}, now=NOON + timedelta(days=10))

    assert days_left(draft.expires_at, NOON + timedelta(days=10)) == 30
    assert days_left(draft.expires_at, NOON + timedelta(days=39, hours=13)) == 1
    assert days_left(draft.expires_at, NOON + timedelta(days=41)) == 0


@pytest.mark.req("SP-074", "SP-075")
def test_a_form_is_for_those_whose_portal_and_kind_fit():
    parents, concern = published(every_kind()), published(a_concern())
    public = published(every_kind(code="PUBLIC", audience="public"))

    def may(version, *roles):
        return may_fill_in(version, frozenset(roles), born_on=date(1980, 5, 6), today=date(2026, 6, 1))

    assert may(parents, "parent")
    assert may(parents, "young-person")
    assert not may(parents, "professional")
    assert may(concern, "professional")
    assert not may(concern, "parent", "administrator")
    assert may(public, "parent")
    assert not may(parents)


@pytest.mark.req("SP-071", "SP-074")
@pytest.mark.parametrize(
    ("born_on", "young"),
    [
        (date(2010, 6, 1), True),
        (date(2010, 6, 2), False),
        (date(2000, 6, 2), True),
        (date(2000, 6, 1), False),
        (None, False),
    ],
    ids=["the sixteenth birthday", "the day before", "the last day", "the twenty-sixth birthday", "unknown"],
)
def test_the_form_of_a_young_person_is_for_citizens_from_16_to_25(born_on, young):
    version = published(every_kind(code="YOUNG", audience="young-person"))
    today = date(2026, 6, 1)

    for role in ("parent", "young-person"):
        assert may_fill_in(version, frozenset({role}), born_on=born_on, today=today) is young
    assert not may_fill_in(version, frozenset({"professional"}), born_on=born_on, today=today)


def test_a_draft_is_found_by_its_owner_only():
    draft = a_draft()

    assert queries.draft_of(draft.owner, draft.pk) == draft
    assert queries.draft_of(another_parent(), draft.pk) is None


@pytest.mark.req("GH-019", "SP-093")
def test_a_draft_stays_on_its_version_while_the_form_changes():
    draft = a_full_draft()
    newer = published(every_kind(title={"en": "Another title", "cy": "Teitl arall"}))

    assert newer.number == 2
    assert Draft.objects.get(pk=draft.pk).version.number == 1


# Sealing


@pytest.mark.req("GH-019", "GH-022")
def test_a_sealed_submission_keeps_what_was_asked_and_agreed_and_drops_what_was_hidden():
    answers = FULL | {"DIAGNOSIS": "hidden", "CLINIC": "hidden too"}
    draft = a_draft(answers=answers)

    sent = services.seal(draft, reference="SND-1", texts={"declarations": []}, now=LATER)

    assert "DIAGNOSIS" not in sent.answers and "CLINIC" not in sent.answers
    assert sent.answers["parents"] == [
        {"_id": "a1", "PARENT_NAME": "Dilys Pritchard", "PARENT_TELEPHONE": "01632960111"}
    ]
    assert sent.subject["surname"] == "Pritchard"
    assert (sent.language, sent.version, sent.sent_at) == ("en", draft.version, LATER)
    assert not Draft.objects.exists()


def test_reportable_answers_are_kept_as_rows_too():
    sent = services.seal(a_full_draft(), reference="SND-1", texts={}, now=LATER)

    rows = set(sent.reportable.values_list("question", "value"))
    assert rows == {("CHILD_SURNAME", "Pritchard"), ("HAS_DIAGNOSIS", "no"), ("AREAS", "speech")}


@pytest.mark.req("GH-019", "SP-090")
def test_the_database_refuses_to_change_what_was_sent():
    sent = services.seal(a_full_draft(), reference="SND-1", texts={}, now=LATER)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        type(sent).objects.filter(pk=sent.pk).update(answers={})
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        sent.reportable.update(value="changed")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM submissions_submission WHERE reference = 'SND-1'")
        assert cursor.fetchone() == (1,)


@pytest.mark.req("CP-056")
def test_a_returned_form_opens_with_what_was_sent_and_does_not_expire():
    sent = services.seal(a_full_draft(), reference="SND-1", texts={}, now=LATER)

    draft = services.reopen(sent, now=LATER)

    assert draft.answers == sent.answers
    assert draft.expires_at is None
    assert services.reopen(sent, now=LATER) == draft
    assert list(queries.saved_forms_of(draft.owner)) == []


def test_a_correction_follows_what_it_corrects_under_the_same_reference():
    first = services.seal(a_full_draft(), reference="SND-1", texts={}, now=LATER)
    draft = services.reopen(first, now=LATER)
    draft = save(draft, {"CHILD_FORENAME": "Non"})

    second = services.seal(draft, reference=first.reference, texts={}, now=LATER + timedelta(days=1))

    assert second.follows == first
    assert queries.versions_of(first) == [first, second]
    assert list(queries.current_submissions_of(first.sender)) == [second]
