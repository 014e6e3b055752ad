"""What the council's finance team does about a batch."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import rules
from ..models import LONGEST_REASON, Batch, Event, Line
from ..moves import MOVES, Move
from . import telling

State = Batch.State
PLAIN = frozenset({Move.TAKE_UP, Move.PUT_BACK, Move.REOPEN})
"""The moves that say nothing to the school."""


class NotHandling(Refusal):
    """Only the council's finance team handles batches."""


class NotNow(Refusal):
    """The batch is no longer where this could be done."""


@transaction.atomic
def move_batch(batch: Batch, move: Move, *, holder: Holder, by: User, now: datetime) -> Batch:
    """Take a batch up, put it back, or open an accepted one again. Raises NotHandling, NotNow."""
    refuse_strangers(holder)
    if move not in PLAIN:
        raise NotNow(texts.say("schools.Error_Invoices_NotNow"))
    return move_on(batch, move, by=by, now=now)


@transaction.atomic
def decide(batch: Batch, move: Move, *, answer: str = "", holder: Holder, by: User, now: datetime) -> Batch:
    """Accept a batch that was taken up, or return it and say why; the school is told.

    To return it takes an ``answer``, or reasons at its lines. Raises NotHandling, NotNow, and a Refusal with
    the field ``answer``.
    """
    refuse_strangers(holder)
    answer = paragraphs(answer)
    if move not in {Move.ACCEPT, Move.RETURN}:
        raise NotNow(texts.say("schools.Error_Invoices_NotNow"))
    if len(answer) > LONGEST_REASON:
        raise Refusal(texts.say("schools.Error_Invoices_AnswerLong", most=LONGEST_REASON), field="answer")
    marked = Line.objects.filter(batch=batch).exclude(problem="").exists()
    if move == Move.RETURN and not answer and not marked:
        raise Refusal(texts.say("schools.Error_Invoices_Answer"), field="answer")
    if move == Move.ACCEPT and marked:
        raise Refusal(texts.say("schools.Error_Invoices_Marked"), field="decision")
    return move_on(batch, move, by=by, now=now, answer=answer if move == Move.RETURN else "")


@transaction.atomic
def mark_line(line: Line, words: str, *, holder: Holder, by: User, now: datetime) -> Line:
    """Say what is wrong with an invoice of a batch that was taken up; "" takes it back.

    Raises NotHandling, NotNow, and a Refusal with the field ``problem``.
    """
    refuse_strangers(holder)
    words = one_line(words)
    if len(words) > LONGEST_REASON:
        raise Refusal(texts.say("schools.Error_Invoices_AnswerLong", most=LONGEST_REASON), field="problem")
    if hold(line.batch).state != State.TAKEN:
        raise NotNow(texts.say("schools.Error_Invoices_NotNow"))
    line = hold(line)
    line.problem = words
    line.save(update_fields=["problem"])
    detail = {"line": line.position, "marked": bool(words)}
    audit.record("invoices.line_marked", by=by, about=line.batch, now=now, detail=detail)
    return line


def refuse_strangers(holder: Holder) -> None:
    """Raises NotHandling unless ``holder`` is of the finance team."""
    if not rules.handles(holder):
        raise NotHandling(texts.say("schools.Error_Invoices_NotHandling"))


def move_on(batch: Batch, move: Move, *, by: User, now: datetime, answer: str = "") -> Batch:
    """Move a batch, held, keep that it happened and tell the school. Raises NotNow."""
    batch = hold(batch)
    after = MOVES[batch.state].get(move)
    if after is None:
        raise NotNow(texts.say("schools.Error_Invoices_NotNow"))
    batch.state, batch.answer = after, answer
    closed = not MOVES[after] or after == State.ACCEPTED
    batch.closed_by, batch.closed_at = (by, now) if closed else (None, None)
    batch.save(update_fields=["state", "answer", "closed_by", "closed_at"])
    if not batch.counts:
        Line.objects.filter(batch=batch).update(counts=False)
    Event.objects.create(batch=batch, act=move, by=by, at=now)
    detail = {"school": batch.school_id}
    audit.record(f"invoices.batch_{move.replace('-', '_')}", by=by, about=batch, now=now, detail=detail)
    if move in {Move.ACCEPT, Move.RETURN}:
        telling.tell_sender(batch, move.title(), now=now)
    return batch
