"""A child as somebody wrote them comes in."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.locks import hold
from guildhall.people.accounts.models import User
from guildhall.records.children import queries as children
from guildhall.records.children.models import Child

from ..differences import conflicts
from ..finding import name_words
from ..identity import Identity, identity_of
from ..models import Decision, Mention
from ..outcomes import is_certain, outcome_of, reasons_to_ask
from ..queries import Candidate, candidates_for, compare
from ..thresholds import in_use
from .settling import settle

log = logging.getLogger(__name__)
State, Verb = Mention.State, Decision.Verb


@dataclass(frozen=True)
class Found:
    """What the scorer said about a child as written. ``child`` is set when a machine may link it."""

    outcome: str
    reasons: list[str] = field(default_factory=list)
    best: Candidate | None = None
    conflicts: bool = False
    child: Child | None = None

    @property
    def kept(self) -> dict[str, Any]:
        """What a mention keeps of it, by field."""
        return {
            "outcome": self.outcome,
            "reasons": self.reasons,
            "best_score": self.best.score.weight if self.best else None,
            "conflicts_open": self.conflicts,
        }


@transaction.atomic
def report_mention(
    identity: Identity,
    *,
    said_by: User | None,
    source_kind: str,
    source_id: str,
    family_child: Any = None,
    nobody: bool = False,
    now: datetime,
) -> Mention:
    """Keep a child as somebody wrote them, and find out which record they are.

    It is linked at once when the same child of My Family was matched before and nothing differs, or when
    the match is certain and the authority lets the machine link; otherwise it waits in the queue. A record
    whose use is restricted is never linked by a machine. The same source reports once: a second time gives
    the first mention. ``nobody``: the source asked about no child, so nothing is looked for, nothing waits.
    """
    if known := Mention.objects.filter(source_kind=source_kind, source_id=source_id).first():
        return known
    found = Found("none") if nobody else find(identity, said_by=said_by, family_child=family_child)
    if found.child:
        found = _still_free(found, found.child)
    mention = Mention.objects.create(
        identity=identity.as_json(),
        name=identity.name[:320],
        name_words=name_words(identity),
        born_on=identity.born_on,
        said_by=said_by,
        source_kind=source_kind,
        source_id=source_id,
        family_child=family_child,
        state=State.NOBODY if nobody else State.WAITING,
        reported_at=now,
        **found.kept,
    )
    audit.record("linkage.reported", by=said_by, about=mention, now=now, detail={"outcome": found.outcome})
    if found.child:
        explanation = found.best.score.as_json() if found.best else {}
        settle(
            mention, Verb.LINKED, State.LINKED, child=found.child, by=None, now=now, explanation=explanation
        )
    return mention


def find(identity: Identity, *, said_by: User | None, family_child: Any) -> Found:
    """Which record a child as somebody wrote them is, as far as a machine can tell now."""
    return _known_to_family(identity, said_by, family_child) or _scored(identity)


def _still_free(found: Found, child: Child) -> Found:
    """``found`` with its record locked, so that it cannot be merged away meanwhile; without it if it was."""
    if hold(child).removed_at:
        return replace(found, child=None)
    if children.use_is_restricted(child):
        return replace(found, child=None, reasons=[*found.reasons, "use_restricted"])
    return found


def _known_to_family(identity: Identity, said_by: User | None, family_child: Any) -> Found | None:
    """The record that this child of My Family was matched with before, if it still says the same (SP-209)."""
    if family_child is None:
        return None
    earlier = Mention.objects.filter(family_child=family_child, said_by=said_by).order_by(
        "-reported_at", "-pk"
    )
    last = earlier.exclude(state=State.WAITING).select_related("child").first()
    if last is None or last.child is None or last.child.removed_at:
        return None
    candidate = compare(identity, last.child)
    differs = bool(conflicts(identity, identity_of(last.child)))
    if differs or candidate.score.vetoes:
        outcome = "potential" if candidate.outcome == "none" else candidate.outcome
        return Found(outcome, [*candidate.score.vetoes, "changed"], candidate, conflicts=differs)
    return Found("match", [], candidate, child=last.child)


def _scored(identity: Identity) -> Found:
    if not (identity.forename or identity.surname):
        return Found("error")
    try:
        candidates = candidates_for(identity)
    except (ValueError, LookupError, TypeError, ArithmeticError):
        # A form about a child must come in even when the comparison fails; a person will look.
        log.exception("a mention could not be compared")
        return Found("error")
    return _judged(candidates)


def _judged(candidates: list[Candidate]) -> Found:
    scores = [candidate.score for candidate in candidates]
    outcome = outcome_of(scores, in_use())
    if not candidates:
        return Found(outcome)
    best = candidates[0]
    differs = any(each.conflict for each in best.differences)
    reasons = reasons_to_ask(
        outcome, scores, conflicts=differs, automatic=authority.setting("matching.automatic")
    )
    alone = outcome == "match" and not reasons and is_certain(best.score)
    return Found(outcome, reasons, best, conflicts=differs, child=best.child if alone else None)
