"""Reading plans and their reviews, starting from who asks."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.accounts.models import User
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.people.responsibilities.models import Assignment

from . import rules
from .models import Loading, Plan, Report, Review

HELD_BY = "annual-review"
State = Review.State
LATE = ("late-report", "late-decision")
SORTS: dict[str, tuple[Any, ...]] = {
    "name": (Lower("surname"), Lower("forename")),
    "upn": (F("upn"), Lower("surname")),
    "school": (Lower("school__name"), Lower("surname")),
    "last": (F("last_on"), Lower("surname")),
    "due": (F("due_on"), Lower("surname")),
    "meeting": (F("meeting_on"), Lower("surname")),
    "status": (F("status"), F("due_on"), Lower("surname")),
}


def keeps(holder: Holder, school_id: int) -> bool:
    """Whether ``holder`` keeps the reviews of a school: by a responsibility there, or as its supervisor."""
    if school_id not in holder.schools:
        return False
    return school_id in holder.supervised or responsibilities.opens(holder, school_id, rules.SYSTEM)


def plans_at(holder: Holder, school_id: int) -> QuerySet[Plan]:
    """The pupils with a plan at a school, ended ones too, for whoever keeps its reviews."""
    rows = _plans() if keeps(holder, school_id) else Plan.objects.none()
    return rows.filter(school_id=school_id)


def plans_everywhere(holder: Holder) -> QuerySet[Plan]:
    """The same of every school, for the authority's team."""
    return _plans() if rules.works_for(holder) else Plan.objects.none()


def _plans() -> QuerySet[Plan]:
    return Plan.objects.select_related("school", "mention", "ended_by")


def _open_review(column: str) -> Subquery:
    rows = Review.objects.filter(plan=OuterRef("pk"), state__in=Review.OPEN)
    return Subquery(rows.values(column)[:1])


def listed(plans: QuerySet[Plan], *, today: date) -> QuerySet[Any]:
    """``plans`` that have not ended, each with ``status`` (rules.status), ``review`` (the open one),
    its ``meeting_on`` and ``late``: "late-report", "late-decision" or "".
    """
    rows = plans.filter(ended_at=None).annotate(
        open_state=_open_review("state"), meeting_on=_open_review("meeting_on"), review=_open_review("pk")
    )
    return rows.annotate(
        status=Case(
            When(open_state__in=[State.HELD, State.SENT], then=F("open_state")),
            When(due_on__lt=today, then=Value("overdue")),
            When(open_state=State.PLANNED, then=Value("planned")),
            When(due_on__lte=today + rules.AHEAD, then=Value("due")),
            default=Value("later"),
            output_field=CharField(),
        ),
        late=Case(
            When(open_state=State.HELD, meeting_on__lt=today - rules.REPORT, then=Value(LATE[0])),
            When(open_state=State.SENT, meeting_on__lt=today - rules.DECISION, then=Value(LATE[1])),
            default=Value(""),
            output_field=CharField(),
        ),
    )


def counts(rows: QuerySet[Any]) -> dict[str, int]:
    """How many of ``listed`` rows are in each of rules.STATES, are late, and are there at all."""
    each = {state: Count("pk", filter=Q(status=state)) for state in rules.STATES}
    late = {one.replace("-", "_"): Count("pk", filter=Q(late=one)) for one in LATE}
    return dict(rows.order_by().aggregate(**each, **late, all=Count("pk")))


def narrowed(rows: QuerySet[Any], *, status: str = "", words: str = "") -> QuerySet[Any]:
    """Those of ``listed`` rows in one of rules.STATES or LATE whose name, UPN or school says every word."""
    if status in rules.STATES:
        rows = rows.filter(status=status)
    if status in LATE:
        rows = rows.filter(late=status)
    for word in fold_name(words).split():
        rows = rows.filter(Q(sought__contains=word) | Q(school__name__icontains=word))
    return rows


