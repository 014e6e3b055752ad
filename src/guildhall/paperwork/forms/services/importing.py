"""Keeping a form that came in a file: as a form being built, never published unseen."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say

from ..definition import parse
from ..models import Form, WorkingForm
from .working import change_working, start_working, work_on

NEW, PUBLISHED = -1, -2
"""What was seen of a form that was not there yet, and of one that was only published."""


class ChangedSince(Refusal):
    """The form is not as it was when what the file would change was shown."""


@transaction.atomic
def take_in(content: dict[str, Any], *, seen: int, by: Any, now: datetime) -> WorkingForm:
    """Keep ``content`` as the form being built under its code. ``seen``: its revision, NEW or PUBLISHED.

    Raises ChangedSince, BuiltMeanwhile, DefinitionError.
    """
    code = parse(content).code
    working = WorkingForm.objects.filter(code=code).first()
    form = Form.objects.filter(code=code).first()
    now_there = working.revision if working else PUBLISHED if form else NEW
    if now_there != seen:
        raise ChangedSince(say("send.Error_Exchange_Changed", code=code))
    if working is None and form is None:
        return start_working(code, content=content, by=by, now=now)
    if working is None:
        assert form is not None
        working = work_on(form, by=by, now=now)
    return change_working(working, content=content, revision=working.revision, by=by, now=now)
