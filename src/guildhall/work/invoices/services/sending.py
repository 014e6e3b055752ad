"""Sending the lines as a batch once they are right and the control total matches; and taking it back."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import references
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.speech import money
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import queries, rules
from ..models import Batch, Event, Line, Upload
from ..moves import SENT, Move
from ..reading import Row
from ..staging import Checked, Totals, staged, totals_of
from . import telling
from .deciding import move_on
from .uploading import Gone, keep_rows, refuse_others, refuse_sent, refuse_too_many

_AT_ONCE = 500


class NotRight(Refusal):
    """A line has a problem, or there is no line."""


@dataclass(frozen=True)
class Control:
    """What the school says that the batch is: the total with VAT, and how many invoices. None: not said."""

    total: Decimal | None
    count: int | None


@transaction.atomic
def send_batch(upload: Upload, control: Control, *, holder: Holder, by: User, now: datetime) -> Batch:
    """Send the lines to the council's finance team; sending them again gives the same batch.

    Raises NotSending, Gone, NotRight, SentBefore, and Refusals with the fields ``total`` and ``count``.
    """
    refuse_others(holder, upload.school_id)
    # Two people who send the same invoices go one after the other.
    hold_name(f"invoices:{upload.school_id}")
    if not Upload.objects.filter(pk=upload.pk).exists():
        raise Gone(texts.say("schools.Error_Invoices_Gone"))
    upload = hold(upload)
    if upload.batch is not None:
        return upload.batch
    lines = staged(upload, today=timezone.localdate(now))
    if not lines or any(one.problems for one in lines):
        raise NotRight(
            texts.say("schools.Error_Invoices_NotRight" if lines else "schools.Error_Invoices_NoLines")
        )
    refuse_sent(upload.school_id, upload.digest)
    totals = totals_of(lines)
    _refuse_unmatched(control, totals)
    batch = _made(upload, totals, by=by, now=now)
    Line.objects.bulk_create([_line(batch, one) for one in lines], batch_size=_AT_ONCE)
    Event.objects.create(batch=batch, act=SENT, by=by, at=now)
    upload.batch, upload.rows = batch, []
    upload.save(update_fields=["batch", "rows"])
    detail = {"school": batch.school_id, "invoices": batch.count}
    audit.record("invoices.batch_sent", by=by, about=batch, now=now, detail=detail)
    telling.tell_sender(batch, "Sent", now=now)
    return batch


def _refuse_unmatched(control: Control, totals: Totals) -> None:
    wrong: dict[str, str] = {}
    if control.total is None:
        wrong["total"] = texts.say("schools.Error_Invoices_Total")
    elif control.total != totals.gross:
        values = {"typed": money(control.total), "sum": money(totals.gross)}
        apart = money(abs(control.total - totals.gross))
        wrong["total"] = texts.say("schools.Error_Invoices_TotalApart", apart=apart, **values)
    if control.count is None:
        wrong["count"] = texts.say("schools.Error_Invoices_Count")
    elif control.count != totals.count:
        values = {"typed": str(control.count), "there": str(totals.count)}
        wrong["count"] = texts.say("schools.Error_Invoices_CountApart", **values)
    if wrong:
        raise Refusals(wrong)


def _made(upload: Upload, totals: Totals, *, by: User, now: datetime) -> Batch:
    return Batch.objects.create(
        school_id=upload.school_id,
        reference=_reference(now),
        file_name=upload.file_name,
        digest=upload.digest,
        count=totals.count,
        net=totals.net,
        vat=totals.vat,
        gross=totals.gross,
        state=Batch.State.SENT,
        sent_by=by,
        sent_at=now,
    )


def _reference(now: datetime) -> str:
    """One that no batch has; of 4,000 million a month two are hardly ever alike."""
    made = references.make(rules.PATTERN, now=now)
    while Batch.objects.filter(reference=made).exists():
        made = references.make(rules.PATTERN, now=now)
    return made


def _line(batch: Batch, one: Checked) -> Line:
    told = one.invoice
    assert told.dated_on is not None
    assert told.net is not None
    assert told.vat is not None
    assert told.gross is not None
    return Line(
        batch=batch,
        school_id=batch.school_id,
        position=one.line,
        number=told.number,
        dated_on=told.dated_on,
        supplier=told.supplier,
        cost_code=told.cost_code,
        net=told.net,
        vat=told.vat,
        gross=told.gross,
        key=told.key,
    )


@transaction.atomic
def withdraw_batch(batch: Batch, *, holder: Holder, by: User, now: datetime) -> Batch:
    """Take a batch back before the council took it up. Raises NotSending, NotNow."""
    refuse_others(holder, batch.school_id)
    return move_on(batch, Move.WITHDRAW, by=by, now=now)


@transaction.atomic
def again(batch: Batch, *, holder: Holder, by: User, now: datetime) -> Upload:
    """Take the lines of a batch that was returned or withdrawn, to correct them and send them anew.

    Pressed twice, it is the same upload while that is not sent. Raises NotSending, NotRight, TooManyUnsent.
    """
    refuse_others(holder, batch.school_id)
    batch = hold(batch)
    if batch.counts:
        raise NotRight(texts.say("schools.Error_Invoices_NotReturned"))
    name = f"{batch.reference}.csv"
    known = Upload.objects.filter(school_id=batch.school_id, batch=None, file_name=name, by=by).first()
    if known is not None:
        return known
    refuse_too_many(batch.school_id)
    rows = [_row(line) for line in queries.lines_of(batch)]
    return keep_rows(batch.school_id, (name, ""), rows, by=by, now=now)


def _row(line: Line) -> Row:
    typed = {
        "number": line.number,
        "dated_on": f"{line.dated_on:%d/%m/%Y}",
        "supplier": line.supplier,
        "cost_code": line.cost_code,
        "net": str(line.net),
        "vat": str(line.vat),
        "gross": str(line.gross),
    }
    return Row(line.position, typed)
