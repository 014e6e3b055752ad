"""What a decision needs."""

from .queries import Candidate

# With so many differing fields an officer says a second time that this is the child.
MANY_CONFLICTS = 3


def needs_confirming(candidate: Candidate) -> bool:
    """Is a second look asked for: a veto, or MANY_CONFLICTS fields that say something else?"""
    return (
        bool(candidate.score.vetoes) or sum(each.conflict for each in candidate.differences) >= MANY_CONFLICTS
    )
