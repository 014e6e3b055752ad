"""Reading a school's actions, starting from who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.typed import number, one_line
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from . import rules
from .models import Action, Step
from .sources import readable_by

Source, Status = Action.Source, Action.Status
Actions = QuerySet[Action]
SORTS = ("title", "source", "owner", "due", "status", "made")
GIVEN_SORTS = ("title", "school", "visited", "due", "status", "by")
STATES = ("", "all", *Status.values)  # "": what is still to do
MOST_WORDS, LONGEST = 5, 100
_RANKS = Case(*[When(status=one, then=Value(rank)) for rank, one in enumerate(Status.values)])


@dataclass(frozen=True)
class Asked:
    """A part of a school's actions. ``mine``: those of who asks; ``owner`` is a person's id, 0 for nobody.

    ``state`` is one of STATES; ``sort`` one of SORTS, with "-" before it for descending.
    """

    mine: bool = True
    state: str = ""
    source: str = ""
    owner: int | None = None
    overdue: bool = False
    words: str = ""
    sort: str = "due"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """What an address asks: ?whose=all &state= &source= &owner= &overdue=yes &q= &sort=; odd goes."""
        mine, state, source, sort = (query.get(one, "") for one in ("whose", "state", "source", "sort"))
        owner = number(query.get("owner"))
        return cls(
            mine=mine != "all",
            state=state if state in STATES else "",
            source=source if source in Source.values else "",
            owner=owner if owner >= 0 and mine == "all" else None,
            overdue=query.get("overdue") == "yes",
            words=one_line(query.get("q"))[:LONGEST],
            sort=sort if sort.removeprefix("-") in SORTS else "due",
        )


@dataclass(frozen=True)
class Counts:
    """How many actions are still to do, and how many of these are overdue: one's own and the school's."""

    mine: int
    mine_late: int
    school: int
    school_late: int


def _at(place: SchoolPlace) -> QuerySet[Any]:
    """A school's actions, each with ``readable``, whether who asks may see its words, and ``gone``, whether
    its owner works at the school no more."""
    rows = Action.objects.filter(school_id=place.school_id)
    here = SchoolPlace.objects.filter(
        school=OuterRef("school"),
        user=OuterRef("owner"),
        membership__ended_at=None,
        membership__locked_at=None,
    )
    rows = rows.select_related("school", "posting", "case", "owner", "made_by", "closed_by")
    return rows.annotate(
        readable=Case(
            When(readable_by(place), then=Value(True)), default=Value(False), output_field=BooleanField()
        ),
        gone=Case(
            When(Q(owner__isnull=False) & ~Exists(here), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    )


def actions_of(place: SchoolPlace, asked: Asked, *, today: date) -> Actions:
    """The part of the school's actions that ``asked`` wants, in its order."""
    rows = _at(place)
    if asked.mine:
        rows = rows.filter(owner=place.user_id)
    elif asked.owner is not None:
        rows = rows.filter(owner=asked.owner or None)
    if asked.overdue or not asked.state:
        rows = rows.filter(status__in=Action.TO_DO)
    if asked.state in Status.values:
        rows = rows.filter(status=asked.state)
    if asked.overdue:
        rows = rows.filter(due_on__lt=today)
    if asked.source:
        rows = rows.filter(source=asked.source)
    sought = fold_name(asked.words).split()[:MOST_WORDS]
    for one in sought:
        rows = rows.filter(sought__contains=one)
    return (rows.filter(readable=True) if asked.words else rows).order_by(*_order(asked.sort))


def _order(sort: str) -> list[Any]:
    down = sort.startswith("-")
    seen = Case(When(readable=True, then=Lower("title")), default=Value(""))
    columns: dict[str, Any] = {
        "title": seen,
        "source": F("source"),
        "owner": Lower("owner__surname"),
        "due": F("due_on"),
        "status": _RANKS,
        "made": F("made_at"),
    }
    column = columns[sort.removeprefix("-")]
    first = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    return [first, "due_on", "pk"]


