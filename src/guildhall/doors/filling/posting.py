"""What a step page posted, and saving it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import steps
from guildhall.paperwork.forms.definition import Definition, Group
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.paperwork.submissions.services.filing import FILE_KINDS
from guildhall.people.organisations import queries as organisations

_LONGEST_BASE = 200_000
_MOST_ROWS = 100  # of any group; what the form itself allows is asked when it is sent
_ROW_ID = re.compile(r"[-\w]{1,40}", re.ASCII)


class TooManyRows(Refusal):
    """More rows than any form has use for."""


@dataclass(frozen=True)
class Spot:
    """Where in a draft a page is: a group, and in a repeating one perhaps one of its rows."""

    draft: Draft
    definition: Definition
    group: Group
    row_id: str = ""

    @property
    def lists_rows(self) -> bool:
        """Whether this is the list of a repeating group's rows, which asks nothing itself."""
        return bool(self.group.repeats) and not self.row_id

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.draft.answers.get(self.group.key, []) if self.group.repeats else []

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that the fields of this page show."""
        if not self.row_id:
            return self.draft.answers
        return next((row for row in self.rows if row["_id"] == self.row_id), {})

    def unit(self, code: str) -> str:
        return f"{self.group.key}/{self.row_id}/{code}" if self.row_id else code

    def now_with(self, draft: Draft) -> "Spot":
        return replace(self, draft=draft)


def spot_of(draft: Draft, place: str, row_id: str = "") -> Spot:
    """The page called ``place`` of the form. Http404 where the form has none such."""
    definition = forms.definition_of(draft.version_id)
    group = definition.group_by_key.get(place)
    if group is None or (row_id and not (group.repeats and _ROW_ID.fullmatch(row_id))):
        raise Http404
    return Spot(draft, definition, group, row_id)


def fresh_row_id() -> str:
    """An id for a row that nobody has saved yet; posting it twice makes one row."""
    return uuid4().hex[:12]


def read_step(request: HttpRequest, spot: Spot) -> steps.StepInput:
    """What was typed, read by the kinds of the questions. The list of rows has nothing to read."""
    if spot.lists_rows:
        return steps.StepInput(answers={}, problems={})
    return steps.read(
        spot.definition,
        spot.group,
        request.POST,
        answers=spot.draft.answers,
        today=timezone.localdate(),
        row_id=spot.row_id or None,
        language=get_language() or "en",
        establishments=organisations.find_establishments,
    )


def save_step(
    request: HttpRequest,
    spot: Spot,
    typed: steps.StepInput,
    *,
    now: datetime,
    lent: Mapping[str, Any] | None = None,
) -> Draft:
    """Save what was typed, unless the person chose to keep what another page saved. Raises Conflict, Gone.

    ``lent``: code → an answer from elsewhere that the pressed button puts in place of what was typed.
    """
    keep = {
        key.removeprefix("choice-")
        for key, value in request.POST.items()
        if key.startswith("choice-") and value == "theirs"
    }
    kinds = {question.code: question.kind for question in spot.group.questions}
    answers = {
        code: value
        for code, value in typed.answers.items()
        if kinds.get(code) not in FILE_KINDS and spot.unit(code) not in keep
    }
    answers |= lent or {}
    patch: dict[str, Any] = {spot.group.key: {spot.row_id: answers}} if spot.row_id else answers
    if spot.row_id and f"{spot.group.key}/{spot.row_id}" in keep:
        patch = {}
    if spot.row_id and not spot.answers and len(spot.rows) >= _MOST_ROWS:
        raise TooManyRows(texts.say("send.Error_TooManyRows", most=_MOST_ROWS))
    if (gone := request.POST.get("remove-row")) and spot.lists_rows:
        patch = {spot.group.key: {gone: None}}
    return submissions.save_answers(
        spot.draft,
        answers=patch,
        revision=posted_revision(request),
        place=spot.group.key,
        by=request.user,  # type: ignore[arg-type]
        now=now,
        base=posted_base(request),
    )


def posted_revision(request: HttpRequest) -> int:
    """The revision the page showed; -1, older than anything, where it says none."""
    return number(request.POST.get("revision"))


def posted_base(request: HttpRequest) -> dict[str, str]:
    """What the page says it showed: unit → digest; empty where it says nothing that can be read."""
    written = request.POST.get("base", "")
    if not written or len(written) > _LONGEST_BASE:
        return {}
    try:
        base = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(base, dict):
        return {}
    return {unit: mark for unit, mark in base.items() if isinstance(mark, str)}
