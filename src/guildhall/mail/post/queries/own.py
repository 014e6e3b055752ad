"""One person's post at their school."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.files.queries import FileLine
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities.models import Responsibility

from ..asked import COUNTING, Asked, earliest, narrowed, waiting
from ..models import Done, Mark, Posting, Redirect, ReturnedFile, Target, Watermark
from ..reach import Reach, of_school, reach_of
from ..rules import OLD_AFTER

ATTACHED = "posting"  # what keeps an attachment: ("posting", pk)


class Asking:
    """What an item still asks of the school."""

    posting: Posting
    done: bool
    returned: str

    @property
    def act_waits(self) -> bool:
        """Whether what it asks is still to be done by the school."""
        return self.posting.asks_action and not self.done

    @property
    def file_waits(self) -> bool:
        """Whether the school still has to return a file."""
        return self.posting.wants_file and self.returned not in COUNTING

    @property
    def waits(self) -> bool:
        return self.act_waits or self.file_waits

    @property
    def due(self) -> date | None:
        """The first day by which something that still waits is to be done."""
        return earliest(
            self.posting.act_by if self.act_waits else None, self.posting.file_by if self.file_waits else None
        )

    def late(self, today: date) -> bool:
        """Whether the day for what still waits is over."""
        return self.due is not None and self.due < today


@dataclass(frozen=True)
class Item(Asking):
    """An item of post as one person has it.

    ``reached_at``: when it first came to them. ``through`` are the responsibilities by which it did;
    ``lead``: whether they are Lead Contact of one. ``returned``: the state of what the school returned.
    """

    posting: Posting
    mark: Mark | None
    reached_at: datetime
    through: list[Responsibility] = field(default_factory=list)
    lead: bool = False
    redirect: Redirect | None = None
    done: bool = False
    returned: str = ""
    as_supervisor: bool = False

    @property
    def unread(self) -> bool:
        return self.mark is None

    @property
    def archived(self) -> bool:
        return self.mark is not None and self.mark.archived_at is not None

    @property
    def corrected_since(self) -> bool:
        """Whether it was corrected after they read it last."""
        at = self.posting.corrected_at
        return self.mark is not None and at is not None and at > self.mark.seen_at

    @property
    def withdrawn(self) -> bool:
        return self.posting.state == Posting.State.WITHDRAWN


class Listing(Sequence[Item]):
    """One person's part of the post: ``page_of`` counts it and reads a page of it at a time."""

    def __init__(self, reach: Reach, rows: QuerySet[Posting]) -> None:
        self._reach, self._rows = reach, rows

    def __len__(self) -> int:
        return self._rows.count()

    def __getitem__(self, some: Any) -> Any:
        if not isinstance(some, slice):
            return self[some : some + 1][0]
        return items_of(self._reach, list(self._rows[some]))


@dataclass(frozen=True)
class Counts:
    """How many items somebody has not read, and how many still ask something of their school."""

    unread: int
    to_do: int


def inbox(place: SchoolPlace, *, asked: Asked = Asked(), now: datetime) -> Listing:
    """The part of their post that somebody asks for."""
    reach = reach_of(place)
    return Listing(reach, listed(reach, asked, now=now).order_by(*asked.order))


def neighbours(place: SchoolPlace, pk: int, *, asked: Asked, now: datetime) -> tuple[int | None, int | None]:
    """The ids of the next newer and the next older item beside one of their post."""
    here = Posting.objects.filter(pk=pk, published_at__isnull=False).first()
    if here is None:
        return None, None
    at = here.published_at
    rows = listed(reach_of(place), asked, now=now).values_list("pk", flat=True)
    newer = rows.filter(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk))
    older = rows.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    return newer.order_by("published_at", "pk").first(), older.order_by("-published_at", "-pk").first()


def counts(place: SchoolPlace) -> Counts:
    """How much of their post waits for somebody."""
    reach = reach_of(place)
    return Counts(unread(reach).count(), reach.postings().filter(waiting(place.school_id)).count())


def unread_count(place: SchoolPlace) -> int:
    """How many items somebody has not read."""
    return unread(reach_of(place)).count()


def item(place: SchoolPlace, pk: int) -> Item | None:
    """One item, if it reaches them, or one of their school's if they supervise it.

    A withdrawn one is there only for those who had read it.
    """
    reach = reach_of(place)
    if found := items_of(reach, list(reach.postings().filter(pk=pk))):
        return found[0]
    posting = of_school(place).postings().filter(pk=pk).first()
    if posting is not None:
        return _as_supervisor(place, posting)
    return _withdrawn(place, pk) if reach.working else None


