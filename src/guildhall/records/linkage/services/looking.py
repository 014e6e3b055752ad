"""Looking again at what people decided, and noting that a person has looked."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..doubts import look_at, to_look_at
from ..models import SecondLook
from ..queries import active_model

MOST_A_TURN = 200


class CheckedAlready(Refusal):
    """Somebody else has looked into the doubt."""


def look_again(now: datetime, *, most: int = MOST_A_TURN) -> int:
    """Job: hold the newest decisions that were not looked at yet against the weights in use; how many."""
    decisions = list(to_look_at(now)[:most])
    model = active_model().version
    for decision in decisions:
        found = look_at(decision)
        SecondLook.objects.update_or_create(
            decision=decision,
            defaults={
                "model": model,
                "doubt": found.doubt,
                "weight": found.weight,
                "child_id": found.child,
                "looked_at": now,
            },
        )
    return len(decisions)


@transaction.atomic
def keep_decision(look: SecondLook, *, by: User, now: datetime) -> SecondLook:
    """A person looked again and keeps the decision: it is not brought up any more. Raises CheckedAlready."""
    look = hold(look)
    if look.checked_at:
        raise CheckedAlready(texts.say("matching.Error_CheckedAlready", name=look.checked_by))
    look.checked_at, look.checked_by = now, by
    look.save(update_fields=["checked_at", "checked_by"])
    decision = look.decision
    audit.record(
        "linkage.decision_checked",
        by=by,
        about=decision.mention,
        child=decision.child_id,
        now=now,
        detail={"verb": decision.verb, "doubt": look.doubt},
    )
    return look
