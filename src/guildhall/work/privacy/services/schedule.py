"""Changing how long things are kept, and placing and lifting holds."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from ..models import Hold, RetentionChange, RetentionClass
from ..queries import class_of
from ..retention import CLASSES

LOCK = "privacy:retention"
MOST_MONTHS = 1_800


@transaction.atomic
def change_class(
    key: str, *, start: str, months: int | None, action: str, revision: int, by: User, now: datetime
) -> RetentionClass:
    """Say how long things of the class ``key`` are kept.

    Raises ChangedMeanwhile, and a Refusal for a bad value.
    """
    hold_name(LOCK)
    kept = class_of(key)
    if kept.revision != revision:
        raise ChangedMeanwhile(say("administration.Error_Keeping_Changed"))
    if start not in CLASSES[key].starts or action not in RetentionClass.Action.values:
        raise Refusal(say("administration.Error_Keeping_Start"), field="start")
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise Refusal(say("administration.Error_Keeping_Months"), field="months")
    before = _said(kept)
    kept.start, kept.months, kept.action = start, months, action
    kept.revision, kept.changed_at, kept.changed_by = revision + 1, now, by
    kept.save()
    RetentionChange.objects.create(key=key, before=before, after=_said(kept), changed_at=now, changed_by=by)
    audit.record(
        "privacy.schedule_changed",
        by=by,
        about=kept,
        now=now,
        detail={"before": before, "after": _said(kept)},
    )
    return kept


def _said(kept: RetentionClass) -> dict[str, object]:
    return {"start": kept.start, "months": kept.months, "action": kept.action}


@transaction.atomic
def place_hold(kind: str, what: str, *, reason: str, by: User, now: datetime) -> Hold:
    """From now on nothing of it goes. Raises a Refusal without a reason or a thing to hold."""
    hold_name(LOCK)
    if (
        not what
        or len(what) > 40
        or kind not in Hold.Kind.values
        or (kind == "class" and what not in CLASSES)
    ):
        raise Refusal(say("administration.Error_Hold_What"), field="what")
    if not reason:
        raise Refusal(say("administration.Error_Hold_Reason"), field="reason")
    placed = Hold.objects.create(kind=kind, what=what, reason=reason[:2_000], placed_at=now, placed_by=by)
    audit.record("privacy.hold_placed", by=by, about=placed, now=now, detail={"kind": kind, "what": what})
    return placed


@transaction.atomic
def lift_hold(placed: Hold, *, reason: str, by: User, now: datetime) -> Hold:
    """Let its things go again when they are due; a second call changes nothing.

    Raises a Refusal without a reason.
    """
    placed = hold(placed)
    if not reason:
        raise Refusal(say("administration.Error_Hold_Reason"), field="reason")
    if placed.lifted_at is None:
        placed.lifted_at, placed.lifted_by, placed.lift_reason = now, by, reason[:2_000]
        placed.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        audit.record("privacy.hold_lifted", by=by, about=placed, now=now)
    return placed
