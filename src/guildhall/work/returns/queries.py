"""Reading returns, starting from who asks."""

from collections.abc import Collection as Several
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import Duty, SchoolPlace
from guildhall.people.organisations.models import Establishment

from . import rules
from .collections import Collection, before
from .models import Event, Found, Return, Upload
from .moves import SENT

State, Area = Return.State, Return.Area
Founds = QuerySet[Found]
_AT_ONCE = 500


def returns_of(place: SchoolPlace, *, today: date) -> QuerySet[Return]:
    """The returns of a school, for whoever sends or approves them; none for others."""
    if not rules.reads(place, today=today):
        return Return.objects.none()
    return _returns().filter(school=place.school_id)


def all_returns(holder: Holder) -> QuerySet[Return]:
    """The live returns of every school, for officers who handle them. Practice is the school's own."""
    return _returns().filter(area=Area.LIVE) if rules.handles(holder) else Return.objects.none()


def _returns() -> QuerySet[Return]:
    return Return.objects.select_related("school", "upload").defer("upload__content")


def found_in(own: Return, *, rule: str = "", upn: str = "", kind: str = "") -> Founds:
    """What was found in the last file: errors first, in the order of the file; narrowed as asked."""
    rows = Found.objects.filter(of=own).select_related("note_by")
    if rule:
        rows = rows.filter(rule=rule)
    if upn:
        rows = rows.filter(Q(upn__iexact=upn) | Q(name__icontains=upn))
    if kind == "error":
        rows = rows.filter(is_error=True)
    elif kind == "query":
        rows = rows.filter(is_error=False)
    elif kind == "waiting":
        rows = rows.filter(is_error=False, note="")
    return rows.order_by("-is_error", "record", "rule", "pk")


def unexplained(own: Return) -> int:
    """How many queries have no explanation."""
    return Found.objects.filter(of=own, is_error=False, note="").count()


def by_rule(own: Return) -> list[tuple[str, int]]:
    """The rules that were broken, errors first, with how many findings of each are kept."""
    rows = Found.objects.filter(of=own).values_list("rule", "is_error").annotate(count=Count("pk"))
    return [(rule, count) for rule, _error, count in rows.order_by("-is_error", "-count", "rule")]


def by_pupil(own: Return) -> QuerySet[Any, Any]:
    """The pupils with findings, the most first: upn, name, record, count."""
    rows = Found.objects.filter(of=own, record__gt=0).values("record", "upn", "name")
    return rows.annotate(count=Count("pk")).order_by("-count", "record")


def last_live(own: Return, one: Collection) -> Return | None:
    """The school's live return of the collection before, if it was submitted."""
    earlier = before(one)
    rows = Return.objects.filter(
        school=own.school_id, key=earlier.key, year=earlier.year, area=Area.LIVE, state__in=SENT
    )
    return rows.first()


def offered(own: Return) -> list[tuple[Found, str]]:
    """Queries without an explanation that were explained for an earlier live return, with what was said.

    The same query is the same rule about the same pupil, or about the whole return. The newest counts.
    """
    waiting = list(Found.objects.filter(of=own, is_error=False, note=""))
    said = Found.objects.filter(
        of__school=own.school_id,
        of__area=Area.LIVE,
        of__state__in=SENT,
        rule__in={one.rule for one in waiting},
    ).exclude(of=own)
    known = {
        (one.rule, one.upn): one.note for one in said.exclude(note="").order_by("of__changed_at", "note_at")
    }
    return [(one, known[one.rule, one.upn]) for one in waiting if (one.rule, one.upn) in known]


def events_of(own: Return) -> list[Event]:
    """What happened to a return, in order."""
    return list(Event.objects.filter(of=own).select_related("by").order_by("at", "pk"))


@dataclass(frozen=True)
class Standing:
    """Where a school stands with a collection."""

    school: Establishment
    own: Return | None
    chased: int = 0

    @property
    def state(self) -> str:
        return self.own.state if self.own else State.NONE

    @property
    def submitted(self) -> bool:
        return self.state in SENT


def standing(holder: Holder, one: Collection) -> list[Standing]:
    """Every open school with users, by name, and its live return; nothing for others than officers."""
    if not rules.handles(holder):
        return []
    rows = all_returns(holder).filter(key=one.key, year=one.year)
    chases = Count("events", filter=Q(events__act="chase"))
    own = {each.school_id: each for each in rows.annotate(chases=chases)}
    places = SchoolPlace.objects.filter(membership__ended_at=None).values("school")
    schools = Establishment.objects.filter(Q(pk__in=places) | Q(pk__in=own), closed_on=None)
    return [
        Standing(school, own.get(school.pk), getattr(own.get(school.pk), "chases", 0))
        for school in schools.order_by("name", "pk")
    ]


def waiting_count(holder: Holder) -> int:
    """How many returns their headteachers approved and nobody of the council has dealt with."""
    return all_returns(holder).filter(state=State.APPROVED).count()


def senders_of(school_ids: Several[int]) -> dict[int, list[User]]:
    """School → who sends its returns and can sign in."""
    found: dict[int, list[User]] = {}
    wanted = sorted(school_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = SchoolPlace.objects.filter(
            school__in=wanted[start : start + _AT_ONCE],
            membership__ended_at=None,
            membership__locked_at=None,
            user__state=User.State.ACTIVE,
        )
        for place in rows.select_related("user").order_by("pk"):
            if rules.sends(place):
                found.setdefault(place.school_id, []).append(place.user)
    return found


def heads_of(school_id: int, *, today: date) -> list[User]:
    """Who approves a school's returns: its headteachers and whoever answers for that duty."""
    rows = SchoolPlace.objects.filter(
        school=school_id,
        kind=SchoolPlace.Kind.HEADTEACHER,
        membership__ended_at=None,
        membership__locked_at=None,
    )
    places = [*rows.order_by("pk"), *school_queries.answering(school_id, Duty.Key.HEADTEACHER, on=today)]
    return list({one.user_id: one.user for one in places}.values())


def upload_with(pk: int) -> Upload | None:
    """The file ``pk``, unless another took its place."""
    return Upload.objects.filter(pk=pk).first()


def return_of(upload: Upload) -> Return | None:
    """The return whose last file this is."""
    return Return.objects.select_related("school").filter(upload=upload).first()
