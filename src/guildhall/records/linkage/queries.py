"""Finding the records that a child may be, and what waits in the queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.records.children.folding import key, postcode_key, words
from guildhall.records.children.models import Child
from guildhall.records.children.queries import starts_with

from .differences import Difference, differences
from .identity import Identity, identity_of
from .models import Decision, Mention
from .names import forms_of
from .outcomes import outcome_of_one
from .scoring import Score, score

# No block may bring more records than this, so that a common name costs no more than a rare one.
MOST_IN_A_BLOCK = 200
MOST_LOOKED_AT = 400
MOST_FORMS = 20


@dataclass(frozen=True)
class Candidate:
    """A record that may be the child: how alike, the outcome it would have alone, and where it differs."""

    child: Child
    score: Score
    outcome: str
    differences: tuple[Difference, ...]


def candidates_for(identity: Identity, limit: int = 10) -> list[Candidate]:
    """The records most like ``identity``, best first; those that are plainly somebody else are left out."""
    scored = [compare(identity, child) for child in _blocked(identity)]
    worth = [candidate for candidate in scored if candidate.outcome != "none"]
    worth.sort(key=lambda candidate: (-candidate.score.weight, candidate.child.pk))
    return worth[:limit]


def compare(identity: Identity, child: Child) -> Candidate:
    """How ``identity`` and one record, found by whatever way, agree."""
    ours = identity_of(child)
    found = score(identity, ours)
    return Candidate(child, found, outcome_of_one(found), differences(identity, ours))


def identity_in(mention: Mention) -> Identity:
    """The child as they were written."""
    return Identity.from_json(mention.identity)


def mentions_seen_by(holder: Holder) -> QuerySet[Mention]:
    """Every mention, settled or not; nothing for people who do not match children."""
    if not holder.may(Permission.MATCH_CHILDREN):
        return Mention.objects.none()
    return Mention.objects.select_related("child", "settled_by")


def queue_for(holder: Holder) -> QuerySet[Mention]:
    """The incoming children queue: what waits for ``holder`` to decide."""
    return mentions_seen_by(holder).filter(state=Mention.State.WAITING)


def next_after(holder: Holder, mention: Mention) -> Mention | None:
    """What comes next in the queue, in the order in which the children came; from the end, the first."""
    waiting = queue_for(holder).exclude(pk=mention.pk).order_by("reported_at", "pk")
    later = waiting.filter(
        Q(reported_at__gt=mention.reported_at) | Q(reported_at=mention.reported_at, pk__gt=mention.pk)
    )
    return later.first() or waiting.first()


def decisions_of(mention: Mention) -> QuerySet[Decision]:
    """What was decided about ``mention``, newest first."""
    return mention.decisions.select_related("by", "undone_by", "child").order_by("-pk")


def decisions_about(child: Child) -> QuerySet[Decision]:
    """What was decided that concerns the record, newest first."""
    return Decision.objects.filter(child=child).select_related("by", "undone_by", "mention").order_by("-pk")


def decision_for(holder: Holder, decision_id: int) -> Decision | None:
    """The decision, for people who match children."""
    if not holder.may(Permission.MATCH_CHILDREN):
        return None
    return Decision.objects.filter(pk=decision_id).select_related("mention", "child").first()


def last_decisions_of(holder: Holder, most: int = 10) -> list[Decision]:
    """The last decisions of ``holder`` that still stand, newest first."""
    mine = Decision.objects.filter(by_id=holder.user_id, undone_at=None)
    return list(mine.select_related("mention", "child").order_by("-pk")[:most])


def decided_since(holder: Holder, since: datetime) -> int:
    """How many decisions ``holder`` has taken since then that stand."""
    return Decision.objects.filter(by_id=holder.user_id, undone_at=None, at__gte=since).count()


def records_of_family(said_by_id: int) -> dict[UUID, Child]:
    """Child of My Family → the record that a form about them is tied to now, for one citizen."""
    tied = Mention.objects.filter(said_by_id=said_by_id, family_child__isnull=False, child__removed_at=None)
    rows = tied.filter(child__isnull=False).select_related("child").order_by("reported_at", "pk")
    return {mention.family_child: mention.child for mention in rows if mention.family_child and mention.child}


def mentions_of(child: Child) -> QuerySet[Mention]:
    """Every mention that is tied to ``child``, newest first."""
    return child.mentions.select_related("said_by").order_by("-reported_at", "-pk")


def _blocked(identity: Identity) -> list[Child]:
    """Records that share something telling with ``identity``; each block is bounded."""
    found: set[int] = set()
    present = Child.objects.filter(removed_at=None)
    for block in _blocks(identity):
        if len(found) >= MOST_LOOKED_AT:
            break
        found.update(present.filter(block).values_list("pk", flat=True)[:MOST_IN_A_BLOCK])
    return list(Child.objects.filter(pk__in=found).select_related("updated_by", "establishment"))


def _blocks(who: Identity) -> Iterator[Q]:
    """What a record must share to be looked at, the most telling first; each can use an index."""
    if who.upn:
        yield Q(upn=who.upn)
    if who.nhs_number:
        yield Q(nhs_number=who.nhs_number)
    if who.born_on:
        yield Q(born_on__in=_days(who.born_on))
    yield from _name_blocks(who)
    for postcode in {
        postcode_key(who.postcode),
        *(postcode_key(old.postcode) for old in who.other_addresses),
    }:
        if len(postcode) >= 5:
            yield Q(postcode_key=postcode)
            yield Q(also_keys__kind="postcode", also_keys__value=postcode)


def _name_blocks(who: Identity) -> Iterator[Q]:
    forename, surname = key(who.forename), key(who.surname)
    surnames = _spellings(who.surname) | _spellings(who.former_surname)
    if surnames and forename:
        known_as = _spellings(who.known_as)
        forenames = {forename} | _spellings(who.forename) | known_as
        forenames |= {form for name in list(forenames) for form in sorted(forms_of(name))[:MOST_FORMS]}
        of_that_surname = Q(surname_key__in=surnames)
        yield of_that_surname & Q(forename_key__in=forenames)
        yield of_that_surname & starts_with("forename_key", forename[0])
        yield Q(also_keys__kind="surname", also_keys__value__in=surnames) & starts_with(
            "forename_key", forename[0]
        )
        yield Q(also_keys__kind="forename", also_keys__value__in=forenames) & of_that_surname
        yield Q(surname_key__in=_spellings(who.forename)) & starts_with("forename_key", surname[:1])
    elif surnames:
        yield Q(surname_key__in=surnames)


def _spellings(name: str) -> set[str]:
    """``name`` as one word and each of its longer parts."""
    return ({key(name)} | {part for part in words(name) if len(part) > 2}) - {""}


def _days(born_on: date) -> list[date]:
    """The date, and the date that it is with day and month the other way round."""
    try:
        return [born_on, born_on.replace(month=born_on.day, day=born_on.month)]
    except ValueError:
        return [born_on]
