"""Post as the authority's officers see it: what there is, whom it reaches, and what schools did with it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateTimeField, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.people.organisations.models import Establishment
from guildhall.people.organisations.queries import open_establishments
from guildhall.people.responsibilities.models import Assignment, Level

from ..asked import COUNTING, MOST_WORDS, having
from ..models import Chase, Correction, Done, Mark, Posting, ReturnedFile
from ..rules import OPEN

STATES = ("draft", "scheduled", "published", "corrected", "withdrawn")
PARTS = ("all", "unopened", "waiting", "late")
SORTS = ("name", "opened", "done", "returned", "late")
_CORRECTED = Q(state=Posting.State.PUBLISHED, corrected_at__isnull=False)


@dataclass(frozen=True)
class Reached:
    """Whom a posting would reach now. ``unled``: schools where nobody is Lead Contact for any of it."""

    schools: int
    people: int
    unled: int


@dataclass(frozen=True)
class Summary:
    """What became of a posting: how many schools have it, opened it, did it, returned a file, are late."""

    schools: int
    opened: int
    done: int
    returned: int
    late: int


def postings(holder: Holder, *, state: str = "", words: str = "") -> QuerySet[Posting]:
    """What the authority posts, the newest first; ``state`` is one of STATES."""
    if not holder.may(Permission.PUBLISH_POST):
        return Posting.objects.none()
    rows = Posting.objects.select_related("drafted_by", "published_by").prefetch_related("responsibilities")
    if state in STATES:
        rows = rows.filter(_CORRECTED if state == "corrected" else Q(state=state))
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(having(word))
    return rows.order_by(F("published_at").desc(nulls_first=True), "-drafted_at", "-pk")


def posting(holder: Holder, pk: int) -> Posting | None:
    """One posting, for an officer."""
    return postings(holder).filter(pk=pk).first()


def schools_of(posting: Posting) -> QuerySet[Establishment]:
    """The open schools to which a posting goes."""
    rows = open_establishments()
    if posting.audience == Posting.Audience.PHASES:
        return rows.filter(phase__in=posting.phases)
    if posting.audience == Posting.Audience.SELECTED:
        return rows.filter(pk__in=posting.schools.values("pk"))
    return rows


def readers_of(posting: Posting) -> QuerySet[Assignment]:
    """The responsibilities by which a posting reaches, or would reach, whoever has them now."""
    rows = Assignment.objects.filter(
        responsibility__in=posting.responsibilities.filter(retired_at=None).values("pk"),
        place__school__in=schools_of(posting).values("pk"),
        place__membership__ended_at=None,
        place__membership__locked_at=None,
    )
    return rows if posting.sensitivity in OPEN else rows.filter(level=Level.LEAD)


def leads_of(posting: Posting) -> QuerySet[Assignment]:
    """Those of ``readers_of`` who answer for it as Lead Contacts."""
    return readers_of(posting).filter(level=Level.LEAD)


def reached_by(posting: Posting) -> Reached:
    """Whom a posting would reach if it went now."""
    readers = readers_of(posting)
    led = leads_of(posting).values("place__school")
    return Reached(
        schools=schools_of(posting).count(),
        people=readers.aggregate(people=Count("place", distinct=True))["people"],
        unled=schools_of(posting).exclude(pk__in=led).count(),
    )


def report(
    posting: Posting, *, today: date, part: str = "all", sort: str = "name"
) -> QuerySet[Establishment]:
    """Its schools, each with what it did (``_columns``) and ``is_late``.

    ``part`` is one of PARTS, ``sort`` one of SORTS with "-" before it for descending.
    """
    rows = schools_of(posting).annotate(**_columns(posting))
    late = late_with(posting, today=today)
    rows = rows.annotate(is_late=Case(When(late, then=Value(True)), default=Value(False)))
    rows = rows.filter(
        {
            "unopened": Q(opened_at=None),
            "waiting": still_asked(posting),
            "late": Q(is_late=True),
        }.get(part, Q())
    )
    return rows.order_by(*_order(sort))


def _columns(posting: Posting) -> dict[str, Any]:
    marks = Mark.objects.filter(posting=posting, school=OuterRef("pk")).order_by().values("school")
    done = Done.objects.filter(posting=posting, school=OuterRef("pk"))
    files = ReturnedFile.objects.filter(posting=posting, school=OuterRef("pk"))
    newest = files.exclude(state=ReturnedFile.State.REPLACED).order_by("-at")
    return {
        "opened_at": Subquery(marks.annotate(first=Min("read_at")).values("first"), DateTimeField()),
        "readers": Subquery(marks.annotate(count=Count("pk")).values("count")),
        "done_at": Subquery(done.values("at")[:1]),
        "returned_at": Subquery(newest.values("at")[:1]),
        "returned_state": Subquery(newest.values("state")[:1]),
    }


def _order(sort: str) -> list[Any]:
    key = sort.removeprefix("-")
    names = [Lower("name").desc() if sort == "-name" else Lower("name").asc(), "pk"]
    column = {"opened": "opened_at", "done": "done_at", "returned": "returned_at", "late": "is_late"}.get(key)
    if column is None:
        return names
    ordered = F(column).desc(nulls_last=True) if sort.startswith("-") else F(column).asc(nulls_last=True)
    return [ordered, *names]


_NOT_DONE = Q(done_at=None)
_NOT_RETURNED = Q(returned_state=None) | ~Q(returned_state__in=COUNTING)
_NOTHING = Q(pk=None)


def still_asked(posting: Posting) -> Q:
    """Which schools of a report still have something to do."""
    acts = _NOT_DONE if posting.asks_action else _NOTHING
    return acts | (_NOT_RETURNED if posting.wants_file else _NOTHING)


def late_with(posting: Posting, *, today: date) -> Q:
    """Which schools of a report should have done it before today."""
    if posting.state != Posting.State.PUBLISHED:
        return _NOTHING
    act_over = posting.asks_action and posting.act_by is not None and posting.act_by < today
    file_over = posting.wants_file and posting.file_by is not None and posting.file_by < today
    return (_NOT_DONE if act_over else _NOTHING) | (_NOT_RETURNED if file_over else _NOTHING)


def summary(posting: Posting, *, today: date) -> Summary:
    """What became of a posting, in one statement."""
    rows = report(posting, today=today).order_by()
    found = rows.aggregate(
        schools=Count("pk"),
        opened=Count("opened_at"),
        done=Count("done_at"),
        returned=Count("pk", filter=Q(returned_state__in=COUNTING)),
        late=Count("pk", filter=Q(is_late=True)),
    )
    return Summary(**found)


def returned_to(posting: Posting) -> QuerySet[ReturnedFile]:
    """What schools returned from a posting, what was replaced too: newest first."""
    rows = ReturnedFile.objects.filter(posting=posting).select_related(
        "file", "school", "place", "decided_by"
    )
    return rows.order_by("-at", "-pk")


def returned(holder: Holder, pk: UUID) -> ReturnedFile | None:
    """One file that a school returned, for an officer."""
    if not holder.may(Permission.PUBLISH_POST):
        return None
    rows = ReturnedFile.objects.select_related("posting", "file", "school", "place")
    return rows.filter(pk=pk).first()


def corrections(posting: Posting) -> list[Correction]:
    """How a posting was corrected, the newest first."""
    return list(Correction.objects.filter(posting=posting).select_related("by").order_by("-number"))


def chases_of(posting: Posting) -> list[Chase]:
    """When schools were reminded of a posting, the newest first."""
    return list(Chase.objects.filter(posting=posting).select_related("by").order_by("-at", "-pk")[:20])
