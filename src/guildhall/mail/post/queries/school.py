"""The post of a whole school for its supervisors, and what the school did with an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries as responsibilities

from ..asked import Asked
from ..models import Done, Mark, Posting, ReturnedFile, Target
from ..reach import groups_of, of_school, reach_of
from .own import Asking, SchoolState, listed


@dataclass(frozen=True)
class SchoolItem(Asking):
    """An item of the school's post.

    ``mark`` is that of the member of staff who was asked for. ``readers``: how many of the school have read
    it; ``led``: whether one of its responsibilities has a Lead Contact. ``recorded``: opening it is recorded,
    because the supervisor would not see it by a responsibility.
    """

    posting: Posting
    mark: Mark | None
    readers: int
    led: bool
    done: bool
    returned: str
    recorded: bool


class SchoolListing(Sequence[SchoolItem]):
    """The school's post, or what one member of staff has of it: read a page at a time by ``page_of``."""

    def __init__(self, place: SchoolPlace, of: SchoolPlace | None, rows: QuerySet[Posting]) -> None:
        self._place, self._of, self._rows = place, of, rows

    def __len__(self) -> int:
        return self._rows.count()

    def __getitem__(self, some: Any) -> Any:
        if not isinstance(some, slice):
            return self[some : some + 1][0]
        return _school_items(self._place, self._of, list(self._rows[some]))


def school_post(
    holder: Holder, school_id: int, *, asked: Asked, of: SchoolPlace | None = None, now: datetime
) -> Sequence[SchoolItem]:
    """All the school's post, or that ``of`` one member of staff, for a supervisor of the school.

    What is read, unread or archived is so for that member of staff, or for the supervisor.
    """
    place = own_place(holder, school_id)
    if place is None or school_id not in holder.supervised or (of and of.school_id != school_id):
        return []
    rows = listed(reach_of(of) if of else of_school(place), asked, now=now)
    return SchoolListing(place, of, rows.order_by(*asked.order))


def own_place(holder: Holder, school_id: int) -> SchoolPlace | None:
    """Where ``holder`` works at the school."""
    carried: SchoolPlace | None = holder.carried.get(school_id)
    if carried is not None:
        return carried
    rows = SchoolPlace.objects.select_related("school", "membership", "user").filter(
        school_id=school_id, user=holder.user_id, membership__ended_at=None, membership__locked_at=None
    )
    return rows.first()


def _school_items(place: SchoolPlace, of: SchoolPlace | None, rows: list[Posting]) -> list[SchoolItem]:
    school_id, ids = place.school_id, [posting.pk for posting in rows]
    state = SchoolState.of(school_id, ids)
    marks = Mark.objects.filter(posting__in=ids, place__school=school_id)
    readers = dict(marks.values_list("posting_id").annotate(count=Count("pk")))
    theirs = {mark.posting_id: mark for mark in marks.filter(place=of)} if of else {}
    led = set(led_among(place, ids))
    own = set(reach_of(place).postings().filter(pk__in=ids).values_list("pk", flat=True))
    return [
        SchoolItem(
            posting,
            mark=theirs.get(posting.pk),
            readers=readers.get(posting.pk, 0),
            led=posting.pk in led,
            done=posting.pk in state.done,
            returned=state.returned.get(posting.pk, ""),
            recorded=posting.confidential and posting.pk not in own,
        )
        for posting in rows
    ]


def led_among(place: SchoolPlace, ids: list[int]) -> set[int]:
    """Which of these postings have a Lead Contact at the school of ``place``."""
    leads = responsibilities.lead_counts(place.school_id)
    rows = Target.objects.filter(
        posting__in=ids, group__in=groups_of(place.school), responsibility__in=list(leads)
    )
    return set(rows.values_list("posting_id", flat=True))


def colleagues(place: SchoolPlace) -> list[SchoolPlace]:
    """Everybody else with an open account at the school, by name: "Member of Staff"."""
    rows = SchoolPlace.objects.filter(
        school_id=place.school_id, membership__ended_at=None, membership__locked_at=None
    )
    rows = rows.exclude(pk=place.pk).select_related("user", "school", "membership", "job_title")
    return list(rows.order_by("surname", "forename", "pk"))


def could_see(place: SchoolPlace, posting: Posting) -> bool:
    """Whether the person of ``place`` sees the item, whoever shows it to them."""
    return reach_of(place).postings().filter(pk=posting.pk).exists()


def returned_files(place: SchoolPlace, posting: Posting) -> list[ReturnedFile]:
    """What the school returned from an item, the newest first."""
    rows = ReturnedFile.objects.filter(posting=posting, school=place.school_id)
    return list(rows.select_related("file", "place").order_by("-at", "-pk"))


def returned_file(place: SchoolPlace, returned_id: UUID) -> ReturnedFile | None:
    """A file that the school returned from an item that reaches them, or that they themselves returned."""
    rows = ReturnedFile.objects.filter(pk=returned_id, school=place.school_id)
    found = rows.select_related("file", "posting").first()
    if found is None or not (could_see(place, found.posting) or place.is_supervisor):
        return None
    return found


def done_by(place: SchoolPlace, posting: Posting) -> Done | None:
    """Who said for the school that what the item asks is done."""
    return Done.objects.filter(posting=posting, school=place.school_id).select_related("place").first()
