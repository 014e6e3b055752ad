"""Sharing a form: exactly what was looked at, with exactly those people, until it is stopped."""

from datetime import timedelta

import pytest

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.merges import differences_between
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case, CaseEvent
from guildhall.work.privacy.services.erasing import erase
from guildhall.work.sharing import queries, services
from guildhall.work.sharing.models import PortalUser, SharedForm
from guildhall.work.sharing.services import Details
from tests.records.some import a_child
from tests.standing import NOON, a_parent, a_professional, an_officer, another_parent
from tests.work.cases.scene import LATER

from .scene import a_file, an_entry, child_of, not_authenticated, on_involvement, shared

pytestmark = pytest.mark.django_db


def reads(user: User) -> list[SharedForm]:
    return list(queries.shared_with(user))


@pytest.mark.req("SP-236", "SP-245", "SP-246")
def test_a_form_is_read_by_whom_it_is_shared_with_and_by_nobody_else():
    entry = an_entry()
    mother, father = on_involvement(entry, a_parent()), on_involvement(entry, another_parent())

    [one] = shared(entry, mother)

    assert reads(mother.user) == [one]
    assert reads(father.user) == []
    assert queries.form_shared_with(father.user, one.pk) is None


@pytest.mark.req("SP-240", "SP-244")
def test_taking_the_tick_away_stops_everything_and_putting_it_back_restores_it():
    entry = an_entry()
    teacher = on_involvement(entry, a_professional())
    [one] = shared(entry, teacher)

    teacher = not_authenticated(teacher)

    assert reads(teacher.user) == []
    assert queries.form_shared_with(teacher.user, one.pk) is None
    again = Details("Teacher", authenticated=True, reason="She is back")
    services.change_portal_user(teacher, details=again, seen=teacher.version, by=an_officer(), now=LATER)
    assert reads(teacher.user) == [one]


@pytest.mark.req("SP-245")
def test_nobody_who_is_not_authenticated_can_be_shared_with():
    entry = an_entry()
    person = on_involvement(entry, another_parent(), Details("Father"))
    preview = queries.preview(child_of(entry), entry, [person.pk])
    assert preview is not None
    assert preview.people == []

    with pytest.raises(services.NotWhatWasSeen):
        services.share_form(
            entry,
            child=child_of(entry),
            people=[person.pk],
            seen=preview.digest,
            by=an_officer(),
            now=NOON,
        )

    assert not SharedForm.objects.exists()


def _untick(entry: Entry, person: PortalUser) -> None:
    not_authenticated(person)


def _rename(entry: Entry, person: PortalUser) -> None:
    User.objects.filter(pk=person.user_id).update(email="somebody.else@example.org")


def _add_a_file(entry: Entry, person: PortalUser) -> None:
    a_file(entry)


def _restrict(entry: Entry, person: PortalUser) -> None:
    Child.objects.filter(pk=child_of(entry).pk).update(restricted=True)


def _tie_to_another(entry: Entry, person: PortalUser) -> None:
    Mention.objects.filter(pk=entry.mention_id).update(child=a_child(forename="Other"))


CHANGES = (_untick, _rename, _add_a_file, _restrict, _tie_to_another)


@pytest.mark.parametrize("meanwhile", CHANGES, ids=lambda change: change.__name__)
def test_share_preview(meanwhile):
    """T26: what is shared is what was looked at, or nothing."""
    entry = an_entry()
    person = on_involvement(entry, a_parent())
    child = child_of(entry)
    preview = queries.preview(child, entry, [person.pk])
    assert preview is not None
    seen = preview.digest
    meanwhile(entry, person)

    with pytest.raises(services.NotWhatWasSeen):
        services.share_form(entry, child=child, people=[person.pk], seen=seen, by=an_officer(), now=NOON)

    assert not SharedForm.objects.exists()
    assert not Message.objects.filter(key__startswith="shared:").exists()


def test_the_readers_of_the_preview_are_part_of_what_was_looked_at():
    entry = an_entry()
    mother, father = on_involvement(entry, a_parent()), on_involvement(entry, another_parent())
    preview = queries.preview(child_of(entry), entry, [mother.pk])
    assert preview is not None

    for people in ([father.pk], [mother.pk, father.pk], [], [mother.pk, 987_654]):
        with pytest.raises(services.NotWhatWasSeen):
            services.share_form(
                entry,
                child=child_of(entry),
                people=people,
                seen=preview.digest,
                by=an_officer(),
                now=NOON,
            )

    assert not SharedForm.objects.exists()


