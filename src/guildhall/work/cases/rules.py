"""May this be done now? Pure predicates over a case and its mention; they read nothing else."""

from enum import StrEnum

from guildhall.records.linkage.models import Mention

from .models import Case
from .moves import DECISIONS, MOVES, Move


class Matching(StrEnum):
    """How far the child of a case has come through matching (SP-190)."""

    WAITING = "waiting"
    CONFLICTS = "conflicts"
    MATCHED = "matched"
    REJECTED = "rejected"
    NOBODY = "nobody"


# What matching leaves of the decisions (SP-189, SP-190).
AFTER_MATCHING: dict[Matching, frozenset[Move]] = {
    Matching.WAITING: frozenset(),
    Matching.CONFLICTS: frozenset(),
    Matching.MATCHED: frozenset({Move.APPROVE, Move.REJECT, Move.REQUEST}),
    Matching.REJECTED: frozenset({Move.REJECT, Move.REQUEST, Move.RESUBMIT}),
    Matching.NOBODY: frozenset({Move.APPROVE, Move.REJECT, Move.REQUEST}),
}

# Who may pass a form on to whom, when it came to the wrong team (CP-064).
PASSES_TO: dict[str, tuple[str, ...]] = {"safeguarding": ("early-help",), "early-help": ("safeguarding",)}


def matching_of(mention: Mention) -> Matching:
    """How far ``mention`` has come; a child linked with open conflicts is not yet through."""
    if mention.state == Mention.State.REJECTED:
        return Matching.REJECTED
    if mention.state == Mention.State.NOBODY:
        return Matching.NOBODY
    if mention.state == Mention.State.WAITING:
        return Matching.WAITING
    return Matching.CONFLICTS if mention.conflicts_open else Matching.MATCHED


def may_move(case: Case, move: Move) -> bool:
    """Whether the state of ``case`` and, for a decision, the matching of its child allow ``move``."""
    if move not in MOVES[Case.Status(case.status)]:
        return False
    if move == Move.MOVE_TEAM:
        return bool(PASSES_TO.get(case.team))
    return move not in DECISIONS or move in AFTER_MATCHING[matching_of(case.mention)]


def decisions_open(case: Case) -> list[Move]:
    """The decisions that an officer may take on ``case`` now, in the order of the page."""
    return [move for move in DECISIONS if may_move(case, move)]


def asks_about_sharing(case: Case) -> bool:
    """Whether approving ``case`` asks about sharing: only SEND forms have people to share with (SP-192)."""
    return case.team == "send"
