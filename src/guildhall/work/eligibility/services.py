"""Beginning a check when an application arrives, and keeping what the service answered."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.outbox import services as outbox
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.paperwork.submissions.models import Submission

from . import protocol, queries
from .checks import CHECKS, question_for
from .models import Check

_TOLD = {
    Check.Outcome.ELIGIBLE: "CodeEligible",
    Check.Outcome.NOT_ELIGIBLE: "CodeNotEligible",
    Check.Outcome.NOT_FOUND: "CodeNotFound",
}


@transaction.atomic
def begin_check(submission: Submission, *, kind: str, now: datetime) -> Check | None:
    """Have ``submission`` checked, if forms for ``kind`` are; by hand while the service is off."""
    if kind not in CHECKS:
        return None
    on = queries.is_on()
    state = Check.State.WAITING if on else Check.State.BY_HAND
    check = Check.objects.create(submission=submission, kind=kind, state=state, begun_at=now)
    if on:
        outbox.put("eligibility", {"check": check.pk}, key=f"eligibility:{check.pk}", now=now)
    return check


def ask_about(check_id: int, *, key: str, now: datetime) -> Check | None:
    """Ask the service and keep its answer; a check that has one is left alone.

    Nothing is locked while the service thinks. Raises what ``protocol.ask`` raises.
    """
    check = Check.objects.select_related("submission").filter(pk=check_id, state=Check.State.WAITING).first()
    if check is None:
        return None
    if not queries.is_on():
        return _give_to_officers(check)
    question = question_for(check.kind, check.submission.answers)
    return _keep(check, protocol.ask(queries.service(), question, key=key), now)


@transaction.atomic
def _keep(check: Check, answer: protocol.Answer, now: datetime) -> Check:
    check = hold(check)
    if check.state != Check.State.WAITING:
        return check
    check.state, check.outcome, check.answered_at = Check.State.ANSWERED, answer.outcome, now
    check.valid_from, check.valid_to, check.grace_to = answer.valid_from, answer.valid_to, answer.grace_to
    check.save()
    detail = {"kind": check.kind, "outcome": check.outcome}
    audit.record("eligibility.answered", by=None, about=check, now=now, detail=detail)
    if check.kind == "thirty-hours":
        _tell(check, now)
    return check


def _tell(check: Check, now: datetime) -> None:
    """Whoever asked about a code hears at once what the service said (SP-335)."""
    submission = check.submission
    messages.send_text(
        _TOLD[Check.Outcome(check.outcome)],
        to=submission.sender,
        about=About(submission.reference, "submission", submission.pk),
        key=f"eligibility:{check.pk}",
        now=now,
        reference=submission.reference,
    )


@transaction.atomic
def _give_to_officers(check: Check) -> Check:
    check = hold(check)
    check.state = Check.State.BY_HAND
    check.save(update_fields=["state"])
    return check
