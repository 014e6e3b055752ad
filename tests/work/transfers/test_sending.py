"""A file from one school to another: taken, looked at, sent, downloaded, withdrawn, chased, forgotten."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.models import Task
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment, Team
from guildhall.work.transfers import queries, rules, services, tasks
from guildhall.work.transfers.models import Event, Pupil, Transfer
from guildhall.work.transfers.services import NotNow, NotTaken, NotUsing

from ...people.membership.schools import a_place, a_supervisor
from ...standing import NOON
from ...standing import an_officer as a_send_officer
from .scene import (
    COUNCIL,
    LEFT,
    LOST,
    MOVED,
    NEW,
    OLD,
    a_user,
    acting,
    an_upload,
    ctf,
    left,
    officer_acting,
    pupil,
    receiver,
    schools,
    sender,
    sent,
    uploaded,
)

pytestmark = pytest.mark.django_db
State = Transfer.State


def refused(place, content=b"", name=MOVED):
    """The names of the reasons for which a file is not taken; nothing of it is kept but the note of that."""
    before = Entry.objects.count()
    with pytest.raises(NotTaken) as found:
        services.upload(place.school, an_upload(content, name), **acting(place))
    assert not Transfer.objects.exists()
    assert not StoredFile.objects.exists()
    [note] = Entry.objects.order_by("pk")[before:]
    assert (note.verb, note.detail) == (
        "transfers.refused",
        {"school": place.school_id, "why": found.value.codes},
    )
    return found.value


def emails(what):
    """The addresses of the emails of that name."""
    tasks_of = Task.objects.filter(kind="email", payload__body=f"text-blocks.Email_{what}")
    return sorted(one.payload["to"] for one in tasks_of)


@pytest.mark.req("SY-040", "SY-041", "SY-046")
def test_the_old_school_sends_a_file_and_the_new_one_is_told_and_downloads_it():
    hers, theirs = sender(), receiver()
    content = ctf(pupil(1), pupil(2, surname="Ahmed"))
    made = uploaded(hers, content)
    assert (made.state, made.count, made.kind, made.destination) == (State.CHECKED, 2, "CTF", theirs.school)
    assert not queries.received_at(acting(theirs)["holder"], theirs.school_id).exists()
    assert not Task.objects.filter(kind="email").exists()

    services.send(made, **acting(hers))
    services.send(made, **acting(hers))
    assert emails("Transfer_Available") == [theirs.user.email]
    [told] = Task.objects.filter(kind="email")
    assert "Ahmed" not in str(told.payload)
    [found] = queries.waiting_at(acting(theirs)["holder"], theirs.school_id)
    assert [str(one) for one in queries.pupils_of(found)] == ["Mari Ahmed", "Mari Prydderch1"]

    file = services.receive(found, **acting(theirs))
    assert file.name == MOVED
    services.receive(found, **acting(theirs, NOON + timedelta(hours=1)))
    found.refresh_from_db()
    assert (found.state, found.received_by, found.received_at) == (State.RECEIVED, theirs.user, NOON)
    acts = [(one.act, one.by, one.school) for one in queries.events_of(found)]
    assert acts == [
        ("upload", hers.user, hers.school),
        ("send", hers.user, hers.school),
        ("download", theirs.user, theirs.school),
        ("download", theirs.user, theirs.school),
    ]


@pytest.mark.req("SY-049")
def test_a_file_is_open_to_its_two_ends_alone_and_only_to_those_the_approver_lets_in():
    hers, theirs = sender(), receiver()
    made = sent(hers)
    third = Establishment.objects.create(urn="990009", name="Northmere", la_code="990", number="4003")
    other = a_user(third)
    idle = a_place("idle@school.example.org", theirs.school)
    for place in (other, idle):
        assert not queries.of_school(acting(place)["holder"], place.school_id).exists()
        with pytest.raises(NotUsing):
            services.receive(made, **acting(place))
    with pytest.raises(NotUsing):
        services.receive(made, **acting(hers))
    with pytest.raises(NotUsing):
        services.withdraw(made, **acting(theirs))
    with pytest.raises(NotUsing):
        services.upload(theirs.school, an_upload(), **acting(hers))
    assert list(queries.of_school(acting(hers)["holder"], hers.school_id)) == [made]


@pytest.mark.req("SY-049")
def test_nothing_is_sent_or_given_away_before_it_was_scanned():
    hers, theirs = sender(), receiver()
    made = uploaded(hers, clean=False)
    with pytest.raises(NotNow, match="before it was scanned"):
        services.send(made, **acting(hers))
    assert not queries.received_at(acting(theirs)["holder"], theirs.school_id).exists()
    infected = StoredFile.objects.get()
    files.write_verdict(infected, found="Eicar", now=NOON)
    with pytest.raises(NotNow):
        services.send(made, **acting(hers))


@pytest.mark.req("SY-045", "SY-047")
def test_the_name_must_say_who_sends_it_and_where_it_goes():
    hers, _ = sender(), receiver()
    assert refused(hers, name="9902001_CTF_9904001_001(1).xml").codes == ["name-Copy"]
    assert refused(hers, name=f"{NEW}_CTF_{OLD}_001.xml").codes == ["NotOwn"]
    assert refused(hers, name=f"{OLD}_CTF_{OLD}_001.xml").codes == ["ToOneself"]
    assert refused(hers, name=f"{OLD}_CTF_9909999_001.xml").codes == ["NoSchool"]
    assert refused(hers, name=f"{OLD}_CTF_111LLLL_001.xml").codes == ["OtherCouncil"]
    assert refused(hers, name=f"{OLD}_ATF_{NEW}_001.xml").codes == ["OfTheCouncil"]
    said = refused(hers, name="9902001_CTF_9904001_001(1).xml")
    assert "Rename it to 9902001_CTF_9904001_001.xml" in said.message
    schools()[1].__class__.objects.filter(urn="990007").update(closed_on=date(2026, 1, 1))
    assert refused(hers).codes == ["ClosedSchool"]


@pytest.mark.req("SY-046", "SY-047")
def test_a_file_that_says_otherwise_than_its_name_is_refused():
    hers, _ = sender(), receiver()
    other = f"{NEW}_CTF_{OLD}_001.xml"
    assert refused(hers, ctf(name=other)).codes == ["Destination", "Source"]
    several = refused(hers, ctf(pupil(born="27/03/2012", numbered="A1")))
    assert (several.codes, len(several.lines)) == (["Date", "Upn"], 2)
    assert all(line.startswith("Line 10: ") for line in several.lines)
    assert refused(hers, ctf(root="ATfile")).codes == ["RootOfKind"]


@pytest.mark.req("SY-042", "SY-043", "SY-044")
@pytest.mark.parametrize(("name", "good"), [(LEFT, "home"), (LOST, "unknown")])
def test_a_file_without_a_school_at_its_end_holds_one_pupil_and_takes_its_reason(name, good):
    hers = sender()
    two = refused(hers, ctf(pupil(1), pupil(2), name=name), name)
    assert two.codes == ["OnePupil"]
    assert "exactly one pupil, and this one holds 2" in two.message
    made = uploaded(hers, name=name)
    for reason in ("", "nonsense", "unknown" if name == LEFT else "home"):
        with pytest.raises(Refusal) as asked:
            services.send(made, reason, **acting(hers))
        assert asked.value.field == "reason"
    gone = services.send(made, good, **acting(hers))
    assert (gone.state, gone.reason, gone.destination, gone.chase_on) == (State.SENT, good, None, None)
    assert queries.lost().exists() == (name == LOST)
    assert not Task.objects.filter(kind="email").exists()
    with pytest.raises(NotNow):
        services.receive(gone, **officer_acting())


@pytest.mark.req("SY-042")
def test_a_file_to_a_school_holds_as_many_pupils_as_go_there():
    assert uploaded(sender(), ctf(*(pupil(number) for number in range(30)))).count == 30


def test_a_name_is_sent_once_and_the_next_number_is_said():
    hers, _ = sender(), receiver()
    sent(hers)
    with pytest.raises(NotTaken, match="with the number 002"):
        services.upload(hers.school, an_upload(), **acting(hers))
    first = uploaded(hers, name=MOVED.replace("001.", "002."))
    again = uploaded(hers, name=MOVED.replace("001.", "002."))
    assert not Transfer.objects.filter(pk=first.pk).exists()
    assert StoredFile.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=again.pk).update(
            name=MOVED, state=State.SENT, sent_at=NOON, sent_by=hers.user
        )


@pytest.mark.req("SY-049")
def test_a_file_is_withdrawn_until_it_is_downloaded_and_its_content_goes_with_it():
    hers, theirs = sender(), receiver()
    made = sent(hers)
    services.withdraw(made, **acting(hers))
    made.refresh_from_db()
    assert (made.state, made.file, Pupil.objects.count(), StoredFile.objects.count()) == (
        "withdrawn",
        None,
        0,
        0,
    )
    assert emails("Transfer_Withdrawn") == [theirs.user.email]
    with pytest.raises(NotNow):
        services.receive(made, **acting(theirs))
    again = sent(hers)
    services.receive(again, **acting(theirs))
    with pytest.raises(NotNow, match="downloaded already"):
        services.withdraw(again, **acting(hers))


def test_what_was_not_sent_is_discarded_whole():
    hers = sender()
    made = uploaded(hers, name=LOST)
    services.discard(made, **acting(hers))
    assert (Transfer.objects.count(), Pupil.objects.count(), StoredFile.objects.count()) == (0, 0, 0)
    with pytest.raises(NotNow):
        services.discard(made, **acting(hers))


@pytest.mark.req("SY-049")
def test_a_file_that_nobody_downloads_in_five_school_days_is_chased_once():
    hers, theirs = sender(), receiver()
    made = sent(hers)
    # No term dates are published, so weekdays count: from Monday 1 June to Monday 8 June.
    assert made.chase_on == date(2026, 6, 8)
    tasks.look_after(NOON + timedelta(days=6))
    assert emails("Transfer_Waiting") == []
    for _ in range(2):
        tasks.look_after(NOON + timedelta(days=7))
    assert emails("Transfer_Waiting") == [theirs.user.email]
    assert Event.objects.filter(act="chase", by=None).count() == 1
    other = sent(hers, name=MOVED.replace("001.", "002."))
    services.receive(other, **acting(theirs))
    tasks.look_after(NOON + timedelta(days=10))
    assert len(emails("Transfer_Waiting")) == 1


@pytest.mark.req("SY-049")
def test_files_are_deleted_after_two_months_those_of_lost_pupils_after_two_years_and_unsent_ones_in_a_week():
    hers, theirs = sender(), receiver()
    moved, lost = sent(hers), sent(hers, name=LOST, reason="unknown")
    unsent = uploaded(hers, name=MOVED.replace("001.", "002."))
    services.receive(moved, **acting(theirs))

    def left_after(days):
        tasks.look_after(NOON + timedelta(days=days))
        return set(Transfer.objects.all())

    assert left_after(7) == {moved, lost, unsent}
    assert left_after(8) == {moved, lost}
    assert left_after(61) == {moved, lost}
    assert left_after(62) == {lost}
    assert left_after(730) == {lost}
    assert left_after(731) == set()
    assert (Pupil.objects.count(), Event.objects.count(), StoredFile.objects.count()) == (0, 0, 0)
    assert Entry.objects.filter(verb="transfers.forgotten").count() == 3


def test_where_nobody_uses_file_transfer_the_supervisors_are_told():
    hers = sender()
    head = a_supervisor("head@high.example.org", schools()[1])
    sent(hers)
    assert emails("Transfer_Available") == [head.user.email]
    assert not queries.somebody_uses(head.school_id)


@pytest.mark.req("SY-040")
def test_the_council_sends_and_receives_too_and_its_team_is_told():
    hers = sender()
    Team.objects.update_or_create(
        key=rules.TEAM, defaults={"name": {}, "email": "admissions@council.example.org"}
    )
    came = sent(hers, name=f"{OLD}_PHO_{COUNCIL}_001.xml")
    assert emails("TransferCouncil_Available") == ["admissions@council.example.org"]
    with pytest.raises(NotUsing):
        services.receive(came, **acting(hers))
    services.receive(came, **officer_acting())
    name = f"{COUNCIL}_CTF_{OLD}_001.xml"
    made = services.upload(None, an_upload(name=name), **officer_acting())
    StoredFile.objects.update(state=StoredFile.State.CLEAN)
    services.send(made, **officer_acting())
    assert services.receive(made, **acting(hers)).name == name
    with pytest.raises(NotUsing):
        services.upload(None, an_upload(name=name), **acting(hers))


@pytest.mark.req("SY-143")
def test_the_council_gives_a_school_its_admissions_transfer_file():
    hers, name = sender(), f"{COUNCIL}_ATF_{OLD}_001.xml"
    content = ctf(pupil(1), pupil(2, numbered=""), name=name, root="ATfile")
    made = services.upload(None, an_upload(content, name), **officer_acting())
    StoredFile.objects.update(state=StoredFile.State.CLEAN)
    services.send(made, **officer_acting())
    assert emails("Transfer_Available") == [hers.user.email]
    [found] = queries.waiting_at(acting(hers)["holder"], hers.school_id)
    assert [one.upn != "" for one in queries.pupils_of(found).order_by("position")] == [True, False]
    assert services.receive(found, **acting(hers)).name == name
    wrong = ctf(name=f"{COUNCIL}_ATF_{OLD}_002.xml")
    with pytest.raises(NotTaken, match="must be of the type ATfile"):
        services.upload(None, an_upload(wrong, f"{COUNCIL}_ATF_{OLD}_002.xml"), **officer_acting())


def test_an_officer_of_another_team_handles_no_files():
    other = a_send_officer()
    assert not rules.handles(holder_for(other, verified=True))
    assert not queries.every(holder_for(other, verified=True)).exists()
    with pytest.raises(NotUsing):
        services.upload(None, an_upload(), holder=holder_for(other, verified=True), by=other, now=NOON)


def test_the_law_asks_for_the_file_within_fifteen_school_days_of_the_pupil_leaving():
    hers, _ = sender(), receiver()
    made = uploaded(hers, ctf(pupil(1, more=left("2026-05-22")), pupil(2, more=left("2026-05-29"))))
    assert queries.due_on(made, queries.pupils_of(made)) == date(2026, 6, 12)
    assert queries.due_on(made, queries.pupils_of(made).filter(left_on=None)) is None


def test_a_file_larger_than_ten_megabytes_is_refused():
    hers, _ = sender(), receiver()
    big = ctf(pupil(more="<!--" + "x" * 11_000_000 + "-->"))
    assert refused(hers, big).codes == ["TooBig"]
