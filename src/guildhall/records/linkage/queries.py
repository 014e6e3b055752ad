"""Finding the records that a child may be, and what waits in the queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from uuid import UUID

from django.db.models import QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.stamps import Kept
from guildhall.foundation.kit import statements
from guildhall.records.children.models import Child

from .bulk.models import BATCH, Activation, BatchRow, TrainedModel
from .differences import Difference, differences
from .identity import Identity, identity_of
from .model import Model, first_model
from .models import Decision, Mention
from .near import records_near
from .outcomes import Thresholds, outcome_of_one
from .past import Comparison, compare_with_decisions
from .scoring import Score, score_seen
from .seen import Seen, see
from .thresholds import in_use


@dataclass(frozen=True)
class Candidate:
    """A record that may be the child: how alike, and the outcome it would have alone."""

    child: Child
    score: Score
    outcome: str
    theirs: Identity
    ours: Identity

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Where the child as written and the record do not say the same."""
        return differences(self.theirs, self.ours)


def candidates_for(identity: Identity, limit: int = 10) -> list[Candidate]:
    """The records most like ``identity``, best first; those that are plainly somebody else are left out."""
    theirs, model, at = see(identity), active_model(), in_use()
    near = Child.objects.filter(pk__in=records_near(theirs, model))
    scored = [_compared(theirs, child, model, at) for child in near]
    worth = [candidate for candidate in scored if candidate.outcome != "none"]
    worth.sort(key=lambda candidate: (-candidate.score.weight, candidate.child.pk))
    return worth[:limit]


def compare(identity: Identity, child: Child) -> Candidate:
    """How ``identity`` and one record, found by whatever way, agree."""
    return _compared(see(identity), child, active_model(), in_use())


def _compared(theirs: Seen, child: Child, model: Model, at: Thresholds) -> Candidate:
    ours = see(identity_of(child))
    found = score_seen(theirs, ours, model)
    return Candidate(child, found, outcome_of_one(found, at), theirs.who, ours.who)


def active_model() -> Model:
    """The weights that matching uses now: those put to use last, or the ones that come with Guildhall."""
    digest = _active_digest.get()
    return _model_with(digest) if digest else first_model()


def trained_models() -> QuerySet[TrainedModel]:
    """Everything that was learnt, newest first."""
    return TrainedModel.objects.select_related("made_by").order_by("-number")


def last_activation() -> Activation | None:
    """What is in use, since when and by whom; None while nothing was ever put to use."""
    return Activation.objects.select_related("model", "by").order_by("-pk").first()


def compare_models(one: TrainedModel | None, other: TrainedModel | None) -> Comparison:
    """What each of two models would have said of past decisions; None: the weights that are shipped."""
    weights = (Model.from_json(each.weights) if each else first_model() for each in (one, other))
    return compare_with_decisions(*weights, at=in_use())


def _newest_digest() -> str:
    activation = last_activation()
    return activation.model.digest if activation and activation.model else ""


@lru_cache(maxsize=4)
def _model_with(digest: str) -> Model:
    """Weights never change, so that each process reads them once."""
    return Model.from_json(TrainedModel.objects.filter(digest=digest).values_list("weights", flat=True)[0])


ACTIVE_MODEL = "linkage_weights"
_active_digest: Kept[str] = Kept(ACTIVE_MODEL, _newest_digest)


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


def waiting_count(holder: Holder) -> int:
    """How many children are in ``queue_for(holder)``."""
    if not holder.may(Permission.MATCH_CHILDREN):
        return 0
    return statements.count(Mention, state=Mention.State.WAITING)


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
    """How many decisions ``holder`` has taken since then that stand and left nobody waiting."""
    stand = Decision.objects.filter(by_id=holder.user_id, undone_at=None, at__gte=since)
    return stand.exclude(verb=Decision.Verb.RETURNED).count()


def added_for(rows: Iterable[BatchRow]) -> dict[int, Decision]:
    """Row of a file → the decision that opened a record for it and stands. One query, however many."""
    added = Decision.objects.filter(verb=Decision.Verb.ADDED, undone_at=None, mention__source_kind=BATCH)
    found = added.filter(mention__source_id__in=[str(row.pk) for row in rows])
    return {int(each.mention.source_id): each for each in found.select_related("mention", "child", "by")}


def records_of_family(said_by_id: int) -> dict[UUID, Child]:
    """Child of My Family → the record that a form about them is tied to now, for one citizen."""
    tied = Mention.objects.filter(said_by_id=said_by_id, family_child__isnull=False, child__removed_at=None)
    rows = tied.filter(child__isnull=False).select_related("child").order_by("reported_at", "pk")
    return {mention.family_child: mention.child for mention in rows if mention.family_child and mention.child}
