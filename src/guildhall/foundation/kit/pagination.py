"""Long lists: one page of them at a time, and sorting, both kept in the address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

Item = TypeVar("Item")

SIZES = (10, 20, 50, 100)


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list. ``number`` and ``count`` are pages from 1; ``total`` and ``size`` are items.

    ``query`` is the address's query, so that links to other pages keep filters and sorting.
    """

    items: Sequence[Item]
    number: int
    count: int
    total: int
    size: int
    query: QueryDict = field(default_factory=QueryDict, compare=False)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def first(self) -> int:
        """Which item of the whole list this page starts with, from 1; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.items)

    @property
    def shown(self) -> list[int | None]:
        """The numbers to link to: the ends and the neighbours, None for a gap."""
        near = {1, self.count, *range(self.number - 1, self.number + 2)}
        wanted = sorted(number for number in near if 1 <= number <= self.count)
        shown: list[int | None] = []
        for number in wanted:
            if shown and shown[-1] is not None and number > shown[-1] + 1:
                shown.append(number - 1 if number == shown[-1] + 2 else None)
            shown.append(number)
        return shown

    def link(self, number: int) -> str:
        """The address of page ``number``, with everything else in it kept."""
        return _with(self.query, page=str(number))


def page_of(
    items: "QuerySet[Any, Item] | Sequence[Item]", request: HttpRequest, size: int = 20
) -> Page[Item]:
    """The page of ``items`` that the request asks for with ?page= and, where it is one of SIZES, ?size=.

    A page number that is no number or too large gives the nearest page there is, never an error.
    Two queries for a queryset: the count and the page.
    """
    size = _number(request.GET.get("size"), among=SIZES) or size
    total = items.count() if isinstance(items, QuerySet) else len(items)
    count = max(1, -(-total // size))
    number = min(max(_number(request.GET.get("page")) or 1, 1), count)
    start = (number - 1) * size
    return Page(list(items[start : start + size]), number, count, total, size, request.GET)


@dataclass(frozen=True)
class Sorting:
    """How a list is sorted: ?sort=key, or ?sort=-key for descending."""

    current: str
    query: QueryDict = field(default_factory=QueryDict, compare=False)

    def way(self, key: str) -> str:
        """ "ascending", "descending", or empty when the list is sorted by something else."""
        return {key: "ascending", f"-{key}": "descending"}.get(self.current, "")

    def link(self, key: str) -> str:
        """The address that sorts by ``key``, the other way round if it is sorted by it already."""
        return _with(self.query, without=("page",), sort=f"-{key}" if self.current == key else key)


def sorting_of(request: HttpRequest, *, among: Sequence[str], default: str) -> Sorting:
    """The sorting a request asks for, ``default`` when it asks for none of ``among``."""
    asked = request.GET.get("sort", "")
    return Sorting(asked if asked.removeprefix("-") in among else default, request.GET)


def _number(text: str | None, among: Sequence[int] = ()) -> int:
    """``text`` as a number; 0 when it is none, or none of ``among``."""
    number = int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0
    return number if not among or number in among else 0


def _with(query: QueryDict, without: tuple[str, ...] = (), **changes: str) -> str:
    changed = query.copy()
    for name in without:
        changed.pop(name, None)
    for name, value in changes.items():
        changed[name] = value
    return f"?{changed.urlencode()}"