def counts(place: SchoolPlace, *, today: date) -> Counts:
    """How much is to do, in one query."""
    rows = Action.objects.filter(school_id=place.school_id, status__in=Action.TO_DO)
    mine, late = Q(owner=place.user_id), Q(due_on__lt=today)
    found = rows.aggregate(
        mine=Count("pk", filter=mine),
        mine_late=Count("pk", filter=mine & late),
        school=Count("pk"),
        school_late=Count("pk", filter=late),
    )
    return Counts(**found)


def action(place: SchoolPlace, pk: int) -> Any:
    """An action whose words the person of ``place`` may read, else None."""
    return _at(place).filter(pk=pk, readable=True).first()


def some(place: SchoolPlace, pks: list[int]) -> list[Action]:
    """Those of these actions that the person may read, in the order of their numbers."""
    return list(_at(place).filter(pk__in=pks, readable=True).order_by("pk"))


def steps_of(action: Action) -> QuerySet[Step]:
    """The history of an action with its notes, the newest first."""
    return action.steps.select_related("by").order_by("-at", "-pk")


def about(place: SchoolPlace, **source: Any) -> list[Action]:
    """What the school has still to do about a post item (``posting``) or a case (``case``), soonest first."""
    rows = _at(place).filter(readable=True, status__in=Action.TO_DO, **source)
    return list(rows.order_by("due_on", "pk")[:10])


def owners(place: SchoolPlace) -> list[User]:
    """Whoever owns or owned an action of the school, by name."""
    owning = Action.objects.filter(school_id=place.school_id, owner__isnull=False)
    return list(User.objects.filter(pk__in=owning.values("owner")).order_by("surname", "forename", "pk"))


def late_of(place: SchoolPlace, *, today: date, others: bool = False) -> Actions:
    """The overdue actions of the person, or of ``others`` at the school, the longest overdue first."""
    rows = _at(place).filter(status__in=Action.TO_DO, due_on__lt=today)
    rows = rows.exclude(owner=place.user_id) if others else rows.filter(owner=place.user_id)
    return rows.order_by("due_on", "pk")


def given_to(place: SchoolPlace, *, since: datetime) -> list[Step]:
    """How the person was given, by somebody else, what they still have to do: the last time of each."""
    rows = Step.objects.filter(
        act__in=[Step.Act.MADE, Step.Act.GIVEN], at__gte=since, action__in=_own_to_do(place)
    )
    newest: dict[int, Step] = {}
    for one in rows.select_related("action", "by").order_by("at", "pk"):
        newest[one.action_id] = one
    return [one for one in newest.values() if one.by_id != place.user_id]


def _own_to_do(place: SchoolPlace) -> QuerySet[Any]:
    mine = Action.objects.filter(school_id=place.school_id, owner=place.user_id, status__in=Action.TO_DO)
    return mine.filter(readable_by(place)).values("pk")


def unowned(place: SchoolPlace) -> Actions:
    """What officers gave the school and nobody there has taken yet, the soonest due first."""
    return _at(place).filter(owner=None, status__in=Action.TO_DO).order_by("due_on", "pk")


def given_to_schools(holder: Holder, *, school: int = -1, state: str = "all", words: str = "") -> Actions:
    """The actions that officers gave to schools, for officers; never those that schools made themselves.

    ``school``: only those of one; ``state`` is one of STATES; every word of ``words`` is in the title.
    """
    if not rules.gives_actions(holder):
        return Action.objects.none()
    rows = Action.objects.filter(from_council=True).select_related("school", "made_by", "closed_by")
    if school > 0:
        rows = rows.filter(school=school)
    if state != "all":
        rows = rows.filter(status__in=[state] if state else Action.TO_DO)
    for one in fold_name(words).split()[:MOST_WORDS]:
        rows = rows.filter(sought__contains=one)
    return rows


def sorted_given(rows: Actions, sort: str) -> Actions:
    """In the order of a key of GIVEN_SORTS, with "-" before it for the other way round."""
    columns: dict[str, Any] = {
        "title": Lower("title"),
        "school": Lower("school__name"),
        "visited": F("visited_on"),
        "due": F("due_on"),
        "status": _RANKS,
        "by": Lower("made_by__surname"),
    }
    column = columns[sort.removeprefix("-")]
    return rows.order_by(column.desc() if sort.startswith("-") else column.asc(), "due_on", "pk")
