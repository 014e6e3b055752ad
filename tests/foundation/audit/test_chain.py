import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from guildhall.foundation.audit import append_only, exporting, queries, services, tasks
from guildhall.foundation.audit.models import Entry, Seal
from tests.standing import NOON

pytestmark = pytest.mark.django_db


def entries(count: int = 5) -> list[Entry]:
    for number in range(count):
        services.record(
            "room.happened", by=None, about=("thing", str(number)), now=NOON, detail={"n": 1.5, "ŵ": [1]}
        )
    return list(Entry.objects.order_by("pk"))


def refuse(statement: str) -> None:
    """The database answers ``statement`` with a refusal."""
    refusal = pytest.raises(DatabaseError, match="append-only")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def tampering() -> Iterator[None]:
    """What somebody could do who owns the database."""
    append_only.AUDIT.take_down(connection)
    yield
    append_only.AUDIT.put_up(connection)


@pytest.fixture(autouse=True)
def triggers() -> None:
    """The triggers stand, also where the tests build the tables without migrations."""
    append_only.AUDIT.take_down(connection)
    append_only.AUDIT.put_up(connection)


@pytest.mark.req("GH-046")
@pytest.mark.parametrize("table", append_only.AUDIT.tables)
@pytest.mark.parametrize("act", ["UPDATE {} SET {}", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_what_happened(table: str, act: str):
    entries()
    services.seal(now=NOON)
    column = "verb = 'x'" if table == "audit_entry" else "digest = 'x'"

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table, column))


@pytest.mark.req("GH-046")
def test_the_orm_cannot_change_or_delete_what_happened():
    first, *_ = entries()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=first.pk).update(verb="x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        first.delete()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL can truncate")
def test_the_database_refuses_to_empty_the_audit():
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_entry")


@pytest.mark.req("GH-046")
def test_an_untouched_audit_holds():
    entries()
    tasks.seal(NOON)
    entries(3)
    tasks.seal(NOON)

    assert Seal.objects.count() == 8
    assert queries.broken() is None


