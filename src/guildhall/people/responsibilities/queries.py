"""Who is responsible for what, what that opens, and what waits for somebody."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import SchoolPlace

from .models import Assignment, Change, ChangeRequest, Level, Opinion, Proposal, Responsibility, SeenAlert
from .rules import Sensitivity, agreed, decides, is_head, seen_by

NEWEST = 50
_WORKING = Q(place__membership__ended_at=None, place__membership__locked_at=None)


@dataclass(frozen=True)
class Covered:
    """A responsibility with the people of one school who have it."""

    responsibility: Responsibility
    leads: list[SchoolPlace] = field(default_factory=list)
    interested: list[SchoolPlace] = field(default_factory=list)


def offered() -> list[Responsibility]:
    """The responsibilities that can be given, in the agreed order."""
    return list(Responsibility.objects.filter(retired_at=None).order_by("position", "pk"))


def everything() -> QuerySet[Responsibility]:
    """The whole list with ``people``, how many have each, retired ones too."""
    having = Q(assignments__place__membership__ended_at=None)
    return Responsibility.objects.annotate(people=Count("assignments", filter=having)).order_by(
        "position", "pk"
    )


def held_by(place: SchoolPlace) -> list[Assignment]:
    """What the person of ``place`` is responsible for now. A page that only reads asks it once."""
    rows = Assignment.objects.filter(responsibility__retired_at=None)
    rows = rows.select_related("responsibility").order_by("responsibility_id")
    if not place.carried:
        return list(rows.filter(place=place))
    prefetch_related_objects([place], Prefetch("responsibilities", rows, to_attr="held"))
    held: list[Assignment] = place.held  # type: ignore[attr-defined]
    return held


def levels_of(place: SchoolPlace) -> dict[int, str]:
    """What the person of ``place`` is responsible for, by id, with the level."""
    rows = Assignment.objects.filter(place=place, responsibility__retired_at=None)
    return dict(rows.values_list("responsibility_id", "level"))


def stamp_of(levels: dict[int, str]) -> str:
    """What a page sends back, so that a change by somebody else meanwhile is noticed."""
    return " ".join(f"{pk}:{level}" for pk, level in sorted(levels.items()))


def overview(holder: Holder, school_id: int) -> list[Covered]:
    """Every responsibility and who has it at a school where ``holder`` works. Locked people are left out."""
    covered = {one.pk: Covered(one) for one in offered()}
    rows = Assignment.objects.filter(
        _WORKING, place__school_id=school_id, place__school_id__in=holder.schools
    )
    for row in rows.select_related("place").order_by("place__surname", "place__forename", "pk"):
        if found := covered.get(row.responsibility_id):
            (found.leads if row.level == Level.LEAD else found.interested).append(row.place)
    return list(covered.values())


def lead_counts(school_id: int) -> dict[int, int]:
    """How many Lead Contacts a school has for each responsibility that has any."""
    rows = Assignment.objects.filter(_WORKING, place__school_id=school_id, level=Level.LEAD)
    return dict(rows.values_list("responsibility_id").annotate(count=Count("pk")))


def reach_of(holder: Holder, school_id: int) -> dict[int, frozenset[Sensitivity]]:
    """Of each responsibility that ``holder`` has at the school, the sensitivity levels that they see."""
    return {row.responsibility_id: seen_by(row.level) for row in _own(holder, school_id)}


def opens(holder: Holder, school_id: int, system: str) -> bool:
    """Whether a responsibility of ``holder`` at the school opens ``system`` (one of systems.SYSTEMS)."""
    return any(system in row.responsibility.systems for row in _own(holder, school_id))


def systems_of(holder: Holder, school_id: int) -> frozenset[str]:
    """Everything that the responsibilities of ``holder`` at the school open."""
    return frozenset(system for row in _own(holder, school_id) for system in row.responsibility.systems)


def held_at(school_id: int, user: User) -> set[int]:
    """What ``user`` is responsible for at the school now, by id, at either level."""
    return set(_at(school_id, user.pk).values_list("responsibility_id", flat=True))


def _own(holder: Holder, school_id: int) -> list[Assignment]:
    if holder.user_id is None or school_id not in holder.schools:
        return []
    if (place := holder.carried.get(school_id)) is not None:
        return held_by(place)
    return list(_at(school_id, holder.user_id).select_related("responsibility"))


def _at(school_id: int, user_id: int) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        _WORKING, place__user_id=user_id, place__school_id=school_id, responsibility__retired_at=None
    )


def other_supervisors(place: SchoolPlace) -> list[SchoolPlace]:
    """The supervisors of the school, other than this person, who can decide something now."""
    return supervisors_besides(place.user_id, place.school_id)


def supervisors_besides(user_id: int, school_id: int) -> list[SchoolPlace]:
    """The supervisors of a school, other than one person, who can decide something now."""
    return [
        one
        for one in school_queries.supervisors_of(school_id)
        if one.user_id != user_id and one.membership.locked_at is None and one.user.state == User.State.ACTIVE
    ]


def may_decide(holder: Holder, place: SchoolPlace) -> bool:
    """Whether ``holder`` decides what ``place`` is responsible for, as the school's supervisors are now."""
    return decides(holder, place, others=bool(other_supervisors(place)))