def _as_supervisor(place: SchoolPlace, posting: Posting) -> Item:
    state = SchoolState.of(place.school_id, [posting.pk])
    return Item(
        posting,
        mark=None,
        reached_at=published(posting),
        done=posting.pk in state.done,
        returned=state.returned.get(posting.pk, ""),
        as_supervisor=True,
    )


def _withdrawn(place: SchoolPlace, pk: int) -> Item | None:
    rows = Mark.objects.filter(place=place, posting=pk, posting__state=Posting.State.WITHDRAWN)
    mark = rows.select_related("posting").first()
    return Item(mark.posting, mark, published(mark.posting)) if mark else None


def attachments(item: Item) -> list[FileLine]:
    """The files of an item, with what their check found; none of one that was withdrawn."""
    return [] if item.withdrawn else files.lines_of(attached_to(item.posting))


def attached_to(posting: Posting) -> list[StoredFile]:
    """The files of a posting, without those that a correction took off."""
    return [file for file in files.held_by(ATTACHED, posting.pk) if str(file.pk) not in posting.files_off]


def attachment(place: SchoolPlace, pk: int, file_id: UUID) -> StoredFile | None:
    """A file of an item that reaches them."""
    found = item(place, pk)
    if found is None or found.withdrawn:
        return None
    return next((file for file in attached_to(found.posting) if file.pk == file_id), None)


def listed(reach: Reach, asked: Asked, *, now: datetime) -> QuerySet[Posting]:
    """What ``asked`` wants of what they see."""
    if asked.view == "unread":
        rows = unread(reach)
    elif asked.view == "old":
        rows = reach.postings(held_before=now - OLD_AFTER)
    else:
        rows = reach.postings()
    return narrowed(rows, asked, reach.place)


def unread(reach: Reach) -> QuerySet[Posting]:
    """What they have not read; looked for from where on they have not read everything."""
    marks = Watermark.objects.filter(place=reach.place, reach=reach.digest)
    rows = reach.postings(since=marks.values_list("until", flat=True).first())
    return narrowed(rows, Asked(view="unread"), reach.place)


def items_of(reach: Reach, postings: list[Posting]) -> list[Item]:
    """These postings as the person has them. The same few queries however many they are."""
    if not postings:
        return []
    ids = [posting.pk for posting in postings]
    here: dict[str, Any] = {"posting__in": ids}
    marks = {mark.posting_id: mark for mark in Mark.objects.filter(place=reach.place, **here)}
    redirects = {row.posting_id: row for row in reach.redirects().filter(**here).select_related("by")}
    targets: dict[int, list[Target]] = {pk: [] for pk in ids}
    for target in reach.targets().filter(**here).select_related("responsibility"):
        targets[target.posting_id].append(target)
    state = SchoolState.of(reach.place.school_id, ids)
    return [
        _item(
            reach,
            posting,
            targets[posting.pk],
            mark=marks.get(posting.pk),
            redirect=redirects.get(posting.pk),
            state=state,
        )
        for posting in postings
    ]


@dataclass(frozen=True)
class SchoolState:
    """What a school did with some postings: those that are done, and the state of what it returned."""

    done: frozenset[int]
    returned: dict[int, str]

    @classmethod
    def of(cls, school_id: int, ids: list[int]) -> "SchoolState":
        rows = Done.objects.filter(school=school_id, posting__in=ids)
        files_ = ReturnedFile.objects.filter(school=school_id, posting__in=ids)
        states = files_.exclude(state=ReturnedFile.State.REPLACED).order_by("at")
        done = frozenset(rows.values_list("posting_id", flat=True))
        return cls(done, dict(states.values_list("posting_id", "state")))


def _item(
    reach: Reach,
    posting: Posting,
    targets: list[Target],
    *,
    mark: Mark | None,
    redirect: Redirect | None,
    state: SchoolState,
) -> Item:
    through = {target.responsibility_id: target.responsibility for target in targets}
    return Item(
        posting,
        mark,
        first_reached(reach, posting, through, redirect),
        through=sorted(through.values(), key=lambda one: (one.position, one.pk)),
        lead=bool(reach.leads & through.keys()),
        redirect=redirect,
        done=posting.pk in state.done,
        returned=state.returned.get(posting.pk, ""),
    )


def first_reached(
    reach: Reach, posting: Posting, through: Collection[int], redirect: Redirect | None
) -> datetime:
    """When an item first came to somebody: once it was published and they were responsible, or had it."""
    given = [one.given_at for one in reach.held if one.responsibility_id in through]
    began = [*given, redirect.at] if redirect else given
    return max(published(posting), min(began)) if began else published(posting)


def published(posting: Posting) -> datetime:
    """When it was published; for those that were."""
    assert posting.published_at is not None
    return posting.published_at
