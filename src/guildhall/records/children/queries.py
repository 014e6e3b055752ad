"""Finding the authority's records of children, starting from who asks."""

import re
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from rapidfuzz.distance import JaroWinkler

from guildhall.foundation.access.holder import Holder

from .folding import postcode_key, words
from .models import AlsoKey, Child, Restriction
from .rules import may_see_children

# How many records a search ranks, and how many it shows.
MOST_RANKED, MOST_SHOWN = 400, 50
# Below this the words typed are somebody else's name.
ALIKE_ENOUGH = 0.72
_DATES = (
    re.compile(r"\b(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4})\b"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
)
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.IGNORECASE)
_UPN = re.compile(r"\b[a-z]\d{11}[a-z\d]\b", re.IGNORECASE)
# An NHS number, or the number of a learner: both have ten figures.
_TEN_FIGURES = re.compile(r"\b\d{3} ?\d{3} ?\d{4}\b")
_REFERENCE = re.compile(r"\bch(\d{6,12})\b", re.IGNORECASE)


def children_seen_by(holder: Holder) -> QuerySet[Child]:
    """The records that ``holder`` may open; none for people without a permission to read children."""
    if not may_see_children(holder):
        return Child.objects.none()
    return Child.objects.filter(removed_at=None).select_related("updated_by", "establishment")


def search(holder: Holder, words_typed: str) -> list[Child]:
    """Up to MOST_SHOWN records by names, date of birth, postcode, UPN, NHS number, ULN or reference, best
    first.

    Spelling may be off: what is typed is folded, the beginnings of names are enough, and near names rank
    below the same ones. The words can be in any order.
    """
    sought = _Sought(words_typed[:200])
    if not sought.anything:
        return []
    found = _matching(children_seen_by(holder), sought)
    return sorted(found, key=lambda child: (-_likeness(child, sought.names), child.surname_key, child.pk))[
        :MOST_SHOWN
    ]


def use_is_restricted(child: Child) -> bool:
    """Whether the family had the use of the record restricted."""
    return Restriction.objects.filter(child=child, lifted_at=None).exists()


def twins_of(holder: Holder, child: Child) -> list[Child]:
    """Other records born on the same day at the same postcode, so that nobody mistakes one for the other."""
    if not child.born_on or not child.postcode_key:
        return []
    alike = children_seen_by(holder).filter(born_on=child.born_on, postcode_key=child.postcode_key)
    return list(alike.exclude(pk=child.pk).order_by("pk")[:10])


def starts_with(field: str, beginning: str) -> Q:
    """``field`` begins with ``beginning``, as a condition that an index can serve on either database."""
    if connection.vendor == "sqlite" and beginning:
        after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
        return Q(**{f"{field}__gte": beginning, f"{field}__lt": after})
    return Q(**{f"{field}__startswith": beginning})


class _Sought:
    """What somebody typed, taken apart."""

    def __init__(self, typed: str) -> None:
        self.rest = typed
        self.reference = self._take(_REFERENCE)
        self.upn = self._take(_UPN).upper()
        self.born_on = self._take_date()
        self.ten_figures = re.sub(r"\D", "", self._take(_TEN_FIGURES))
        self.postcode = postcode_key(self._take(_POSTCODE))
        self.names = words(self.rest)[:6]

    @property
    def anything(self) -> bool:
        return bool(
            self.reference or self.upn or self.born_on or self.ten_figures or self.postcode or self.names
        )

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.search(self.rest)
        if not match:
            return ""
        self.rest = self.rest[: match.start()] + " " + self.rest[match.end() :]
        return match[match.lastindex or 0]

    def _take_date(self) -> date | None:
        for pattern in _DATES:
            if match := pattern.search(self.rest):
                self.rest = self.rest.replace(match[0], " ")
                try:
                    return date(int(match["year"]), int(match["month"]), int(match["day"]))
                except ValueError:
                    return None
        return None


def _matching(rows: QuerySet[Child], sought: _Sought) -> list[Child]:
    exact = Q()
    if sought.reference:
        exact &= Q(pk=min(int(sought.reference), 2**62))
    if sought.upn:
        # The second half names the rows that the index holds, without which SQLite does not use it.
        exact &= Q(upn=sought.upn) & ~Q(upn="")
    if number := sought.ten_figures:
        exact &= (Q(nhs_number=number) & ~Q(nhs_number="")) | (Q(uln=number) & ~Q(uln=""))
    if sought.born_on:
        exact &= Q(born_on=sought.born_on)
    if sought.postcode:
        exact &= Q(postcode_key=sought.postcode)
    if exact:
        return list(rows.filter(exact)[:MOST_RANKED])
    return _by_names(rows, sought.names)


def _by_names(rows: QuerySet[Child], names: tuple[str, ...]) -> list[Child]:
    """Records whose names begin like every word typed; when those are few, also near ones."""
    pks = _begin(rows, names, letters=40)
    if len(pks) < MOST_SHOWN:
        pks |= _begin(rows, names, letters=2 if len(names) > 1 else 3)
    if len(pks) < MOST_SHOWN and len(names) > 1:
        pks |= {pk for name in names[:3] for pk in _begin(rows, (name,), letters=40)}
    found = rows.filter(pk__in=pks)
    return [child for child in found if _likeness(child, names) >= ALIKE_ENOUGH]


def _begin(rows: QuerySet[Child], names: tuple[str, ...], *, letters: int) -> set[int]:
    condition = Q()
    for name in names[:3]:
        start = name[:letters]
        condition &= starts_with("surname_key", start) | starts_with("forename_key", start) | _also(start)
    return set(rows.filter(condition).values_list("pk", flat=True)[:MOST_RANKED])


def _also(start: str) -> Q:
    keys = AlsoKey.objects.filter(starts_with("value", start), kind__in=["surname", "forename"])
    return Q(pk__in=keys.values("child_id"))


def _likeness(child: Child, names: tuple[str, ...]) -> float:
    """0 to 1: how well the words typed are found among the child's names."""
    if not names:
        return 1.0
    spoken = [word for name in (child.forename, child.midname, child.surname) for word in words(name)]
    spoken += [word for other in child.other_names for name in other.values() for word in words(name)]
    return sum(max((_word_likeness(name, word) for word in spoken), default=0.0) for name in names) / len(
        names
    )


def _word_likeness(typed: str, word: str) -> float:
    if word == typed:
        return 1.0
    return max(0.95 if word.startswith(typed) else 0.0, JaroWinkler.similarity(typed, word))