def _requests() -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.select_related("place__user", "place__school", "place__membership")


def open_request(place: SchoolPlace) -> ChangeRequest | None:
    """What the person of ``place`` has asked and nobody has decided yet."""
    return _requests().prefetch_related("wishes").filter(place=place, closed_at=None).first()


def waiting_for(holder: Holder, school_id: int) -> list[ChangeRequest]:
    """The requests of the school that ``holder`` can decide now, oldest first."""
    if school_id not in holder.supervised:
        return []
    rows = _requests().filter(_WORKING, place__school_id=school_id, closed_at=None)
    found = list(rows.order_by("asked_at", "pk"))
    return [one for one in found if one.place.user_id != holder.user_id or may_decide(holder, one.place)]


def undecided_since(moment: datetime) -> QuerySet[ChangeRequest]:
    """Open requests that nobody has been told of since ``moment``, the longest waiting first."""
    told_at = Coalesce(F("reminded_at"), F("asked_at"))
    rows = _requests().filter(_WORKING, closed_at=None).annotate(told_at=told_at)
    return rows.filter(told_at__lte=moment).order_by("told_at", "pk")


def closed_requests(place: SchoolPlace) -> list[ChangeRequest]:
    """The newest decisions about what the person of ``place`` asked."""
    rows = ChangeRequest.objects.filter(place=place, closed_at__isnull=False).exclude(outcome="withdrawn")
    return list(rows.select_related("closed_by").order_by("-closed_at", "-pk")[:NEWEST])


def changes_of(place: SchoolPlace) -> list[Change]:
    """The newest changes that others made to what the person of ``place`` is responsible for."""
    rows = Change.objects.filter(place=place).exclude(by=place.user_id)
    return list(rows.select_related("responsibility", "by").order_by("-at", "-pk")[:NEWEST])


def seen_alerts(user: User, keys: list[str]) -> set[str]:
    """Those of ``keys`` that ``user`` has dealt with."""
    return set(SeenAlert.objects.filter(user=user, alert__in=keys).values_list("alert", flat=True))


def proposals(*, school_id: int | None = None) -> QuerySet[Proposal]:
    """Proposals for the list with counts of the heads asked, silent, for and against; undecided first."""
    rows = Proposal.objects.select_related("school", "by", "added").annotate(
        asked=Count("opinions"),
        silent=Count("opinions", filter=Q(opinions__isnull=False, opinions__agrees=None)),
        agree=Count("opinions", filter=Q(opinions__agrees=True)),
        against=Count("opinions", filter=Q(opinions__agrees=False)),
    )
    if school_id is not None:
        rows = rows.filter(school_id=school_id)
    return rows.order_by(F("decided_at").desc(nulls_first=True), "asked_at", "pk")


def heads_agree(proposal: Proposal) -> bool:
    """Whether the headteachers who answered generally agree."""
    said = list(proposal.opinions.filter(agrees__isnull=False).values_list("agrees", flat=True))
    return agreed(agree=said.count(True), object_=said.count(False))


def opinions_on(proposal: Proposal) -> list[Opinion]:
    """What the schools said, by name of the school."""
    return list(proposal.opinions.select_related("school", "by").order_by("school__name", "pk"))


def opinions_asked(place: SchoolPlace) -> QuerySet[Opinion]:
    """What the person of ``place`` is asked, as the head of the school, and can answer; oldest first."""
    rows = Opinion.objects.select_related("proposal__school", "school")
    if not is_head(place):
        return rows.none()
    return rows.filter(school_id=place.school_id, proposal__decided_at=None).order_by(
        "proposal__consulted_at", "pk"
    )


def heads_elsewhere(school_id: int) -> list[SchoolPlace]:
    """The headteachers of all other open schools who can sign in, by school."""
    rows = SchoolPlace.objects.filter(
        kind=SchoolPlace.Kind.HEADTEACHER,
        membership__ended_at=None,
        membership__locked_at=None,
        school__closed_on=None,
        user__state=User.State.ACTIVE,
    )
    return list(rows.exclude(school_id=school_id).select_related("user").order_by("school__name", "pk"))
