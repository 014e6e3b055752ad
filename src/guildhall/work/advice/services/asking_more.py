"""Asking for more in place, after an answer came; both answers stay."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from .. import queries
from ..models import Further, Requested
from ..rules import FURTHEST, LONGEST_DETAILS
from .keeping import as_seen, first_chase, keep
from .notifying import told
from .telling import Means, send_message


class MoreIncomplete(Refusals):
    """What more is asked, or by when, is missing or wrong; ``problems`` is keyed by field."""


@dataclass(frozen=True)
class More:
    """What more is asked for, and by when."""

    words: str
    due_on: date | None

    def problems(self, *, today: date) -> dict[str, str]:
        """Field → what is wrong with it, in the order of the page."""
        problems = {}
        if not self.words:
            problems["words"] = say("children.Advice_Error_More")
        elif len(self.words) > LONGEST_DETAILS:
            problems["words"] = say("children.Advice_Error_MoreLong", most=f"{LONGEST_DETAILS:,}")
        if self.due_on is None:
            problems["due_on"] = say("children.Advice_Error_Due")
        elif not today <= self.due_on <= today + FURTHEST:
            problems["due_on"] = say("children.Advice_Error_DuePast")
        return problems


@again_when_first_or_crossed
def ask_more(requested: Requested, more: More, *, seen: int, key: UUID, by: User, now: datetime) -> Further:
    """Open an answered or declined request again, and tell whom it is of at the portal if they can be told.

    The same ``key`` again asks once. Raises MoreIncomplete, ChangedMeanwhile.
    """
    known = Further.objects.filter(key=key, requested=hold(requested)).first()
    if known:
        return known
    requested, today = as_seen(requested, seen), timezone.localdate(now)
    if not requested.received_on and not requested.declined_on:
        raise ChangedMeanwhile(say("children.Advice_Error_StillOpen"))
    if problems := more.problems(today=today):
        raise MoreIncomplete(problems)
    assert more.due_on is not None
    received = requested.received_on
    requested.received_on = requested.declined_on = None
    requested.due_on = more.due_on
    requested.chase_on = first_chase(requested, after=today)
    user = queries.reachable(requested)
    if user:
        requested.notified_on = requested.notified_on or today
    keep(requested, "asked_more", by=by, now=now)
    made = Further.objects.create(
        requested=requested,
        portal_user=requested.portal_user,
        key=key,
        by=by,
        at=now,
        words=more.words,
        due_on=more.due_on,
        received_before=received,
    )
    if user:
        said = send_message("AdviceMore", requested, user, key=f"advice-more:{made.pk}", by=by, now=now)
        told(requested, Means.MESSAGE, said, key=key, by=by, now=now)
    return made
