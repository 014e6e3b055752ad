"""Requests of people about the information held on them."""

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from ..models import Pack, Request, RightsRequest
from ..subject import Subject
from .packs import begin_pack

AnyRequest = TypeVar("AnyRequest", Request, RightsRequest)


class NobodyThere(Refusal):
    """No account and no record has that name or number."""


class NotPaused(Refusal):
    """The clock does not stand still, or it already does."""


@transaction.atomic
def open_request(
    subject: Subject, *, received_on: date, language: str, by: User | None, now: datetime
) -> Request:
    """Write down that somebody asked for what is held on ``subject``, and begin to gather it.

    Raises NobodyThere, and a Refusal for a day that is still to come.
    """
    if not subject.exists:
        raise NobodyThere(say(f"administration.Error_Privacy_No_{subject.kind}"), field="who")
    if received_on > timezone.localdate(now):
        raise Refusal(say("administration.Error_Privacy_Future"), field="received")
    request = Request.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        language=language,
        received_on=received_on,
        made_at=now,
        made_by=by,
    )
    audit.record("privacy.request_opened", by=by, about=request, now=now, child=_child(request))
    begin_pack(request, now=now)
    return request


@transaction.atomic
def pause_request(request: AnyRequest, *, by: User, now: datetime) -> AnyRequest:
    """Stop the clock while the person is asked who they are, or what they want. Raises NotPaused."""
    request = hold(request)
    if request.paused_on or request.closed_at or _has_its_pack(request):
        raise NotPaused(say("administration.Error_Privacy_Paused"))
    request.paused_on = timezone.localdate(now)
    request.save(update_fields=["paused_on"])
    audit.record("privacy.clock_stopped", by=by, about=request, now=now, child=_child(request))
    return request


def _has_its_pack(request: AnyRequest) -> bool:
    """Whether the person can read what they asked for; of another right it is not the answer."""
    return (
        isinstance(request, Request)
        and Pack.objects.filter(request=request, released_at__isnull=False).exists()
    )


@transaction.atomic
def resume_request(request: AnyRequest, *, by: User, now: datetime) -> AnyRequest:
    """Let the clock go on; the days it stood still are added. Raises NotPaused."""
    request = hold(request)
    if request.paused_on is None:
        raise NotPaused(say("administration.Error_Privacy_NotPaused"))
    request.paused_days += (timezone.localdate(now) - request.paused_on).days
    request.paused_on = None
    request.save(update_fields=["paused_on", "paused_days"])
    audit.record("privacy.clock_started", by=by, about=request, now=now, child=_child(request))
    return request


@transaction.atomic
def close_request(request: Request, *, by: User, now: datetime) -> Request:
    """Write down that the person has their answer. A second call changes nothing."""
    request = hold(request)
    if request.closed_at is None:
        request.closed_at, request.closed_by = now, by
        request.save(update_fields=["closed_at", "closed_by"])
        audit.record("privacy.request_closed", by=by, about=request, now=now, child=_child(request))
    return request


def _child(request: Request | RightsRequest) -> int | None:
    return request.subject_id if request.subject_kind == Request.Subject.CHILD else None
