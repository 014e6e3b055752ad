"""Asking schools for a financial return."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.catalogue import LANGUAGES
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules
from ..models import Asked, Return
from ..rules import Question
from . import telling
from .keeping import mark_put_back, mark_withdrawn, reason_of
from .loading import refuse_strangers


@dataclass(frozen=True)
class Told:
    """What an officer asks: a title, guidance, until when, and of each line its label, kind and whether it
    must be answered. Title, guidance and labels are in both languages; guidance may be empty in both.
    """

    title: Mapping[str, str]
    guidance: Mapping[str, str]
    due_on: date | None
    lines: Sequence[tuple[Mapping[str, str], str, bool]]


@transaction.atomic
def ask_return(told: Told, schools: Collection[int], *, holder: Holder, by: User, now: datetime) -> Asked:
    """Ask ``schools`` (by id; those that are closed are left out). Asked twice the same day, it is one.

    Raises NotHandling, Refusals.
    """
    refuse_strangers(holder)
    today = timezone.localdate(now)
    found = Establishment.objects.filter(pk__in=schools, closed_on=None)
    wrong = _problems(told, today) | ({} if found else {"schools": _said("Schools")})
    if wrong:
        raise Refusals(wrong)
    assert told.due_on
    hold_name("schoolfinance:ask")
    questions = [
        Question(f"line{number}", label, kind, required).as_json()
        for number, (label, kind, required) in enumerate(told.lines, start=1)
    ]
    same = Asked.objects.filter(title=told.title, due_on=told.due_on, asked_by=by, withdrawn_at=None)
    if known := next((one for one in same if one.lines == questions and _of(one.asked_at) == today), None):
        return known
    made = Asked.objects.create(
        title=told.title,
        guidance=told.guidance,
        lines=questions,
        due_on=told.due_on,
        asked_at=now,
        asked_by=by,
    )
    rows = Return.objects.bulk_create([Return(asked=made, school=one) for one in found], batch_size=500)
    detail = {"schools": [one.school_id for one in rows]}
    audit.record("schoolfinance.return_asked", by=by, about=made, now=now, detail=detail)
    telling.tell_of_returns("Asked", rows, now=now)
    return made


def _of(moment: datetime) -> date:
    return timezone.localdate(moment)


def _said(why: str, **values: Any) -> str:
    return texts.say(f"schools.Error_Ask_{why}", **values)


def _problems(told: Told, today: date) -> dict[str, str]:
    wrong = dict(_head_problems(told))
    if due := _due_problem(told.due_on, today):
        wrong["due_on"] = due
    if not told.lines:
        wrong["label-1_en"] = _said("Lines")
    if len(told.lines) > rules.MOST_QUESTIONS:
        wrong["label-1_en"] = _said("LinesMany", most=rules.MOST_QUESTIONS)
    for number, (label, kind, _) in enumerate(told.lines, start=1):
        for language in LANGUAGES:
            if not 0 < len(label[language]) <= rules.LONGEST_LABEL or kind not in rules.KINDS:
                wrong[f"label-{number}_{language}"] = _in("Label", language, rules.LONGEST_LABEL)
    return wrong


def _head_problems(told: Told) -> Iterator[tuple[str, str]]:
    guided = any(told.guidance.values())
    for language in LANGUAGES:
        if not 0 < len(told.title[language]) <= rules.LONGEST_TITLE:
            yield f"title_{language}", _in("Title", language, rules.LONGEST_TITLE)
    for language in LANGUAGES:
        words = told.guidance[language]
        if len(words) > rules.LONGEST_GUIDANCE:
            yield f"guidance_{language}", _said("Guidance", most=rules.LONGEST_GUIDANCE)
        elif guided and not words:
            yield f"guidance_{language}", _in("Guidance", language, rules.LONGEST_GUIDANCE)


def _in(why: str, language: str, most: int) -> str:
    return _said(f"{why}{language.title()}", most=most)


def _due_problem(due_on: date | None, today: date) -> str:
    if due_on is None:
        return _said("Due")
    return "" if today <= due_on <= today + rules.FURTHEST_DUE else _said("DueFar")


@transaction.atomic
def change_due(asked: Asked, due_on: date | None, *, holder: Holder, by: User, now: datetime) -> Asked:
    """Let schools have until another day; they are reminded of that one. Raises NotHandling, Refusals."""
    refuse_strangers(holder)
    if wrong := _due_problem(due_on, timezone.localdate(now)):
        raise Refusals({"due_on": wrong})
    assert due_on
    asked = hold(asked)
    if asked.due_on != due_on:
        detail = {"before": asked.due_on.isoformat(), "after": due_on.isoformat()}
        asked.due_on = due_on
        asked.save(update_fields=["due_on"])
        rows = Return.objects.filter(asked=asked).exclude(state=Return.State.SENT)
        rows.update(reminded_at=None, late_at=None)
        audit.record("schoolfinance.due_changed", by=by, about=asked, now=now, detail=detail)
        telling.tell_of_returns("DueChanged", rows.select_related("asked", "school"), now=now)
    return asked


@transaction.atomic
def withdraw_asked(asked: Asked, why: str, *, holder: Holder, by: User, now: datetime) -> Asked:
    """Ask schools no more; what they sent is kept. Raises NotHandling, Refusals."""
    refuse_strangers(holder)
    told = reason_of(why)
    asked = hold(asked)
    if asked.withdrawn_at is None:
        mark_withdrawn(asked, told, by=by, now=now)
        audit.record("schoolfinance.asked_withdrawn", by=by, about=asked, now=now)
    return asked


@transaction.atomic
def put_back_asked(asked: Asked, *, holder: Holder, by: User, now: datetime) -> Asked:
    """Ask them again. Raises NotHandling."""
    refuse_strangers(holder)
    asked = hold(asked)
    if asked.withdrawn_at is not None:
        mark_put_back(asked)
        audit.record("schoolfinance.asked_put_back", by=by, about=asked, now=now)
    return asked
