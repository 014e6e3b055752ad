"""A school answers a return: saving, sending, and correcting what the council sends back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import references
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import queries, rules
from ..models import Return, Version
from ..rules import Question
from . import telling
from .keeping import reason_of
from .loading import NotNow, refuse_strangers

State = Return.State
_LONGEST_AMOUNT = 40


class NotYours(Refusal):
    """No responsibility of this person at the school lets them answer."""


class Overtaken(Refusal):
    """Somebody else of the school saved meanwhile."""


def stamp_of(one: Return) -> str:
    """What a page sends back, so that what somebody else saved meanwhile is not lost."""
    return one.saved_at.isoformat() if one.saved_at else ""


@transaction.atomic
def save_answers(
    one: Return, typed: Mapping[str, str], *, seen: str, holder: Holder, by: User, now: datetime
) -> Return:
    """Keep what was typed, right or not, to come back to. ``seen``: stamp_of the page.

    Raises NotYours, NotNow, Overtaken.
    """
    one = _open(one, holder)
    answers = kept_of(rules.questions_of(one.asked.lines), typed)
    if answers == one.answers:
        return one
    if seen != stamp_of(one):
        raise Overtaken(texts.say("schools.Error_Return_Overtaken", who=str(one.saved_by)))
    one.answers, one.saved_at, one.saved_by = answers, now, by
    one.save(update_fields=["answers", "saved_at", "saved_by"])
    audit.record("schoolfinance.return_saved", by=by, about=one, now=now, detail={"school": one.school_id})
    return one


def kept_of(questions: Sequence[Question], typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed of each line, fit to keep; one too long is seen to be too long."""
    return {
        one.name: paragraphs(typed.get(one.name))[: rules.LONGEST_TEXT + 1]
        if one.kind == "text"
        else one_line(typed.get(one.name))[:_LONGEST_AMOUNT]
        for one in questions
    }


def problems_of(one: Return) -> dict[str, str]:
    """Line → what is wrong with its answer, in words."""
    wrong = {
        asked.name: (asked, why)
        for asked in rules.questions_of(one.asked.lines)
        if (why := rules.answer_problem(asked, one.answers.get(asked.name, "")))
    }
    most = {"Long": str(rules.LONGEST_TEXT), "Large": f"{rules.LARGEST:,.2f}"}
    return {
        name: texts.say(f"schools.Error_Return_{why}", label=asked.called, most=most.get(why, ""))
        for name, (asked, why) in wrong.items()
    }


@transaction.atomic
def send_return(one: Return, *, holder: Holder, by: User, now: datetime) -> Version:
    """Send what is saved; sent again, it is the same version. Raises NotYours, NotNow, Refusals."""
    refuse_others(one, holder)
    one = hold(one)
    last = one.versions.order_by("-number").first()
    if one.state == State.SENT and last is not None:
        return last
    one = _open(one, holder)
    if wrong := problems_of(one):
        raise Refusals(wrong)
    made = Version.objects.create(
        of=one,
        number=last.number + 1 if last else 1,
        reference=_reference(now),
        answers=one.answers,
        sent_at=now,
        sent_by=by,
    )
    one.state = State.SENT
    one.save(update_fields=["state"])
    detail = {"school": one.school_id, "version": made.number}
    audit.record("schoolfinance.return_sent", by=by, about=made, now=now, detail=detail)
    telling.tell_sender(made, now=now)
    return made


def _reference(now: datetime) -> str:
    made = references.make(rules.PATTERN, now=now)
    while Version.objects.filter(reference=made).exists():
        made = references.make(rules.PATTERN, now=now)
    return made


@transaction.atomic
def ask_for_correction(version: Version, why: str, *, holder: Holder, by: User, now: datetime) -> Version:
    """Ask the school to correct what it sent last. Raises NotHandling, NotNow, Refusals."""
    refuse_strangers(holder)
    told = reason_of(why)
    one = hold(version.of)
    version = hold(version)
    later = one.versions.filter(number__gt=version.number).exists()
    if one.state != State.SENT or later or one.asked.withdrawn_at is not None:
        raise NotNow(texts.say("schools.Error_Return_NotBack"))
    version.back_at, version.back_by, version.back_why = now, by, told
    version.save(update_fields=["back_at", "back_by", "back_why"])
    one.state = State.BACK
    one.save(update_fields=["state"])
    audit.record("schoolfinance.return_back", by=by, about=version, now=now, detail={"school": one.school_id})
    telling.tell_of_returns("Back", [one], now=now, why=told)
    return version


def refuse_others(one: Return, holder: Holder) -> None:
    """Raises NotYours unless ``holder`` answers for the school."""
    if not queries.reads(holder, one.school_id):
        raise NotYours(texts.say("schools.Error_Return_NotYours"))


def _open(one: Return, holder: Holder) -> Return:
    refuse_others(one, holder)
    one = hold(one)
    if one.asked.withdrawn_at is not None or one.state == State.SENT:
        raise NotNow(texts.say("schools.Error_Return_NotNow"))
    return one
