"""Who sees which post: the one answer that lists, counts, searches, emails, files, alerts and links ask.

Somebody at a school is reached through the groups that the school is in and the responsibilities that they
have now, at the sensitivity levels that these let them see; and through what a colleague redirected to them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.people.responsibilities.models import Assignment, Level

from .models import Posting, Redirect, Target
from .rules import OPEN

EVERYBODY = "all"
Postings = QuerySet[Posting]


def groups_of(school: Establishment) -> tuple[str, ...]:
    """The groups that a school is in: of all, of its phase, and of itself."""
    return (EVERYBODY, phase_group(school.phase), school_group(school.pk))


def phase_group(phase: str) -> str:
    """The schools of a phase."""
    return f"phase:{phase}"


def school_group(pk: int | str) -> str:
    """One school by itself."""
    return f"school:{pk}"


@dataclass(frozen=True)
class Reach:
    """What post somebody at a school sees now; nothing while they do not work there.

    ``held`` are their responsibilities. A supervisor's view of the whole school has none and is ``whole``.
    """

    place: SchoolPlace
    working: bool
    held: tuple[Assignment, ...] = ()
    whole: bool = False

    @cached_property
    def groups(self) -> tuple[str, ...]:
        return groups_of(self.place.school) if self.working else ()

    @cached_property
    def leads(self) -> frozenset[int]:
        """The responsibilities of which they see every level."""
        return frozenset(one.responsibility_id for one in self.held if one.level == Level.LEAD)

    @cached_property
    def digest(self) -> str:
        """What changes with the reach, and with nothing else."""
        held = sorted(f"{one.responsibility_id}{one.level}" for one in self.held)
        return sha256("\n".join([*self.groups, *held]).encode()).hexdigest()

    @property
    def empty(self) -> bool:
        """Whether no post comes to them by a responsibility."""
        return not (self.working and self.held)

    def targets(self, *, held_before: datetime | None = None) -> QuerySet[Target]:
        """The targets that reach them; ``held_before``: only by what they were given before then."""
        if not self.working:
            return Target.objects.none()
        rows = Target.objects.filter(group__in=self.groups)
        if self.whole:
            return rows
        held = [one for one in self.held if held_before is None or one.given_at < held_before]
        return rows.filter(fitting(held)) if held else Target.objects.none()

    def redirects(self) -> QuerySet[Redirect]:
        """What was redirected to them."""
        return Redirect.objects.filter(place=self.place) if self.working else Redirect.objects.none()

    def postings(self, *, since: datetime | None = None, held_before: datetime | None = None) -> Postings:
        """Every published item that they see.

        ``since``: of what comes by a responsibility, only what was published from then on. ``held_before``:
        only what reached them before that moment.
        """
        targets, redirects = self.targets(), self.redirects()
        if since is not None:
            targets = targets.filter(published_at__gte=since)
        if held_before is not None:
            targets = self.targets(held_before=held_before).filter(published_at__lt=held_before)
            redirects = redirects.filter(at__lt=held_before)
        reached = targets.values("posting").union(redirects.values("posting"))
        return Posting.objects.filter(pk__in=reached, state=Posting.State.PUBLISHED)


def fitting(held: Iterable[Assignment]) -> Q:
    """Which targets these responsibilities let somebody see."""
    levels = {one.responsibility_id: one.level for one in held}
    leads = [pk for pk, level in levels.items() if level == Level.LEAD]
    return Q(responsibility__in=list(levels)) & (Q(responsibility__in=leads) | Q(sensitivity__in=OPEN))


# The groups of the school where somebody works, as the database works them out.
_ITS_GROUPS = (
    Value(EVERYBODY),
    Concat(Value(phase_group("")), "place__school__phase"),
    Concat(Value(school_group("")), Cast("place__school_id", CharField())),
)


def reaching(*more: Any, **where: Any) -> QuerySet[Assignment]:
    """The responsibilities by which post reaches whoever works at a school, one row for each target.

    ``more`` and ``where`` narrow it; the way to the targets is ``responsibility__post_targets``.
    """
    return Assignment.objects.filter(
        Q(level=Level.LEAD) | Q(responsibility__post_targets__sensitivity__in=OPEN),
        *more,
        responsibility__retired_at=None,
        responsibility__post_targets__group__in=_ITS_GROUPS,
        place__membership__ended_at=None,
        place__membership__locked_at=None,
        **where,
    )


def reach_of(place: SchoolPlace) -> Reach:
    """What the person of ``place`` sees, by what they are responsible for at this moment."""
    if not _works(place):
        return Reach(place, working=False)
    return Reach(place, working=True, held=tuple(responsibilities.held_by(place)))


def of_school(place: SchoolPlace) -> Reach:
    """The post of the whole school, for its supervisor ``place``."""
    return Reach(place, working=_works(place) and place.is_supervisor, whole=True)


def _works(place: SchoolPlace) -> bool:
    return place.membership.ended_at is None and place.membership.locked_at is None
