"""The schedule: nothing goes early or under a hold, two people decide, and nothing of it is left."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from guildhall.foundation.audit.models import Entry as AuditEntry
from guildhall.foundation.files import services as files
from guildhall.foundation.files import storage
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.worker import drain
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage import merges
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case
from guildhall.work.privacy import services
from guildhall.work.privacy.models import Deletion, RetentionChange, Run
from guildhall.work.privacy.retention import CLASSES
from guildhall.work.privacy.rules import months_after, verdict
from tests.records.some import a_child
from tests.standing import NOON, a_parent, a_person, an_officer
from tests.work.cases.scene import a_case, a_case_in

YEARS_LATER = datetime.fromisoformat("2033-06-02T12:00:00+00:00")
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))


def an_auditor(name: str = "dpo") -> User:
    return a_person(f"{name}@council.example.org", role="auditor")


def kept_for(months: int | None, key: str = "forms", start: str = "received", **more: Any) -> None:
    values = {"action": "delete", "revision": 0} | more
    services.change_class(key, start=start, months=months, by=an_auditor(), now=NOON, **values)


def a_signed_run(now: datetime = YEARS_LATER) -> Run:
    """Listed, signed by somebody else, and carried out."""
    run = services.begin_run(by=an_auditor(), now=now)
    drain(lambda: now)
    run.refresh_from_db()
    services.sign_run(run, by=an_auditor("deputy"), now=now)
    drain(lambda: now)
    run.refresh_from_db()
    return run


@pytest.mark.req("GH-047")
@given(DAYS, st.none() | st.integers(1, 1_200), st.booleans(), DAYS)
def test_nothing_goes_early_or_under_a_hold(start: date, months: int | None, held: bool, today: date):
    found = verdict(start, months=months, held=held, today=today)

    if found.goes:
        assert not held
        assert months is not None
        assert months_after(start, months) <= today
        assert (today.year - start.year) * 12 + today.month - start.month >= months
    elif months is not None and not held:
        assert today < months_after(start, months)


@given(DAYS, st.integers(-1_200, 1_200))
def test_months_are_counted_by_the_calendar(start: date, months: int):
    end = months_after(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day <= start.day


@pytest.mark.django_db
@pytest.mark.req("GH-047")
def test_a_list_says_what_would_go_and_nothing_has_gone():
    case = a_case_in("approved")
    kept_for(72)

    run = services.begin_run(by=an_auditor(), now=YEARS_LATER)
    drain(lambda: YEARS_LATER)

    run.refresh_from_db()
    line = run.lines.get()
    assert run.state == Run.State.LISTED
    assert (line.key, line.mark, line.due_on) == ("forms", case.reference, date(2032, 6, 1))
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.django_db
@pytest.mark.req("GH-047")
def test_without_a_period_nothing_is_listed_and_nothing_before_its_day():
    a_case_in("approved")
    assert a_signed_run().lines.count() == 0
    kept_for(72)
    early = datetime.fromisoformat("2032-05-31T12:00:00+00:00")
    assert a_signed_run(early).lines.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("GH-047")
def test_what_goes_is_gone_from_every_table_and_from_the_disk():
    case = a_case_in("approved")
    upload = SimpleUploadedFile("letter.txt", b"CANARY of a child")
    held = ("submission", case.submission_id)
    file = files.accept_upload(upload, owner=a_parent(), held_by=held, question="Q", now=NOON)
    kept_for(72)

    run = a_signed_run()

    assert (run.state, run.lines.get().outcome) == ("done", "gone")
    for model in (Case, Submission, Mention, Entry):
        assert not model.objects.exists(), model
    assert not Message.objects.filter(about=case.reference).exists()
    assert not storage.path_of(file.storage_key).exists()
    deletion = Deletion.objects.get()
    assert (deletion.key, deletion.mark) == ("forms", case.reference)


@pytest.mark.django_db
@pytest.mark.req("GH-047")
@pytest.mark.parametrize("kind", ["case", "child", "user", "class"])
def test_a_hold_blocks_and_when_it_is_lifted_the_thing_goes(kind: str):
    case = a_case_in("approved")
    kept_for(72)
    what = {
        "case": case.reference,
        "child": str(case.mention.child_id),
        "user": str(case.submission.sender_id),
        "class": "forms",
    }[kind]
    placed = services.place_hold(kind, what, reason="An inquiry", by=an_auditor(), now=NOON)

    assert a_signed_run().lines.get().outcome == "held"
    assert Case.objects.filter(pk=case.pk).exists()

    services.lift_hold(placed, reason="It is over", by=an_auditor(), now=NOON)
    assert a_signed_run(YEARS_LATER + timedelta(days=1)).lines.get().outcome == "gone"


@pytest.mark.django_db
@pytest.mark.req("GH-047")
def test_a_hold_placed_after_the_list_still_blocks():
    case = a_case_in("approved")
    kept_for(72)
    run = services.begin_run(by=an_auditor(), now=YEARS_LATER)
    drain(lambda: YEARS_LATER)
    run.refresh_from_db()
    services.sign_run(run, by=an_auditor("deputy"), now=YEARS_LATER)
    services.place_hold("case", case.reference, reason="An inquiry", by=an_auditor(), now=YEARS_LATER)

    drain(lambda: YEARS_LATER)

    assert run.lines.get().outcome == "held"
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.django_db
@pytest.mark.req("GH-047")
def test_whoever_asked_for_a_list_does_not_sign_it_and_a_dropped_one_is_not_signed():
    run = services.begin_run(by=an_auditor(), now=NOON)
    with pytest.raises(services.NotListed):
        services.sign_run(run, by=an_auditor("deputy"), now=NOON)
    drain(lambda: NOON)
    with pytest.raises(services.AskedByYou):
        services.sign_run(run, by=an_auditor(), now=NOON)
    services.drop_run(run, by=an_auditor(), now=NOON)
    with pytest.raises(services.NotListed):
        services.sign_run(run, by=an_auditor("deputy"), now=NOON)


@pytest.mark.django_db
def test_what_is_to_be_reviewed_is_listed_and_stays():
    case = a_case_in("approved")
    kept_for(72, action="review")

    assert a_signed_run().lines.get().outcome == "review"
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.django_db
@pytest.mark.req("GH-047")
def test_what_was_reviewed_goes_when_its_lister_chose_it_and_another_person_agreed():
    gone, stays = a_case_in("approved"), a_case("send")
    kept_for(72, action="review")
    run = services.begin_run(by=an_auditor(), now=YEARS_LATER)
    drain(lambda: YEARS_LATER)
    shown = {line.mark: line.pk for line in run.lines.all()}
    how: dict[str, Any] = {"shown": shown.values(), "now": YEARS_LATER}
    with pytest.raises(services.NotYours):
        services.choose_reviewed(run, chosen=[shown[gone.reference]], by=an_auditor("deputy"), **how)
    services.choose_reviewed(run, chosen=shown.values(), by=an_auditor(), **how)
    services.choose_reviewed(run, chosen=[shown[gone.reference]], by=an_auditor(), **how)

    services.sign_run(run, by=an_auditor("deputy"), now=YEARS_LATER)
    drain(lambda: YEARS_LATER)

    assert dict(run.lines.values_list("mark", "outcome")) == {
        gone.reference: "gone",
        stays.reference: "review",
    }
    assert list(Case.objects.all()) == [stays]


@pytest.mark.django_db
@pytest.mark.req("GH-047")
def test_a_restored_copy_deletes_again_what_was_deleted(own_data_folder: Path):
    case = a_case("send")
    log = own_data_folder / "kept-apart.jsonl"
    log.write_text(json.dumps({"key": "forms", "mark": case.reference, "at": "x"}) + "\n")
    said = StringIO()

    call_command("privacy", "reapply", "--log", str(log), stdout=said)
    call_command("privacy", "reapply", "--log", str(log), stdout=said)

    assert said.getvalue().splitlines() == ["1 deleted again.", "0 deleted again."]
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_record_goes_only_when_no_form_is_tied_to_it_and_its_number_given_again_is_another():
    record = a_child(forename="Osian", surname="Rees", born_on=date(2009, 1, 2), postcode="LL1 1AA")
    tied = a_case_in("approved")
    kinds = CLASSES["records"]

    assert list(kinds.rows()) == [record]
    assert kinds.find(kinds.mark(record)) == record
    assert kinds.find(f"{record.pk}@2001-01-01T00:00:00+00:00") is None
    assert tied.mention.child_id != record.pk


@pytest.mark.django_db
@pytest.mark.req("GH-016")
def test_a_record_that_gave_way_to_another_stays_as_long_as_that_one():
    kept, gone = (
        a_child(forename="Osian", surname=name, born_on=date(2009, 1, 2)) for name in ("Rees", "Rhys")
    )
    choices = {each.field: "ours" for each in merges.differences_between(kept, gone)}
    officer = an_officer()
    merge = linkage.merge_children(kept, gone, choices=choices, by=officer, now=NOON, confirmed=True)
    records = CLASSES["records"]

    assert list(records.rows()) == [kept]
    linkage.unmerge_children(merge, by=officer, now=NOON)
    assert set(records.rows()) == {kept, gone}


@pytest.mark.django_db
def test_changes_of_the_schedule_are_kept_and_an_older_page_does_not_overwrite():
    kept_for(72)
    with pytest.raises(ChangedMeanwhile):
        kept_for(12)
    for months in (0, 1_801):
        with pytest.raises(Refusal):
            kept_for(months, revision=1)
    change = RetentionChange.objects.get()
    assert (change.before["months"], change.after["months"]) == (None, 72)
    with pytest.raises(DatabaseError), transaction.atomic():
        RetentionChange.objects.all().delete()
    assert AuditEntry.objects.filter(verb="privacy.schedule_changed").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "what", "reason"), [("case", "", "x"), ("class", "no", "x"), ("user", "1", "")]
)
def test_a_hold_says_of_what_and_why(kind: str, what: str, reason: str):
    with pytest.raises(Refusal):
        services.place_hold(kind, what, reason=reason, by=an_auditor(), now=NOON)
