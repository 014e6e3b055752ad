"""The terms of early years funding, by which a provider confirms its profile. Pure."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

# Key of each term and the month with whose first day it begins; each ends as the next begins.
_BEGINS = (("spring", 1), ("summer", 4), ("autumn", 9))


@dataclass(frozen=True, order=True)
class Term:
    """A term and the day on which it begins."""

    first_on: date
    key: str

    @property
    def next(self) -> "Term":
        terms = _terms(self.first_on.year)
        return next(later for earlier, later in pairwise(terms) if earlier == self)


def term_of(day: date) -> Term:
    """The term in which ``day`` is."""
    return max(term for term in _terms(day.year) if term.first_on <= day)


def confirmed_term(stated: object, *, sent_on: date) -> Term:
    """The term that a profile sent on a day is for: the next, if it says so, else the one of that day."""
    current = term_of(sent_on)
    return current.next if stated == current.next.key else current


def _terms(year: int) -> list[Term]:
    """Those that begin in ``year``, and the first of the year after."""
    terms = [Term(date(year, month, 1), key) for key, month in _BEGINS]
    return [*terms, Term(date(year + 1, 1, 1), _BEGINS[0][0])]
