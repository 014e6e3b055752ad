"""A live return goes on: submitted by the school, approved by its headteacher, authorised by the council."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import LONGEST_REASON, Event, Return, Upload
from ..moves import MOVES, Move
from . import telling


class NotYours(Refusal):
    """The return is another school's, or the person does not do this at the school."""


class NotHandling(Refusal):
    """Only officers who handle returns do this."""


class NotNow(Refusal):
    """The return is no longer where this could be done."""


class NotReady(Refusal):
    """A file is being checked, there are errors, or a query is not explained. Nothing was submitted."""


@transaction.atomic
def submit(own: Return, *, place: SchoolPlace, now: datetime) -> Return:
    """Submit a live return to the headteacher. Raises NotYours, NotNow, NotReady."""
    if own.school_id != place.school_id or not rules.sends(place):
        raise NotYours(texts.say("schools.Error_Returns_NotSending"))
    own = hold(own)
    if not own.is_live:
        raise NotNow(texts.say("schools.Error_Returns_Practice"))
    if own.errors:
        raise NotReady(texts.say("schools.Error_Returns_Errors", count=own.errors))
    if own.upload is None or own.upload.state != Upload.State.CHECKED:
        raise NotReady(texts.say("schools.Error_Returns_Checking"))
    if waiting := queries.unexplained(own):
        raise NotReady(texts.say("schools.Error_Returns_Unexplained", count=waiting))
    own = _move(own, Move.SUBMIT, by=place.user, now=now)
    telling.ask_head(own, now=now)
    return own


@transaction.atomic
def take_back(own: Return, *, place: SchoolPlace, now: datetime) -> Return:
    """Take back what was submitted, before the headteacher approves. Raises NotYours, NotNow."""
    if own.school_id != place.school_id or not rules.reads(place, today=timezone.localdate(now)):
        raise NotYours(texts.say("schools.Error_Returns_NotSending"))
    return _move(hold(own), Move.TAKE_BACK, by=place.user, now=now)


@transaction.atomic
def approve(own: Return, *, place: SchoolPlace, now: datetime) -> Return:
    """Approve a return as its headteacher. Raises NotYours, NotNow."""
    if own.school_id != place.school_id or not rules.approves(place, today=timezone.localdate(now)):
        raise NotYours(texts.say("schools.Error_Returns_NotHead"))
    return _move(hold(own), Move.APPROVE, by=place.user, now=now)


@transaction.atomic
def authorise(own: Return, *, holder: Holder, by: User, now: datetime) -> Return:
    """Authorise a return for the council. Raises NotHandling, NotNow."""
    _refuse_strangers(holder)
    own = _move(hold(own), Move.AUTHORISE, by=by, now=now)
    telling.tell(own, "Authorised", now=now)
    return own


@transaction.atomic
def return_it(own: Return, words: str, *, holder: Holder, by: User, now: datetime) -> Return:
    """Return it to the school, which is told why. Raises NotHandling, NotNow, a Refusal with ``answer``."""
    _refuse_strangers(holder)
    words = paragraphs(words)
    if not words:
        raise Refusal(texts.say("schools.Error_Returns_Answer"), field="answer")
    if len(words) > LONGEST_REASON:
        raise Refusal(texts.say("schools.Error_Returns_AnswerLong", most=LONGEST_REASON), field="answer")
    own = _move(hold(own), Move.RETURN, by=by, now=now, answer=words)
    telling.tell(own, "Returned", now=now)
    return own


def _refuse_strangers(holder: Holder) -> None:
    if not rules.handles(holder):
        raise NotHandling(texts.say("schools.Error_Returns_NotHandling"))


def _move(own: Return, move: Move, *, by: User, now: datetime, answer: str = "") -> Return:
    """Move a return that is held, and keep that it happened."""
    after = MOVES[own.state].get(move)
    if after is None:
        raise NotNow(texts.say("schools.Error_Returns_NotNow"))
    own.state, own.changed_at, own.answer = after, now, answer
    own.save(update_fields=["state", "changed_at", "answer"])
    Event.objects.create(of=own, act=move, by=by, at=now)
    verb = f"returns.moved_{move.replace('-', '_')}"
    audit.record(verb, by=by, about=own, now=now, detail={"school": own.school_id})
    return own
