"""An officer decides whose record a mention belongs to."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.kit.again import again_when_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children import services as children
from guildhall.records.children import snapshots
from guildhall.records.children.models import Child

from ..differences import Choices, changes_for
from ..identity import Identity
from ..models import Decision, Mention
from ..queries import Candidate, compare
from ..rules import needs_confirming
from .checking import checked_choices
from .queue import queue_user
from .settling import pointer, settle
from .waiting import look_at_those_like

State, Verb = Mention.State, Decision.Verb


class AlreadySettled(Refusal):
    """Somebody else decided about the mention since the page was opened."""


class NotSettled(Refusal):
    """The mention waits in the queue already."""


class RecordGone(Refusal):
    """The record was taken away."""


class MustConfirm(Refusal):
    """So much differs that the officer has to say once more that it is the same child."""


@again_when_crossed
def match_mention(
    mention: Mention,
    *,
    child: Child,
    choices: Choices,
    by: User,
    now: datetime,
    version: int | None = None,
    confirmed: bool = False,
) -> Decision:
    """Tie ``mention`` to the record ``child``, keeping for each conflict what ``choices`` says.

    ``choices``: field → ours, theirs or both; what the record does not have yet is taken unless the choice
    is ours. ``version`` is the mention's when the page was opened. Raises AlreadySettled, RecordGone,
    ChoiceMissing (by ``choice-<field>``), MustConfirm.
    """
    mention = _waiting(mention, version)
    child = _present(child)
    identity = Identity.from_json(mention.identity)
    candidate = compare(identity, child)
    chosen = checked_choices(candidate.differences, choices)
    _ask_twice(candidate, confirmed)
    before = pointer(mention), snapshots.snapshot(child)
    child = children.change_child(
        child, changes=changes_for(child, identity, chosen), by=by, now=now, shown_as=queue_user(now=now)
    )
    return settle(
        mention,
        Verb.MATCHED,
        State.LINKED,
        child=child,
        by=by,
        now=now,
        choices=chosen,
        explanation=candidate.score.as_json(),
        before=before,
    )


@again_when_crossed
def add_child_for(mention: Mention, *, by: User, now: datetime, version: int | None = None) -> Decision:
    """Open a new record for the child of ``mention``. Last Updated names the queue it came from.

    Others who wait and may be the same child are looked at again.

    Raises AlreadySettled and the refusals of ``children.add_child``.
    """
    mention = _waiting(mention, version)
    before = pointer(mention), None
    child = children.add_child(
        Identity.from_json(mention.identity), by=by, now=now, shown_as=queue_user(now=now)
    )
    decision = settle(mention, Verb.ADDED, State.ADDED, child=child, by=by, now=now, before=before)
    look_at_those_like(child, now=now)
    return decision


@again_when_crossed
def reject_mention(
    mention: Mention, *, by: User, now: datetime, version: int | None = None, reason: str = ""
) -> Decision:
    """Take ``mention`` out of the queue without a record. Raises AlreadySettled."""
    mention = _waiting(mention, version)
    choices = {"reason": reason[:500]} if reason else {}
    return settle(mention, Verb.REJECTED, State.REJECTED, child=None, by=by, now=now, choices=choices)


@again_when_crossed
def return_mention(mention: Mention, *, by: User, now: datetime) -> Decision:
    """Put a settled mention back into the queue; the record stays as it is. Raises NotSettled."""
    mention = hold(mention)
    if mention.state == State.WAITING:
        raise NotSettled(texts.say("matching.Error_NotSettled"))
    return settle(mention, Verb.RETURNED, State.WAITING, child=None, by=by, now=now)


@transaction.atomic
def replace_mention(mention: Mention, *, now: datetime) -> None:
    """Take ``mention`` out of the queue because its sender has written anew who the child is.

    A mention that is settled already stays as it was decided.
    """
    mention = hold(mention)
    if mention.state == State.WAITING:
        settle(mention, Verb.REPLACED, State.REJECTED, child=None, by=None, now=now)


def _waiting(mention: Mention, version: int | None) -> Mention:
    """``mention``, locked, if it still waits as the officer saw it."""
    held = hold(mention)
    if held.state != State.WAITING or held.version != (mention.version if version is None else version):
        raise AlreadySettled(_who_was_first(held))
    return held


def _who_was_first(mention: Mention) -> str:
    last = mention.decisions.select_related("by", "undone_by").order_by("-pk").first()
    who = (last.undone_by or last.by) if last else None
    return texts.say("matching.Error_AlreadySettled", name=who or texts.say("matching.TheMachine"))


def _present(child: Child) -> Child:
    held = hold(child)
    if held.removed_at:
        raise RecordGone(texts.say("matching.Error_RecordGone"))
    return held


def _ask_twice(candidate: Candidate, confirmed: bool) -> None:
    if not confirmed and needs_confirming(candidate):
        raise MustConfirm(
            texts.say("matching.Error_MustConfirm", name=candidate.child.name), field="confirmed"
        )
