"""The groups of cases that schools raise, in the order of the page, and how their references begin."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CaseGroup:
    """``key``: the destination of its forms. ``order``: codes of its case types; others come after them."""

    key: str
    prefix: str
    order: tuple[str, ...]


GROUPS: dict[str, CaseGroup] = {
    group.key: group
    for group in (
        CaseGroup("school-send", "EDU-SENED", ("BERA", "REF", "PIR", "PTT", "ADF", "STP")),
        CaseGroup("school-changes", "EDU-SCHCH", ("SCL", "PSC", "EWS")),
        CaseGroup("school-early-years", "EDU-EARLY", ("EYC", "CPP", "SEE")),
    )
}
# Case types whose form says when the council looks again, and the question that says it (SC-103).
REVIEWS = {"PTT": "TIMETABLE_REVIEW"}


@dataclass(frozen=True)
class Confirmed:
    """A case type that begins with what the school sent last and is confirmed each term (SC-104).

    ``term``, ``address``: codes of the questions that name the term, and where the school is. ``anew``: what
    is asked again each time.
    """

    term: str
    address: str
    anew: frozenset[str]


CONFIRMED = {
    "CPP": Confirmed(
        "PROFILE_TERM",
        "PROVIDER_ADDRESS",
        frozenset(
            {"PROFILE_TERM", "PROFILE_CHANGED", "PROFILE_PUBLIC", "PLACES_FREE", "WAITING_LIST", "vacancies"}
        ),
    )
}
FIRST = 1001
"""The first number of the sequence."""