def test_whoever_reads_a_form_is_told_once_and_the_email_says_nothing_of_the_child():
    entry = an_entry()
    mother = on_involvement(entry, a_parent())
    Task.objects.all().delete()

    [one] = shared(entry, mother)
    [again] = shared(entry, mother)

    assert again == one
    message = Message.objects.get(key=f"shared:{one.pk}")
    assert (message.to, message.sensitive) == (mother.user, True)
    email = Task.objects.get(kind="email")
    said = f"{email.payload} {message.subject} {message.body}"
    for secret in ("Angharad", "Pugh", "Assessment", "SND-"):
        assert secret not in said


def test_stopping_ends_it_for_that_person_alone_and_twice_is_once():
    entry = an_entry()
    mother, father = on_involvement(entry, a_parent()), on_involvement(entry, another_parent())
    one, _ = sorted(shared(entry, mother, father), key=lambda each: each.recipient_id)

    services.stop_sharing(one, by=an_officer(), now=LATER)
    services.stop_sharing(one, by=an_officer(), now=LATER + timedelta(days=1))

    one.refresh_from_db()
    assert one.stopped_at == LATER
    assert reads(mother.user) == []
    assert len(reads(father.user)) == 1
    assert Audited.objects.filter(verb="sharing.stopped").count() == 1
    assert len(shared(entry, mother)) == 1


@pytest.mark.parametrize(("minutes", "verb"), [(10, "recalled"), (11, "stopped")])
def test_a_mistake_taken_back_within_ten_minutes_is_kept_as_that(minutes: int, verb: str):
    entry = an_entry()
    [one] = shared(entry, on_involvement(entry, a_parent()))

    services.stop_sharing(one, by=an_officer(), now=NOON + timedelta(minutes=minutes))

    [kept] = Audited.objects.filter(about_id=str(one.pk), verb__in=["sharing.recalled", "sharing.stopped"])
    assert kept.verb == f"sharing.{verb}"
    assert kept.child_id == child_of(entry).pk


def test_a_form_that_turns_out_to_be_about_another_child_is_gone_at_once():
    entry = an_entry()
    mother = on_involvement(entry, a_parent())
    shared(entry, mother)

    _tie_to_another(entry, mother)

    assert reads(mother.user) == []


def test_a_merge_of_records_stops_access_until_an_officer_decides_again():
    entry = an_entry()
    mother = on_involvement(entry, a_parent())
    shared(entry, mother)
    kept, gone = a_child(), child_of(entry)
    choices = {each.field: "ours" for each in differences_between(kept, gone)}

    merge = linkage.merge_children(kept, gone, choices=choices, by=an_officer(), now=LATER, confirmed=True)

    assert reads(mother.user) == []
    linkage.unmerge_children(merge, by=an_officer(), now=LATER)
    assert len(reads(mother.user)) == 1


def test_only_forms_of_the_send_team_can_be_shared():
    concern = an_entry(destination="safeguarding")

    assert queries.form_behind(concern) is None
    assert queries.preview(child_of(concern), concern, []) is None


@pytest.mark.req("SP-247", "SP-105")
def test_a_file_is_had_by_whom_its_form_is_shared_with():
    entry = an_entry()
    file = a_file(entry)
    mother, father = on_involvement(entry, a_parent()), on_involvement(entry, another_parent())
    [one] = shared(entry, mother)
    elsewhere = a_file(an_entry())

    assert queries.file_shared_with(mother.user, one.pk, file.pk) == (one, file)
    assert queries.file_shared_with(father.user, one.pk, file.pk) is None
    assert queries.file_shared_with(mother.user, one.pk, elsewhere.pk) is None
    not_authenticated(mother)
    assert queries.file_shared_with(mother.user, one.pk, file.pk) is None


def test_a_form_that_is_erased_takes_its_shares_with_it():
    entry = an_entry()
    submission = queries.form_behind(entry)
    assert submission is not None
    shared(entry, on_involvement(entry, a_parent()))

    erase("forms", submission.case, by=None, run=None, now=LATER)

    assert not SharedForm.objects.exists()
    assert PortalUser.objects.exists()


class Crash(Exception):
    pass


def test_a_crash_between_the_answer_and_sharing_leaves_neither(monkeypatch: pytest.MonkeyPatch):
    entry = an_entry()
    mother = on_involvement(entry, a_parent())
    shown = queries.preview(child_of(entry), entry, [mother.pk])
    assert shown

    def crash(_point: str) -> None:
        raise Crash

    monkeypatch.setattr(services.forms, "fault_point", crash)
    with pytest.raises(Crash):
        services.answer_after_approval(
            Case.objects.get(), share=True, shown=shown, seen=shown.digest, by=an_officer(), now=LATER
        )

    assert not CaseEvent.objects.filter(verb="sharing").exists()
    assert reads(mother.user) == []
