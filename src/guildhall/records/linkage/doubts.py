"""Which decisions of people the weights in use would doubt now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

from .identity import IDENTIFIERS, Identity
from .merges import kept_for
from .models import Decision, Mention, SecondLook
from .past import record_before
from .queries import Candidate, active_model, candidates_for, compare

# Why a decision looks wrong: matched with a record that is hardly the child, or has another number, or may be
# a sibling; rejected though a record is the child; added though another record is.
DOUBTS = ("unlike", *IDENTIFIERS, "sibling", "rejected", "added")

# Records change, so that a decision is looked at again even by the same weights.
AGAIN_AFTER = timedelta(days=30)
_LIKE = frozenset({"match", "potential"})
_VERBS = (Decision.Verb.MATCHED, Decision.Verb.ADDED, Decision.Verb.REJECTED)


@dataclass(frozen=True)
class Look:
    """What a second look at a decision found; ``doubt`` is a word of DOUBTS, or empty."""

    doubt: str = ""
    weight: float | None = None
    child: int | None = None


def look_at(decision: Decision) -> Look:
    """What the weights say of ``decision``: of a match by the record as it was then, else by those of now."""
    if decision.verb == Decision.Verb.MATCHED:
        return _matched(decision)
    own = kept_for(decision.child_id) if decision.child_id else None
    near = candidates_for(Identity.from_json(decision.mention.identity), limit=3)
    best = next((each for each in near if each.child.pk != own), None)
    if best is None or best.outcome not in _LIKE or best.score.vetoes:
        return Look()
    doubt = "added" if decision.verb == Decision.Verb.ADDED else "rejected"
    return Look(doubt, best.score.weight, best.child.pk)


def to_look_at(now: datetime) -> QuerySet[Decision]:
    """Decisions of people that stand and that the weights in use have not looked at lately, newest first."""
    stand = Decision.objects.filter(verb__in=_VERBS, by__isnull=False, undone_at=None)
    newest = stand.filter(mention__state__in=_SETTLED, mention__settled_at=F("at"))
    model = active_model().version
    lately = Q(second_look__model=model, second_look__looked_at__gt=now - AGAIN_AFTER)
    seen = lately | Q(second_look__checked_at__isnull=False)
    return newest.exclude(seen).select_related("mention", "child").order_by("-pk")


def looks_seen_by(holder: Holder) -> QuerySet[SecondLook]:
    """Every second look; nothing for people who do not match children."""
    if not holder.may(Permission.MATCH_CHILDREN):
        return SecondLook.objects.none()
    return SecondLook.objects.all()


def doubted_by(holder: Holder) -> QuerySet[SecondLook]:
    """The doubts that nobody has looked into, newest decision first."""
    found = looks_seen_by(holder).filter(checked_at=None, decision__undone_at=None).exclude(doubt="")
    found = found.filter(decision__mention__settled_at=F("decision__at"))
    return found.select_related("decision__mention", "decision__by", "decision__child", "child").order_by(
        "-decision"
    )


def _matched(decision: Decision) -> Look:
    child = record_before(decision)
    found: Candidate = compare(Identity.from_json(decision.mention.identity), child)
    doubt = next(iter(found.score.vetoes), "" if found.outcome in _LIKE else "unlike")
    return Look(doubt, found.score.weight, decision.child_id)


_SETTLED = (Mention.State.LINKED, Mention.State.ADDED, Mention.State.REJECTED)
