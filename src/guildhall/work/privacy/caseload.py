"""Which work leads an officer to a child, and what opens a record to whoever has none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.people.membership.models import Membership
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Decision
from guildhall.work.cases.models import Case

from .models import OpeningReason

# Reader and child.
Pair = tuple[int, int]
Teams = Mapping[str, Set[int]]
# A decided case is still a reason to look for so long.
STILL_OPEN = timedelta(days=30)


def teams_of(readers: Iterable[int]) -> Teams:
    """Team → those of ``readers`` who work in it now."""
    teams: dict[str, set[int]] = defaultdict(set)
    held = Membership.objects.filter(user__in=list(readers), ended_at=None)
    for reader, team in held.values_list("user", "team"):
        teams[team].add(reader)
    return teams


def at_work(teams: Teams, children: list[int], *, on: date) -> set[Pair]:
    """Who had work with which of ``children`` on a day: a case of their team, or a decision of their own."""
    going = Q(decided_at=None) | Q(decided_at__date__gte=on - STILL_OPEN)
    cases = Case.objects.filter(going, mention__child__in=children, team__in=list(teams))
    found = {
        (reader, child)
        for child, team in cases.values_list("mention__child", "team")
        for reader in teams[team]
    }
    decided = Decision.objects.filter(child__in=children, at__date=on, by__isnull=False)
    return found | {(reader, child) for reader, child in decided.values_list("by", "child") if child}


def is_open_to(holder: Holder, child: Child, *, now: datetime, longer: timedelta = timedelta()) -> bool:
    """Whether ``holder`` opens the record without being asked why: by their work, or a reason given before.

    A reason counts ``longer`` than it was given for. Whoever only compares records, and reads none, has the
    comparing as their work.
    """
    if not setting("odd.ask_why") or not holder.may(Permission.READ_CHILDREN):
        return True
    assert holder.user_id is not None
    given = OpeningReason.objects.filter(by=holder.user_id, child=child.pk, until__gt=now - longer)
    own = {team: {holder.user_id} for team in holder.teams}
    pair = (holder.user_id, child.pk)
    return pair in at_work(own, [child.pk], on=timezone.localdate(now)) or given.exists()
