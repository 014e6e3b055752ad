"""What somebody asks of a list of post: which part of it, what to look for, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least, Lower

from guildhall.foundation.kit.typed import number, one_line
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities.rules import Sensitivity

from .models import Done, Mark, Posting, ReturnedFile

VIEWS = ("inbox", "unread", "archived", "all", "old")
SORTS = ("received", "title", "due", "level")
MOST_WORDS, LONGEST = 5, 100
COUNTING = (ReturnedFile.State.RETURNED, ReturnedFile.State.ACCEPTED)
_DUE = Least(Coalesce("act_by", "file_by"), Coalesce("file_by", "act_by"))
_LEVEL = Case(*[When(sensitivity=level, then=Value(place)) for place, level in enumerate(Sensitivity)])


@dataclass(frozen=True)
class Asked:
    """A part of the post: a view of VIEWS, a responsibility, a level, words, or only what is to be done.

    The inbox is what is not archived; old is what has been unread for more than seven days. ``words`` are
    looked for in titles, bodies and numbers. ``sort`` is one of SORTS, with "-" before it for descending.
    """

    view: str = "inbox"
    responsibility: int | None = None
    sensitivity: str = ""
    words: str = ""
    to_do: bool = False
    sort: str = "-received"

    @classmethod
    def read(cls, query: Mapping[str, str], *, view: str = "inbox") -> "Asked":
        """What an address asks: ?view= &responsibility= &sensitivity= &q= &to_do=yes &sort=.

        What is odd is dropped; ``view`` is the one of an address without any.
        """
        asked, level, sort = (query.get(name, "") for name in ("view", "sensitivity", "sort"))
        responsibility = number(query.get("responsibility"))
        return cls(
            view=asked if asked in VIEWS else view,
            responsibility=responsibility if responsibility >= 0 else None,
            sensitivity=level if level in Sensitivity.values else "",
            words=one_line(query.get("q"))[:LONGEST],
            to_do=query.get("to_do") == "yes",
            sort=sort if sort.removeprefix("-") in SORTS else "-received",
        )

    @property
    def order(self) -> list[Any]:
        """How the list is ordered."""
        down, key = self.sort.startswith("-"), self.sort.removeprefix("-")
        if key == "received":
            return ["-published_at", "-pk"] if down else ["published_at", "pk"]
        column = {"title": Lower("title_en"), "due": _DUE, "level": _LEVEL}[key]
        ordered = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
        return [ordered, "-published_at", "-pk"]


def narrowed(rows: QuerySet[Posting], asked: Asked, place: SchoolPlace) -> QuerySet[Posting]:
    """Of these postings, those that ``asked`` wants, as the person of ``place`` has marked them."""
    marks = Mark.objects.filter(place=place, posting=OuterRef("pk"))
    unread, archived = ~Exists(marks), Exists(marks.filter(archived_at__isnull=False))
    views = {"inbox": ~archived, "unread": unread, "archived": archived, "all": Q(), "old": unread}
    rows = rows.filter(views[asked.view])
    if asked.sensitivity:
        rows = rows.filter(sensitivity=asked.sensitivity)
    if asked.responsibility is not None:
        rows = rows.filter(responsibilities=asked.responsibility)
    for word in asked.words.split()[:MOST_WORDS]:
        rows = rows.filter(having(word))
    return rows.filter(waiting(place.school_id)) if asked.to_do else rows


def having(word: str) -> Q:
    """Whether a posting has the word, in either language or as its number."""
    found = Q(number__icontains=word)
    for field in ("title_en", "title_cy", "body_en", "body_cy"):
        found |= Q(**{f"{field}__icontains": word})
    return found


def waiting(school_id: int) -> Q:
    """Whether a posting still asks something of a school: its action, or a file."""
    return acts(school_id) | files(school_id)


def acts(school_id: int) -> Q:
    """Whether what a posting asks is still to be done by the school."""
    done = Done.objects.filter(posting=OuterRef("pk"), school=school_id)
    return ~Q(action_en="") & Q(~Exists(done))


def files(school_id: int) -> Q:
    """Whether a school still has to return a file."""
    returned = ReturnedFile.objects.filter(posting=OuterRef("pk"), school=school_id, state__in=COUNTING)
    return Q(wants_file=True) & Q(~Exists(returned))


def earliest(*days: date | None) -> date | None:
    """The first of some days, if there is one."""
    return min((day for day in days if day), default=None)
