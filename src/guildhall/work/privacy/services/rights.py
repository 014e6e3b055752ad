"""Requests for a right: to see, correct, restrict or erase what is held, to object or complain."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages import services as messages
from guildhall.people.accounts.models import User
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.linkage import queries as linkage

from ..models import Pack, RightsRequest, Run
from ..queries import clock_of
from ..subject import Subject
from .requests import NobodyThere, open_request

MOST_WORDS, MOST_OPEN, MOST_LETTERS = 4_000, 10, 40
Right, Decision = RightsRequest.Right, RightsRequest.Decision


class TooMany(Refusal):
    """The person has asked for enough that nobody has answered yet."""


class NotOpen(Refusal):
    """The request was decided or taken back meanwhile."""


class NotYet(Refusal):
    """Something must be done before the request can be decided."""


@transaction.atomic
def ask_right(right: str, *, words: str, family_child: UUID | None, by: User, now: datetime) -> RightsRequest:
    """Keep what ``by`` asks for, about themselves or a child of their family, and tell them we have it.

    Raises TooMany, and Refusals for what is wrong.
    """
    _check_asked(right, words)
    asked = RightsRequest.objects.filter(asked_by=by, decided_at=None, withdrawn_at=None)
    if asked.count() >= MOST_OPEN:
        raise TooMany(say("account.Error_Rights_TooMany", most=MOST_OPEN))
    record = linkage.records_of_family(by.pk).get(family_child) if family_child else None
    request = RightsRequest.objects.create(
        right=right,
        subject_kind="child" if family_child else "user",
        subject_id=(record.pk if record else None) if family_child else by.pk,
        family_child=family_child,
        asked_by=by,
        words=words,
        received_on=timezone.localdate(now),
        made_at=now,
    )
    _record("asked", request, by=by, now=now)
    due = clock_of(request, timezone.localdate(now)).due_on
    name = "ComplaintReceived" if request.is_complaint else "RightsReceived"
    _tell(name, request, now=now, due=day(due))
    return request


@transaction.atomic
def write_right_down(
    right: str, *, subject: Subject, asker: str, words: str, received_on: date, by: User, now: datetime
) -> RightsRequest:
    """Keep a request that came by letter, telephone or at a desk. ``asker``: who asked, and where they are.

    Raises NobodyThere, and Refusals for what is wrong.
    """
    _check_asked(right, words)
    if not subject.exists:
        raise NobodyThere(say(f"administration.Error_Privacy_No_{subject.kind}"), field="who")
    if received_on > timezone.localdate(now):
        raise Refusal(say("administration.Error_Privacy_Future"), field="received")
    request = RightsRequest.objects.create(
        right=right,
        subject_kind=subject.kind,
        subject_id=subject.id,
        asker=asker[:200],
        words=words,
        received_on=received_on,
        made_at=now,
        entered_by=by,
    )
    _record("asked", request, by=by, now=now)
    return request


def _check_asked(right: str, words: str) -> None:
    problems = {}
    if right not in Right.values:
        problems["right"] = say("account.Error_Rights_Right")
    if right in {Right.RECTIFICATION, Right.OBJECTION, Right.COMPLAINT} and not words:
        problems["words"] = say("account.Error_Rights_Words")
    if len(words) > MOST_WORDS:
        problems["words"] = say("account.Error_Rights_Long", most=MOST_WORDS)
    if problems:
        raise Refusals(problems)


@transaction.atomic
def withdraw_right(request: RightsRequest, *, by: User, now: datetime) -> RightsRequest:
    """Take the request back; a second call changes nothing. Raises NotOpen once it was decided."""
    request = hold(request)
    if request.decided_at:
        raise NotOpen(say("account.Error_Rights_Closed"))
    if request.withdrawn_at is None:
        request.withdrawn_at = now
        request.save(update_fields=["withdrawn_at"])
        _record("withdrawn", request, by=by, now=now)
    return request


@transaction.atomic
def confirm_identity(
    request: RightsRequest, *, how: str, record: int | None, by: User, now: datetime
) -> RightsRequest:
    """Say how it is known who asked, and that they may; ``record``: the child's record, where it is known.

    Raises NotOpen, NobodyThere, and a Refusal for no way.
    """
    request = _open(request)
    if how not in RightsRequest.Identity.values:
        raise Refusal(say("administration.Error_Rights_Identity"), field="identity")
    if request.subject_kind == "child" and record is not None:
        if not Subject("child", record).exists:
            raise NobodyThere(say("administration.Error_Privacy_No_child"), field="record")
        request.subject_id = record
    request.identity, request.identity_at, request.identity_by = how, now, by
    request.save(update_fields=["subject_id", "identity", "identity_at", "identity_by"])
    _record("identity_confirmed", request, by=by, now=now)
    return request


@transaction.atomic
def acknowledge_complaint(request: RightsRequest, *, words: str, by: User, now: datetime) -> RightsRequest:
    """Tell the person that their complaint is being looked into; a second call changes nothing.

    Raises NotOpen, and a Refusal for no words, or for what is no complaint.
    """
    request = _open(request)
    if not request.is_complaint:
        raise Refusal(say("administration.Error_Rights_NoComplaint"))
    _check_letter(words, "acknowledgement", say("administration.Error_Rights_Acknowledgement"))
    if request.acknowledged_at is None:
        request.acknowledged_at, request.acknowledged_by = now, by
        _add_letter(request, "acknowledged", words, now)
        request.save(update_fields=["acknowledged_at", "acknowledged_by", "letters"])
        _record("acknowledged", request, by=by, now=now)
        _tell("ComplaintAcknowledged", request, now=now, words=words)
    return request


@transaction.atomic
def ask_person(request: RightsRequest, *, words: str, by: User, now: datetime) -> RightsRequest:
    """Ask the person something, and wait for them: a request's clock stands still, a complaint's does not.

    Raises NotOpen, and a Refusal for no words, too many letters, or a person without an account.
    """
    request = _open(request)
    if request.asked_by is None:
        raise Refusal(say("administration.Error_Rights_NoAccount"), field="question")
    _check_letter(words, "question", say("administration.Error_Rights_Question"))
    _add_letter(request, "asked", words, now)
    request.paused_on = request.paused_on or timezone.localdate(now)
    request.save(update_fields=["letters", "paused_on"])
    _record("person_asked", request, by=by, now=now)
    _tell("RightsQuestion", request, now=now, number=len(request.letters), words=words)
    return request


@transaction.atomic
def reply_to_question(request: RightsRequest, *, words: str, by: User, now: datetime) -> RightsRequest:
    """Keep what the person answers to our question; the clock goes on.

    Raises NotOpen, and a Refusal for no words, or when nothing was asked.
    """
    request = _open(request)
    if not request.letters or request.letters[-1]["kind"] != "asked":
        raise NotOpen(say("account.Error_Rights_NotAsked"))
    _check_letter(words, "reply", say("account.Error_Rights_Reply"))
    _add_letter(request, "replied", words, now)
    if request.paused_on:
        request.paused_days += (timezone.localdate(now) - request.paused_on).days
        request.paused_on = None
    request.save(update_fields=["letters", "paused_on", "paused_days"])
    _record("replied", request, by=by, now=now)
    return request


def _check_letter(words: str, field: str, missing: str) -> None:
    if not words:
        raise Refusal(missing, field=field)
    if len(words) > MOST_WORDS:
        raise Refusal(say("account.Error_Rights_Long", most=MOST_WORDS), field=field)


def _add_letter(request: RightsRequest, kind: str, words: str, now: datetime) -> None:
    if len(request.letters) >= MOST_LETTERS:
        raise Refusal(say("administration.Error_Rights_Letters", most=MOST_LETTERS))
    request.letters = [*request.letters, {"kind": kind, "at": now.isoformat(), "words": words}]


@transaction.atomic
def begin_pack_for(request: RightsRequest, *, language: str, by: User, now: datetime) -> RightsRequest:
    """Have everything gathered for a request to see what is held; a second call changes nothing.

    Raises NotOpen, NotYet.
    """
    request = _identified(request)
    if request.pack_request is None:
        assert request.subject_id is not None
        request.pack_request = open_request(
            Subject(request.subject_kind, request.subject_id),
            received_on=request.received_on,
            language=language,
            by=by,
            now=now,
        )
        request.save(update_fields=["pack_request"])
    return request


@transaction.atomic
def decide_right(
    request: RightsRequest, *, decision: str, done: str, answer: str, by: User, now: datetime
) -> RightsRequest:
    """Decide, write down what was done, and tell the person ``answer``.

    Restricting a child's record takes effect at once. An answer to a complaint also acknowledges it.
    Raises NotOpen, NotYet, and Refusals.
    """
    request = _open(request) if request.is_complaint else _identified(request)
    problems = {}
    if decision not in Decision.values:
        problems["decision"] = say("administration.Error_Rights_Decision")
    if decision != Decision.REFUSED and not done:
        problems["done"] = say("administration.Error_Rights_Done")
    if not answer:
        problems["answer"] = say("administration.Error_Rights_Answer")
    if problems:
        raise Refusals(problems)
    if decision != Decision.REFUSED:
        _carried_out(request, by=by, now=now)
    request.decision, request.done, request.answer = decision, done[:MOST_WORDS], answer[:MOST_WORDS]
    request.decided_at, request.decided_by = now, by
    fields = ["decision", "done", "answer", "decided_at", "decided_by"]
    if request.is_complaint and request.acknowledged_at is None:
        request.acknowledged_at, request.acknowledged_by = now, by
        fields += ["acknowledged_at", "acknowledged_by"]
    request.save(update_fields=fields)
    _record("decided", request, by=by, now=now, decision=decision)
    name = "ComplaintAnswered" if request.is_complaint else "RightsAnswered"
    _tell(name, request, now=now, answer=request.answer)
    return request


def _carried_out(request: RightsRequest, *, by: User, now: datetime) -> None:
    """What must have been done before the right can be called granted, or is done with it."""
    if request.right == Right.ERASURE:
        signed = request.runs.filter(state__in=[Run.State.SIGNED, Run.State.DONE])
        if not signed.exists():
            raise NotYet(say("administration.Error_Rights_NoErasure"))
    if request.right == Right.ACCESS and not _is_released(request):
        raise NotYet(say("administration.Error_Rights_NoPack"))
    if request.right == Right.RESTRICTION and (record := record_of(request)):
        children.restrict_use(record, reason=str(request), by=by, now=now)


def _is_released(request: RightsRequest) -> bool:
    return Pack.objects.filter(request=request.pack_request_id, released_at__isnull=False).exists()


@transaction.atomic
def lift_restriction(request: RightsRequest, *, by: User, now: datetime) -> bool:
    """Let the record be used again, and tell whoever asked before it is; whether it was restricted."""
    record = record_of(request)
    if request.right != Right.RESTRICTION or record is None:
        return False
    lifted = children.lift_restriction(record, by=by, now=now)
    if lifted:
        _tell("RightsLifted", request, now=now)
    return lifted


def record_of(request: RightsRequest) -> Child | None:
    """The record of the child whom the request is about."""
    if request.subject_kind != "child" or request.subject_id is None:
        return None
    return Child.objects.filter(pk=request.subject_id).first()


def _open(request: RightsRequest) -> RightsRequest:
    request = hold(request)
    if request.closed_at:
        raise NotOpen(say("administration.Error_Rights_Closed"))
    return request


def _identified(request: RightsRequest) -> RightsRequest:
    request = _open(request)
    if not request.identity:
        raise NotYet(say("administration.Error_Rights_WhoFirst"))
    if request.subject_id is None:
        raise NotYet(say("administration.Error_Rights_RecordFirst"))
    return request


def _record(what: str, request: RightsRequest, *, by: User, now: datetime, **detail: str) -> None:
    child = request.subject_id if request.subject_kind == "child" else None
    detail |= {"right": request.right}
    audit.record(f"privacy.right_{what}", by=by, about=request, child=child, now=now, detail=detail)


def _tell(name: str, request: RightsRequest, *, now: datetime, number: int = 0, **values: Any) -> None:
    """Send the person a message; ``number`` tells apart those of one name about one request."""
    if request.asked_by is not None:
        language = request.asked_by.language
        right = say(f"account.Rights_{request.right}", language)
        key = f"rights:{request.pk}:{name}" + (f":{number}" if number else "")
        messages.send_text(name, to=request.asked_by, key=key, now=now, right=right, **values)
