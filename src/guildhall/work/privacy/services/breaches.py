"""What happened to information, and whom the authority told of it within 72 hours."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from ..models import Breach
from ..rules import TELL_WITHIN

FIELDS = (
    "happened",
    "known_at",
    "people",
    "risk",
    "effects",
    "steps",
    "ico_told_at",
    "ico_words",
    "people_told_at",
    "people_words",
)
MOST_WORDS, MOST_PEOPLE = 8_000, 10_000_000


@transaction.atomic
def keep_breach(
    breach: Breach | None, *, facts: dict[str, Any], revision: int, by: User, now: datetime
) -> Breach:
    """Begin the record of a breach, or write ``facts`` (values of FIELDS) into it.

    Raises ChangedMeanwhile, and Refusals for what is wrong.
    """
    _check(facts, now=now)
    made = breach is None
    if breach is None:
        breach = Breach(made_at=now, made_by=by)
    else:
        breach = hold(breach)
        if breach.revision != revision or breach.closed_at:
            raise ChangedMeanwhile(say("administration.Error_Breach_Changed"))
    changed = [name for name in FIELDS if getattr(breach, name) != facts[name]]
    for name in FIELDS:
        setattr(breach, name, facts[name])
    breach.revision += 1
    breach.save()
    verb = "privacy.breach_made" if made else "privacy.breach_changed"
    audit.record(verb, by=by, about=breach, now=now, detail={"fields": changed})
    return breach


def _check(facts: dict[str, Any], *, now: datetime) -> None:
    problems = {}
    if not facts["happened"]:
        problems["happened"] = say("administration.Error_Breach_Happened")
    for name in ("known_at", "ico_told_at", "people_told_at"):
        if facts[name] and facts[name] > now:
            problems[name] = say("administration.Error_Breach_Future")
    if facts["known_at"] is None:
        problems["known_at"] = say("administration.Error_Breach_Moment")
    if facts["people"] is not None and not 0 <= facts["people"] <= MOST_PEOPLE:
        problems["people"] = say("administration.Error_Breach_People")
    for name in FIELDS:
        if isinstance(facts[name], str) and len(facts[name]) > MOST_WORDS:
            problems[name] = say("administration.Error_Breach_Long", most=MOST_WORDS)
    if problems:
        raise Refusals(problems)


@transaction.atomic
def close_breach(breach: Breach, *, by: User, now: datetime) -> Breach:
    """Close the record once the risk and both decisions to tell are in it. A second call changes nothing.

    Raises a Refusal while something is missing.
    """
    breach = hold(breach)
    if breach.closed_at:
        return breach
    if not breach.risk or not breach.steps:
        raise Refusal(say("administration.Error_Breach_Risk"), field="risk")
    late = breach.ico_told_at is not None and breach.ico_told_at > breach.known_at + TELL_WITHIN
    if (breach.ico_told_at is None or late) and not breach.ico_words:
        raise Refusal(say("administration.Error_Breach_Ico"), field="ico_words")
    if breach.people_told_at is None and not breach.people_words:
        raise Refusal(say("administration.Error_Breach_PeopleWhy"), field="people_words")
    breach.closed_at, breach.closed_by = now, by
    breach.save(update_fields=["closed_at", "closed_by"])
    audit.record("privacy.breach_closed", by=by, about=breach, now=now)
    return breach
