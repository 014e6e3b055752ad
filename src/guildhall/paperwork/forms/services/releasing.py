"""Publishing what was built: at once, at a moment planned for, or an older version again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts.queries import say

from .. import queries
from ..definition import parse
from ..models import FormVersion, Publication, WorkingForm
from .publishing import publish
from .working import BuiltMeanwhile

LONGEST_NOTE = 500


class CannotPublish(Refusal):
    """The form is for internal use, the moment is over, or another publication waits already."""


@transaction.atomic
def publish_working(working: WorkingForm, *, revision: int, note: str, by: Any, now: datetime) -> FormVersion:
    """Offer the saved content of ``working`` now. Raises BuiltMeanwhile, CannotPublish, DefinitionError.

    A publication that waits would put its older content back later, so it has to be cancelled first.
    """
    working = _ready(working, revision)
    if queries.planned_publication(working.code):
        raise CannotPublish(say("send.Error_Publish_Waiting"), field="when")
    version = publish(working.content, by=by, now=now)
    _note(version, note, by=by, now=now)
    working.based_on = version
    working.save(update_fields=["based_on"])
    return version


@transaction.atomic
def plan_publication(
    working: WorkingForm, *, revision: int, note: str, due_at: datetime, by: Any, now: datetime
) -> Publication:
    """Publish the saved content of ``working``, as it is today, at ``due_at``.

    Raises BuiltMeanwhile, CannotPublish, DefinitionError.
    """
    working = _ready(working, revision)
    hold_name(f"form {working.code}")
    if due_at <= now:
        raise CannotPublish(say("send.Error_Publish_Past"), field="due")
    if queries.planned_publication(working.code):
        raise CannotPublish(say("send.Error_Publish_Planned"), field="due")
    parse(working.content)
    times = {"due_at": due_at, "asked_at": now, "asked_by": by}
    planned = Publication.objects.create(
        code=working.code, content=working.content, note=note[:LONGEST_NOTE], **times
    )
    outbox.put("form-publish", {"id": planned.pk}, key=f"form-publish:{planned.pk}", now=now, due_at=due_at)
    audit.record("forms.planned", by=by, about=planned, now=now, detail={"code": planned.code})
    return planned


@transaction.atomic
def cancel_publication(planned: Publication, *, by: Any, now: datetime) -> Publication:
    """Take back a planned publication. One that is published or cancelled already stays as it is."""
    planned = hold(planned)
    if planned.version_id is None and planned.cancelled_at is None:
        planned.cancelled_at = now
        planned.save(update_fields=["cancelled_at"])
        audit.record("forms.plan_cancelled", by=by, about=planned, now=now, detail={"code": planned.code})
    return planned


@transaction.atomic
def publish_planned(publication_id: int, *, now: datetime) -> None:
    """Publish what was planned, unless it was taken back or is done. Raises DefinitionError."""
    planned = Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)
    if planned.version_id or planned.cancelled_at:
        return
    planned.version = publish(planned.content, by=planned.asked_by, now=now)
    planned.save(update_fields=["version"])
    WorkingForm.objects.filter(code=planned.code).update(based_on=planned.version)


@transaction.atomic
def publish_again(older: FormVersion, *, note: str, by: Any, now: datetime) -> FormVersion:
    """Offer what ``older`` says as a new version. Raises DefinitionError."""
    version = publish(older.definition, by=by, now=now)
    _note(version, note, by=by, now=now)
    return version


def _ready(working: WorkingForm, revision: int) -> WorkingForm:
    held = hold(working)
    if held.revision != revision:
        raise BuiltMeanwhile(held)
    if held.internal:
        raise CannotPublish(say("send.Error_Publish_Internal"))
    return held


def _note(version: FormVersion, note: str, *, by: Any, now: datetime) -> None:
    times = {"due_at": now, "asked_at": now, "asked_by": by}
    Publication.objects.create(
        code=version.form.code, content={}, note=note[:LONGEST_NOTE], version=version, **times
    )
