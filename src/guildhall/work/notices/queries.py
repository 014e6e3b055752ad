"""Reading notices: what every school sees, what its owner sees, and what the council sees."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.membership.models import SchoolPlace

from . import rules
from .models import Notice, Report

HELD_BY = "notice"
State = Notice.State
SORTS: dict[str, tuple[Any, ...]] = {
    "new": (F("placed_at"),),
    "ends": (F("ends_on"), F("placed_at")),
    "title": (Lower("title"),),
    "school": (Lower("school__name"), Lower("title")),
}
SHOWS = ("waiting", "reported", "shown", "ended", "refused", "removed")
"""What the council's list can show."""


def moderated() -> bool:
    """Whether an officer looks at every notice before it is shown."""
    return bool(setting("notices.moderated"))


def _notices() -> QuerySet[Notice]:
    return Notice.objects.select_related("school", "picture", "placed_by", "decided_by")


def _sorted(rows: QuerySet[Notice], sort: str) -> QuerySet[Notice]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["new"])
    return rows.order_by(
        *(one.desc() if sort.startswith("-") else one.asc() for one in columns),
        "pk",
    )


def _saying(rows: QuerySet[Notice], words: str) -> QuerySet[Notice]:
    for word in fold_name(words).split():
        rows = rows.filter(sought__contains=word)
    return rows


def on_show(today: date, *, words: str = "", kind: str = "", sort: str = "-new") -> QuerySet[Notice]:
    """What every school sees today, sorted by a key of SORTS with "-" before it for the other way round."""
    rows = _notices().filter(state=State.SHOWN, ends_on__gte=today)
    if kind:
        rows = rows.filter(kind=kind)
    return _sorted(_saying(rows, words), sort)


def own(place: SchoolPlace) -> QuerySet[Notice]:
    """What the person placed for their school, over or not; for its supervisor whatever the school placed."""
    rows = _notices().filter(school_id=place.school_id)
    if not place.is_supervisor:
        rows = rows.filter(placed_by=place.user_id)
    return rows.order_by("-placed_at", "pk")


def seen_from(place: SchoolPlace, today: date) -> QuerySet[Notice]:
    """Every notice that the person may open: what is shown, and what they keep."""
    theirs = Q(school_id=place.school_id)
    if not place.is_supervisor:
        theirs &= Q(placed_by=place.user_id)
    return _notices().filter(Q(state=State.SHOWN, ends_on__gte=today) | theirs)


def open_at(school_id: int, today: date) -> int:
    """How many notices of a school are shown or wait."""
    rows = Notice.objects.filter(school_id=school_id, state__in=[State.SHOWN, State.WAITING])
    return rows.filter(ends_on__gte=today).count()


def for_council(
    holder: Holder, today: date, *, show: str = "waiting", words: str = "", sort: str = "-new"
) -> QuerySet[Notice]:
    """Notices for officers, by one of SHOWS, with ``told``: how many open reports each has."""
    rows = _saying(seen_by(holder), words)
    if show == "reported":
        rows = rows.filter(pk__in=Report.objects.filter(settled_at=None).values("notice"))
    elif show in {"shown", "ended"}:
        over = Q(ends_on__lt=today)
        rows = rows.filter(over if show == "ended" else ~over, state=State.SHOWN)
    else:
        rows = rows.filter(state=show)
    return _sorted(rows, sort)


def seen_by(holder: Holder) -> QuerySet[Notice]:
    """Every notice, for officers."""
    if not rules.moderates(holder):
        return Notice.objects.none()
    unsettled = Count("reports", filter=Q(reports__settled_at=None))
    return _notices().annotate(told=unsettled)


def waiting(holder: Holder) -> int:
    """How many notices wait for an officer, or were reported and nobody has looked."""
    if not rules.moderates(holder):
        return 0
    rows = Notice.objects.filter(Q(state=State.WAITING) | Q(reports__isnull=False, reports__settled_at=None))
    return rows.distinct().count()


def reports_about(notice: Notice) -> QuerySet[Report]:
    """What was told of a notice, the newest first. For officers."""
    return notice.reports.select_related("by", "school", "settled_by").order_by("-at", "-pk")
