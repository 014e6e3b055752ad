"""What waits in the queue is held against the records again, because they change while it waits."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from guildhall.records.children.models import Child

from ..models import Mention
from ..queries import identity_in
from .reporting import find

AGAIN_AFTER = timedelta(minutes=5)
MOST_A_TURN = 100
MOST_AT_ONCE = 20
_waiting = Mention.objects.filter(state=Mention.State.WAITING)


def look_at_waiting(now: datetime, *, most: int = MOST_A_TURN) -> int:
    """Job: hold those in the queue that were not looked at lately against the records of now; how many.

    What is said of them changes, nothing else: whoever waits goes on waiting for a person.
    """
    lately = now - AGAIN_AFTER
    due = Q(looked_at__lte=lately) | Q(looked_at=None, reported_at__lte=lately)
    return _look(_waiting.filter(due).order_by(F("looked_at").asc(nulls_first=True), "pk")[:most], now=now)


def look_at_those_like(child: Child, *, now: datetime) -> int:
    """Do the same for those born on the day of a record that was just added; how many."""
    if child.born_on is None:
        return 0
    return _look(_waiting.filter(born_on=child.born_on).order_by("-pk")[:MOST_AT_ONCE], now=now)


def _look(mentions: QuerySet[Mention], *, now: datetime) -> int:
    looked = list(mentions.select_related("said_by"))
    for mention in looked:
        found = find(identity_in(mention), said_by=mention.said_by, family_child=mention.family_child)
        # Somebody may be deciding about it at this moment: then what was said stays.
        same = _waiting.filter(pk=mention.pk, version=mention.version)
        same.update(looked_at=now, **found.kept)
    return len(looked)