def ordered(rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    """Sorted by a key of SORTS, with "-" before it for the other way round."""
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    way = first.desc if sort.startswith("-") else first.asc
    return rows.order_by(way(nulls_last=True), *(one.asc() for one in rest), "pk")


def ended(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Those of ``plans`` that are no longer reviewed, the newest first."""
    return plans.exclude(ended_at=None).order_by("-ended_at", "-pk")


def _reviews() -> QuerySet[Review]:
    return Review.objects.select_related(
        "plan__school", "plan__mention", "planned_by", "saved_by", "decided_by"
    )


def review_at(holder: Holder, school_id: int, pk: int) -> Review | None:
    """A review of a pupil of the school, for whoever keeps its reviews."""
    if not keeps(holder, school_id):
        return None
    return _reviews().filter(plan__school_id=school_id, pk=pk).first()


def review_for_team(holder: Holder, pk: int) -> Review | None:
    """A review that was sent, for the authority's team."""
    if not rules.works_for(holder):
        return None
    return _reviews().filter(pk=pk, sent_at__isnull=False).first()


def reviews_of(plan: Plan) -> list[Review]:
    """Every review of a pupil, the newest first; cancelled ones are left out."""
    return list(_reviews().filter(plan=plan).exclude(state=State.CANCELLED).order_by("-meeting_on", "-pk"))


def open_review(plan: Plan) -> Review | None:
    """The review that is going on."""
    return _reviews().filter(plan=plan, state__in=Review.OPEN).first()


def sent_of(review: Review) -> QuerySet[Report]:
    """Everything that was sent of a review, with what a page of it says."""
    return review.reports.select_related("sent_by", "review__plan__mention", "review__decided_by")


def reports_of(review: Review) -> list[Report]:
    """What was sent of a review, the newest version first."""
    return list(review.reports.select_related("sent_by").order_by("-number"))


def files_of(review: Review) -> list[StoredFile]:
    """The documents of a review in the order in which they came."""
    return files.held_by(HELD_BY, review.pk)


def file_of(review: Review, file_id: UUID) -> StoredFile | None:
    """One of its documents."""
    return files.files_of(HELD_BY, review.pk).filter(pk=file_id).first()


def sealed_files(review: Review) -> set[str]:
    """The ids of the documents that a report of the review holds, so that they may not be removed."""
    return {one["id"] for files in review.reports.values_list("files", flat=True) for one in files}


def report_file(report: Report, file_id: UUID) -> StoredFile | None:
    """A document that was sent with ``report``."""
    if not any(one["id"] == str(file_id) for one in report.files):
        return None
    return file_of(report.review, file_id)


def loading_of(holder: Holder, school_id: int, pk: int) -> Loading | None:
    """What ``holder`` read from a spreadsheet for a school whose reviews they keep."""
    if not keeps(holder, school_id):
        return None
    return Loading.objects.filter(by=holder.user_id, school=school_id, pk=pk).first()


def due_at(holder: Holder, school_id: int, *, today: date) -> QuerySet[Any]:
    """Whose review is due or overdue with no meeting planned, for whoever keeps the school's reviews."""
    rows = listed(plans_at(holder, school_id), today=today)
    return ordered(rows.filter(open_state=None, due_on__lte=today + rules.AHEAD), "due")


def reports_late_at(holder: Holder, school_id: int, *, today: date) -> QuerySet[Any]:
    """Whose report is due to the authority within days, or late."""
    rows = listed(plans_at(holder, school_id), today=today)
    soon = today - rules.REPORT + timedelta(days=4)
    return ordered(rows.filter(open_state=State.HELD, meeting_on__lt=soon), "meeting")


def decided_at(holder: Holder, school_id: int, *, since: date) -> QuerySet[Review]:
    """The reviews of a school that the authority decided since a day, the newest first."""
    if not keeps(holder, school_id):
        return Review.objects.none()
    rows = _reviews().filter(plan__school_id=school_id, state=State.DECIDED, decided_at__date__gte=since)
    return rows.order_by("-decided_at", "-pk")


def untold(*, today: date) -> QuerySet[Any]:
    """Whose review is due within eight weeks, has no meeting, and was not told of for this date."""
    rows = listed(Plan.objects.all(), today=today).filter(open_state=None, due_on__lte=today + rules.AHEAD)
    return rows.filter(Q(told_on=None) | ~Q(told_on=F("due_on"))).order_by("school_id", "pk")


def keepers_of(school_ids: Iterable[int]) -> dict[int, list[SchoolPlace]]:
    """School → the people whose responsibility opens its reviews; its supervisors where nobody's does."""
    wanted = set(school_ids)
    rows = Assignment.objects.filter(
        place__school_id__in=wanted,
        place__membership__ended_at=None,
        place__membership__locked_at=None,
        place__user__state=User.State.ACTIVE,
        responsibility__retired_at=None,
    ).select_related("place__user", "responsibility")
    found: dict[int, dict[int, SchoolPlace]] = {}
    for row in rows.order_by("place_id"):
        if rules.SYSTEM in row.responsibility.systems:
            found.setdefault(row.place.school_id, {})[row.place_id] = row.place
    keepers = {school: list(places.values()) for school, places in found.items()}
    for school in wanted - keepers.keys():
        keepers[school] = [
            one for one in school_queries.supervisors_of(school) if one.membership.locked_at is None
        ]
    return keepers


def counts_for(holder: Holder, *, today: date) -> dict[str, int]:
    """What the authority's team sees of every school, counted; nothing for others."""
    if not rules.works_for(holder):
        return {}
    return counts(listed(plans_everywhere(holder), today=today))
