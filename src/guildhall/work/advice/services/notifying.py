"""Telling whom a request is of, by portal message, email and letter, and keeping that they were told."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.work.communications import services as communications
from guildhall.work.communications.models import Communication

from .. import queries
from ..models import Notification, Requested
from ..rules import FURTHEST
from .keeping import keep
from .telling import Means, send_email, send_message

BY = (Means.MESSAGE, Means.EMAIL, Means.LETTER)


class CannotTell(Refusals):
    """Nothing was chosen, or the person cannot be told so; ``problems`` is keyed by field."""


@dataclass(frozen=True)
class Way:
    """By what means somebody is told, and the day on which an officer sent what the portal does not send."""

    means: frozenset[str]
    sent_on: date | None = None

    def by_hand(self, user: User | None) -> bool:
        """Whether an officer sent something: letters, and emails to somebody without an account."""
        return Means.LETTER in self.means or (Means.EMAIL in self.means and user is None)

    def problems(self, requested: Requested, user: User | None, *, today: date) -> dict[str, str]:
        """Field → why ``requested`` cannot be told so to ``user``, the account that can be reached."""
        problems = {}
        if not self.means & set(BY):
            problems["means"] = say("children.Advice_Error_Means")
        elif requested.removed_at or requested.received_on:
            problems["means"] = say("children.Advice_Error_Over")
        elif Means.MESSAGE in self.means and user is None:
            problems["means"] = say("children.Advice_Error_NoPortal", name=requested.name)
        elif Means.EMAIL in self.means and user is not None and not user.email:
            problems["means"] = say("children.Advice_Error_NoEmail", name=requested.name)
        sent = self.sent_on
        if self.by_hand(user) and (sent is None or sent > today or today - sent > FURTHEST):
            problems["sent_on"] = say("children.Advice_Error_SentOn")
        return problems


@again_when_first_or_crossed
def notify(requested: Requested, way: Way, *, key: UUID, by: User, now: datetime) -> list[Notification]:
    """Tell them by each means of ``way`` (SP-344). The first day of all is the Notified Date.

    The same ``key`` again tells nobody twice by the same means. Raises CannotTell.
    """
    requested = hold(requested)
    known = set(Notification.objects.filter(requested=requested, key=key).values_list("means", flat=True))
    if known:
        return []
    user, today = queries.reachable(requested), timezone.localdate(now)
    if problems := way.problems(requested, user, today=today):
        raise CannotTell(problems)
    how: dict[str, Any] = {"key": f"advice-asked:{requested.pk}:{key}", "by": by, "now": now}
    made = []
    for means in (one for one in BY if one in way.means):
        said = _send(requested, means, user, way, **how)
        made.append(told(requested, means, said, key=key, by=by, now=now))
    first = min(timezone.localdate(one.communication.happened_at) for one in made)
    if requested.notified_on is None or first < requested.notified_on:
        requested.notified_on = first
        keep(requested, "notified", by=by, now=now)
    return made


def told(
    requested: Requested, means: str, said: Communication, *, key: UUID, by: User, now: datetime
) -> Notification:
    """Keep that they were told by ``means``, as a line of the communication log says."""
    made = Notification.objects.create(requested=requested, communication=said, means=means, key=key)
    child = requested.involvement.child_id
    audit.record("advice.told", by=by, about=requested, child=child, now=now, detail={"means": means})
    return made


def _send(requested: Requested, means: str, user: User | None, way: Way, **how: Any) -> Communication:
    if means == Means.MESSAGE and user:
        notice = Means.EMAIL not in way.means  # the email that goes with it says enough
        return send_message("AdviceAsked", requested, user, notice=notice, **how)
    if means == Means.EMAIL and user:
        return send_email(requested, user, **how)
    return _by_hand(requested, means, way, by=how["by"], now=how["now"])


def _by_hand(requested: Requested, means: str, way: Way, *, by: User, now: datetime) -> Communication:
    """What an officer sent, on the day they say; at midday, as nobody knows when."""
    assert way.sent_on is not None
    midday = timezone.make_aware(datetime.combine(way.sent_on, time(12)))
    child, sent_at = requested.involvement.child, min(midday, now)
    summary = say("children.Advice_Letter_Summary", name=requested.name)
    if means == Means.LETTER and requested.portal_user is None:
        details = communications.Details(means, requested.name, summary, sent_at, person=requested.person)
        return communications.note_by_hand(child, details=details, key=uuid4(), by=by, now=now)
    to = requested.portal_user.user if requested.portal_user else None
    return communications.note(child, to=to, means=means, summary=summary, by=by, now=sent_at)