@pytest.mark.req("GH-046")
@pytest.mark.parametrize(
    "change",
    [
        {"verb": "other"},
        {"at": NOON + timedelta(microseconds=1)},
        {"by_id": 7},
        {"by_name": "somebody else"},
        {"by_roles": "auditor"},
        {"about_kind": "x"},
        {"about_id": "x"},
        {"child_id": 3},
        {"request_id": "x"},
        {"detail": {"n": 2}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_entry_that_was_altered_is_named(change: dict[str, object]):
    third = entries()[2]
    services.seal(now=NOON)
    with tampering():
        Entry.objects.filter(pk=third.pk).update(**change)

    found = queries.broken()
    assert found and (found.entry_id, found.how) == (third.pk, "altered")


@pytest.mark.req("GH-046")
def test_an_entry_that_was_deleted_is_named():
    third = entries()[2]
    services.seal(now=NOON)
    with tampering():
        Entry.objects.filter(pk=third.pk).delete()

    found = queries.broken()
    assert found and (found.entry_id, found.how) == (third.pk, "deleted")


@pytest.mark.req("GH-046")
def test_entries_whose_contents_were_exchanged_are_named():
    _, second, third, *_ = entries()
    services.seal(now=NOON)
    with tampering():
        Entry.objects.filter(pk=second.pk).update(about_id=third.about_id)
        Entry.objects.filter(pk=third.pk).update(about_id=second.about_id)

    found = queries.broken()
    assert found and found.entry_id == second.pk


@pytest.mark.req("GH-046")
def test_seals_that_were_exchanged_are_named():
    _, second, third, *_ = entries()
    services.seal(now=NOON)
    with tampering():
        two, three = Seal.objects.get(entry_id=second.pk), Seal.objects.get(entry_id=third.pk)
        Seal.objects.filter(position=two.position).update(entry_id=-1)
        Seal.objects.filter(position=three.position).update(entry_id=second.pk, content=two.content)
        Seal.objects.filter(position=two.position).update(entry_id=third.pk, content=three.content)

    found = queries.broken()
    assert found and found.position == 2
    assert "reordered" in found.how


@pytest.mark.req("GH-046")
def test_an_entry_deleted_with_its_seal_leaves_a_gap_that_is_named():
    third = entries()[2]
    services.seal(now=NOON)
    with tampering():
        Entry.objects.filter(pk=third.pk).delete()
        Seal.objects.filter(entry_id=third.pk).delete()

    found = queries.broken()
    assert found and found.position == 3
    assert "missing" in found.how


def test_an_end_that_was_cut_off_is_seen_by_whoever_noted_the_head():
    last = entries()[-1]
    services.seal(now=NOON)
    noted = queries.head()
    with tampering():
        Entry.objects.filter(pk=last.pk).delete()
        Seal.objects.filter(entry_id=last.pk).delete()

    assert queries.broken() is None
    with pytest.raises(CommandError, match="is gone"):
        call_command("audit_verify", expect=noted)


@pytest.mark.req("GH-046")
def test_the_command_names_the_first_entry_that_does_not_hold():
    third = entries()[2]
    services.seal(now=NOON)
    with tampering():
        Entry.objects.filter(pk__gte=third.pk).update(verb="x")

    with pytest.raises(CommandError, match=rf"entry {third.pk} \(position 3\): altered"):
        call_command("audit_verify")


def test_the_command_says_that_the_audit_holds_and_its_head():
    entries()
    services.seal(now=NOON)
    out = StringIO()

    call_command("audit_verify", stdout=out)

    assert f"The audit holds. Head 5:{Seal.objects.get(position=5).digest}" in out.getvalue()


def test_entries_that_nobody_sealed_in_time_are_reported():
    entries(2)
    services.record("room.happened", by=None, about=("thing", "new"), now=timezone.now())

    with pytest.raises(CommandError, match="2 entries have no seal"):
        call_command("audit_verify")


def test_an_entry_that_became_visible_late_is_sealed_in_the_sealer_s_order():
    first, second, third = entries(3)
    late = Entry(at=NOON, verb="late", about_kind="thing", about_id="9", detail={})
    with tampering():
        Entry.objects.filter(pk=second.pk).delete()
    services.seal(now=NOON)
    late.pk = second.pk
    late.save(force_insert=True)
    services.seal(now=NOON)

    assert list(Seal.objects.order_by("position").values_list("entry_id", flat=True)) == [
        first.pk,
        third.pk,
        second.pk,
    ]
    assert queries.broken() is None


def test_nothing_is_sealed_twice_and_a_batch_has_its_limit():
    entries(5)

    assert [services.seal(now=NOON, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert queries.broken() is None


def test_the_command_seals_what_the_job_left():
    entries(3)
    out = StringIO()

    call_command("audit_seal", stdout=out)

    assert "3 sealed" in out.getvalue()


@pytest.mark.req("GH-046")
def test_an_entry_that_was_put_in_for_an_earlier_day_is_named():
    entries()
    services.seal(now=NOON)
    services.record("room.forged", by=None, about=("thing", "x"), now=NOON - timedelta(days=1))
    forged = Entry.objects.latest("pk")
    services.seal(now=NOON + timedelta(minutes=1))

    found = queries.broken()
    assert found and found.entry_id == forged.pk
    assert "inserted" in found.how


def test_entries_that_wait_for_a_worker_that_was_away_hold():
    entries()
    services.seal(now=NOON)
    services.record("room.happened", by=None, about=("thing", "y"), now=NOON + timedelta(minutes=1))
    services.seal(now=NOON + timedelta(days=3))

    assert queries.broken() is None


def test_one_command_seals_and_checks():
    entries(3)
    out = StringIO()

    call_command("audit", "seal", stdout=out)
    call_command("audit", "verify", stdout=out)

    assert "The audit holds. Head 3:" in out.getvalue()
    with pytest.raises(CommandError, match="is gone"):
        call_command("audit", "verify", "--expect", "3:somethingelse")


def test_the_command_writes_the_entries_of_some_days_once(tmp_path: Path):
    entries(3)
    services.record("room.other", by=None, about=("thing", "z"), now=NOON + timedelta(days=2))
    services.seal(now=NOON)
    days = ["--from", "2026-06-01", "--to", "2026-06-01", "--out", str(tmp_path / "audit.jsonl")]

    call_command("audit", "export", *days, stdout=StringIO())

    lines = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert [line["position"] for line in lines] == [1, 2, 3]
    assert lines[0]["digest"] == Seal.objects.get(position=1).digest
    assert Entry.objects.filter(verb="audit.exported").exists()
    with pytest.raises(FileExistsError):
        call_command("audit", "export", *days, stdout=StringIO())


def test_no_cell_of_a_table_is_a_formula_and_nothing_is_lost_between_batches():
    for about in ("=1+1", "+44", "-5", "@SUM(A1)", " =2", "\uff1d1", "plain", 'a "quoted", cell'):
        services.record("room.happened", by=None, about=("thing", about), now=NOON)

    table = "".join(exporting.lines(queries.in_order(Entry.objects.all(), batch=3), "csv"))
    rows = list(csv.DictReader(table.splitlines()))

    assert [row["about_id"] for row in rows] == [
        "'=1+1", "'+44", "'-5", "'@SUM(A1)", "' =2", "'\uff1d1", "plain", 'a "quoted", cell',
    ]  # fmt: skip
