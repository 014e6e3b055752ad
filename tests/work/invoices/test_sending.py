"""A batch from the file to the council's answer."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.mail.messages.models import Message
from guildhall.work.invoices import codelist, queries, services, sheets
from guildhall.work.invoices.models import Batch, CostCode, Line, Upload
from guildhall.work.invoices.moves import Move
from guildhall.work.invoices.services import Control, NotHandling, NotNow, NotRight, NotSending, SentBefore

from ...people.membership.schools import a_place, a_supervisor, another_school, holder
from ...standing import NOON
from .scene import (
    GOOD,
    a_batch,
    a_bursar,
    a_finance_officer,
    acting,
    checked,
    codes_at,
    numbered,
    officer_acting,
    read,
    returned,
    send,
    taken,
)

pytestmark = pytest.mark.django_db


@pytest.mark.req("SC-089")
def test_a_file_is_checked_line_by_line_and_nothing_is_sent_before_the_total_is_confirmed():
    tracey = a_bursar(a_supervisor())
    upload = read(tracey, GOOD, GOOD, "A-3,27/03/2026,Rees,4100,0.10,0.20,0.31", numbered(4, "-20.00"))
    assert codes_at(upload) == [[], ["Twice"], ["Sum"], []]
    assert "Line 2 has the same supplier" in checked(upload)[1].words[0]
    assert "£0.30" in checked(upload)[2].words[0]
    with pytest.raises(NotRight):
        send(tracey, upload)
    services.remove_line(upload, 3, **acting(tracey))
    fixed = {**checked(upload)[1].row.typed, "gross": "0.30"}
    services.correct_line(upload, 4, fixed, **acting(tracey))
    assert codes_at(upload) == [[], [], []]

    with pytest.raises(Refusals) as refused:
        services.send_batch(upload, Control(Decimal("100.31"), 4), **acting(tracey))
    assert list(refused.value.problems) == ["total", "count"]
    assert "£0.01" in refused.value.problems["total"]
    with pytest.raises(Refusals):
        services.send_batch(upload, Control(None, None), **acting(tracey))
    assert not Batch.objects.exists()

    batch = send(tracey, upload, "100.30", 3)
    assert (batch.gross, batch.net, batch.vat, batch.count) == (
        *(Decimal("100.30"), Decimal("80.10"), Decimal("20.20")),
        3,
    )
    assert [line.gross for line in queries.lines_of(batch)] == [
        Decimal("120"),
        Decimal("0.30"),
        Decimal("-20"),
    ]
    assert batch.reference in Message.objects.get(to=tracey.user).body
    assert Entry.objects.filter(verb="invoices.batch_sent").count() == 1


@pytest.mark.req("SC-089")
def test_pressing_twice_sends_once_and_the_same_file_or_invoice_is_refused_with_the_earlier_reference():
    tracey = a_bursar(a_supervisor())
    upload = read(tracey, GOOD)
    assert read(tracey, GOOD) == upload
    batch = send(tracey, upload)
    assert send(tracey, upload, "1.00", 9) == batch
    assert Batch.objects.count() == 1
    with pytest.raises(SentBefore) as refused:
        read(tracey, GOOD)
    assert batch.reference in refused.value.message
    other = read(tracey, "a-1,28/03/2026,CAMBRIAN  BOOKS,4100,1,0,1", numbered(2))
    assert codes_at(other) == [["Sent"], []]
    assert batch.reference in checked(other)[0].words[0]
    elsewhere = a_bursar(a_supervisor("ffion@other.example.org", another_school()), "jo@other.example.org")
    assert codes_at(read(elsewhere, GOOD)) == [[]]


def test_two_who_send_the_same_invoice_at_once_cannot_both_succeed():
    tracey = a_bursar(a_supervisor())
    first, second = read(tracey, GOOD), read(tracey, GOOD, numbered(2))
    batch = send(tracey, first)
    with pytest.raises(NotRight):
        send(tracey, second, "240.00", 2)
    line = batch.lines.get()
    line.pk, line.position = None, 99
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Line, {"gross": Decimal("120.01")}),
        (Line, {"gross": 0, "net": 0, "vat": 0}),
        (Batch, {"gross": Decimal("1.00")}),
        (Batch, {"count": 0}),
        (Batch, {"state": "accepted"}),
        (Batch, {"closed_at": NOON}),
    ],
)
def test_the_database_holds_what_must_be_so(model, change):
    a_batch(a_bursar(a_supervisor()))
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_pennies_that_binary_numbers_cannot_hold_add_up_in_the_database():
    tracey = a_bursar(a_supervisor())
    lines = [f"P-{n},27/03/2026,Rees,1,{n}.10,0.20,{n}.30" for n in range(1, 60)]
    total = sum(Decimal(f"{n}.30") for n in range(1, 60))
    batch = a_batch(tracey, *lines, total=str(total))
    assert Line.objects.get(batch=batch, number="P-3").gross == Decimal("3.30")
    batch.refresh_from_db()
    assert batch.gross == total


@pytest.mark.req("SC-089")
def test_only_finance_and_supervisors_send_and_only_the_finance_team_handles():
    sian = a_supervisor()
    tracey, huw = a_bursar(sian), a_place("huw@ysgol.example.org")
    batch = a_batch(tracey)
    assert [queries.sends(holder(one), one.school_id) for one in (sian, tracey, huw)] == [True, True, False]
    with pytest.raises(NotSending):
        read(huw, GOOD)
    assert not queries.batches_of(holder(huw), huw.school_id).exists()
    assert not queries.all_batches(holder(sian)).exists()
    with pytest.raises(NotHandling):
        services.move_batch(batch, Move.TAKE_UP, **acting(sian))
    with pytest.raises(NotHandling):
        services.replace_codes({"1": ""}, **acting(sian))


@pytest.mark.req("SC-089")
def test_a_batch_is_withdrawn_only_before_it_is_taken_up_and_then_its_invoices_may_come_again():
    tracey = a_bursar(a_supervisor())
    batch = a_batch(tracey)
    taken(batch)
    with pytest.raises(NotNow):
        services.withdraw_batch(batch, **acting(tracey))
    services.move_batch(batch, Move.PUT_BACK, **officer_acting())
    services.withdraw_batch(batch, **acting(tracey))
    assert codes_at(read(tracey, GOOD)) == [[]]


@pytest.mark.req("SC-089")
def test_a_returned_batch_says_why_at_its_lines_and_is_corrected_and_sent_anew():
    tracey = a_bursar(a_supervisor())
    batch = taken(a_batch(tracey))
    with pytest.raises(Refusal):
        services.decide(batch, Move.RETURN, **officer_acting())
    services.mark_line(batch.lines.get(), "Use the code for books.", **officer_acting())
    with pytest.raises(Refusal):
        services.decide(batch, Move.ACCEPT, **officer_acting())
    services.decide(batch, Move.RETURN, **officer_acting())
    assert Message.objects.filter(to=tracey.user, subject__contains="returned").count() == 1
    with pytest.raises(NotNow):
        services.mark_line(batch.lines.get(), "", **officer_acting())
    again = services.again(batch, **acting(tracey))
    assert services.again(batch, **acting(tracey)) == again
    assert codes_at(again) == [[]]
    assert send(tracey, again).reference != batch.reference


def test_an_accepted_batch_is_opened_again_and_nothing_else_moves_it():
    tracey = a_bursar(a_supervisor())
    batch = services.decide(taken(a_batch(tracey)), Move.ACCEPT, **officer_acting())
    with pytest.raises(NotNow):
        services.decide(batch, Move.RETURN, answer="No.", **officer_acting())
    with pytest.raises(NotRight):
        services.again(batch, **acting(tracey))
    assert services.move_batch(batch, Move.REOPEN, **officer_acting()).closed_at is None
    assert [one.act for one in queries.events_of(batch)] == ["send", "take-up", "accept", "reopen"]


def test_what_is_taken_away_is_no_formula_and_amounts_stay_numbers():
    tracey = a_bursar(a_supervisor())
    batch = a_batch(tracey, "=cmd|x,27/03/2026,@SUM(A1),+1,-1.00,0,-1.00", total="-1.00")
    told = sheets.batch_file(batch, queries.lines_of(batch)).decode("utf-8-sig")
    assert "'=cmd|x,2026-03-27,'@SUM(A1),'+1,-1.00,0.00,-1.00,Credit note" in told


def test_codes_are_replaced_by_a_list_whose_wrong_lines_are_named():
    found = codelist.read("Cost code,Name\nAB 1,Books\tand paper\n\nab1\n,Nothing\n" + "9" * 21)
    assert list(found.wanted) == ["AB 1"]
    assert [words.split(":")[0] for words in found.problems] == ["Line 4", "Line 5", "Line 6"]
    services.replace_codes(found.wanted, **officer_acting())
    tracey = a_bursar(a_supervisor())
    assert codes_at(read(tracey, GOOD)) == [["CodeUnknown"]]
    services.replace_codes({}, **officer_acting())
    assert not CostCode.objects.exists()
    assert codes_at(read(tracey, GOOD)) == [[]]


def test_what_nobody_sent_is_forgotten_after_a_month_and_a_closed_batch_after_seven_years():
    tracey = a_bursar(a_supervisor())
    read(tracey, numbered(7))
    returned(a_batch(tracey))
    services.forget_old(now=NOON + timedelta(days=29))
    assert Upload.objects.filter(batch=None).count() == 1
    services.forget_old(now=NOON + timedelta(days=31))
    assert not Upload.objects.filter(batch=None).exists()
    assert services.forget_old(now=NOON + timedelta(days=365 * 8)) == 1
    assert not Line.objects.exists()


def test_five_hundred_lines_are_checked_and_sent_in_seconds(django_assert_max_num_queries):
    tracey = a_bursar(a_supervisor())
    upload = read(tracey, *(numbered(one, "1.00") for one in range(500)))
    with django_assert_max_num_queries(60):
        assert send(tracey, upload, "500.00", 500).count == 500
    assert a_finance_officer()
