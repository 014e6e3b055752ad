"""Why queries are as they are: in the school's own words, or as it said for the last return (GH-036)."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import LONGEST_NOTE, Found, Return
from ..moves import TAKES_FILES
from .deciding import NotNow, NotYours


@transaction.atomic
def explain(found: Found, words: str, *, place: SchoolPlace, every: bool = False, now: datetime) -> int:
    """Explain a query; "" takes the explanation back. ``every``: all queries of the same rule that have none.

    Returns how many were explained. Raises NotYours, NotNow, and a Refusal with the field ``note``.
    """
    own = _open(found.of, place)
    words = one_line(words)
    if found.is_error:
        raise Refusal(texts.say("schools.Error_Returns_NoExcuse"), field="note")
    if len(words) > LONGEST_NOTE:
        raise Refusal(texts.say("schools.Error_Returns_NoteLong", most=LONGEST_NOTE), field="note")
    if words and len(words) < rules.SHORTEST_NOTE:
        raise Refusal(texts.say("schools.Error_Returns_NoteShort"), field="note")
    rows = Found.objects.filter(of=own, rule=found.rule)
    rows = rows.filter(note="") | rows.filter(pk=found.pk) if every and words else rows.filter(pk=found.pk)
    count = _note(rows, words, place, now)
    _kept(own, place, {"rule": found.rule, "count": count}, now)
    return count


@transaction.atomic
def take_offered(own: Return, *, place: SchoolPlace, now: datetime) -> int:
    """Explain what was explained for the last return as it was then; how many. Raises as above."""
    own = _open(own, place)
    count = 0
    for one, before in queries.offered(own):
        count += _note(Found.objects.filter(pk=one.pk), before, place, now)
    _kept(own, place, {"offered": count}, now)
    return count


def _open(own: Return, place: SchoolPlace) -> Return:
    """The return, held, while the school may still change it."""
    if own.school_id != place.school_id or not rules.sends(place):
        raise NotYours(texts.say("schools.Error_Returns_NotSending"))
    own = hold(own)
    if own.state not in TAKES_FILES:
        raise NotNow(texts.say("schools.Error_Returns_Sent"))
    return own


def _note(rows: queries.Founds, words: str, place: SchoolPlace, now: datetime) -> int:
    by, at = (place.user, now) if words else (None, None)
    return rows.update(note=words, note_by=by, note_at=at)


def _kept(own: Return, place: SchoolPlace, detail: dict[str, object], now: datetime) -> None:
    audit.record("returns.explained", by=place.user, about=own, now=now, detail=detail)
