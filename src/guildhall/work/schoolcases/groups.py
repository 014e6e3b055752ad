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
FIRST = 1001
"""The first number of the sequence."""
