"""What a step page posted, and saving it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, QueryDict
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

from .places import address, place_address

_LONGEST_BASE = 200_000
_MOST_ROWS = 100  # of any group; what the form itself allows is asked when it is sent
_ROW_ID = re.compile(r"[-\w]{1,40}", re.ASCII)


class TooManyRows(Refusal):
    """More rows than any form has use for."""


@dataclass(frozen=True)
class Spot:
    """Where in a draft a page is: a group, and in a repeating one perhaps one of its rows.

    ``shown``: the version of the form that the page shows. It is older than the draft's where the draft was
    moved to a newer one in another window (GH-019).
    """

    draft: Draft
    definition: Definition
    group: Group
    row_id: str = ""
    shown: int = 0

    @property
    def is_older(self) -> bool:
        return self.shown not in (0, self.draft.version_id)

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


def spot_of(draft: Draft, place: str, row_id: str = "", *, posted: QueryDict | None = None) -> Spot:
    """The page called ``place`` of the form, as its ``posted`` fields say it was shown.

    Http404 where no version of the form has such a page.
    """
    shown = _version_shown(draft, place, row_id, posted)
    definition = forms.definition_of(shown)
    group = definition.group_by_key.get(place)
    if group is None or (row_id and not (group.repeats and _ROW_ID.fullmatch(row_id))):
        raise Http404
    return Spot(draft, definition, group, row_id, shown)


def _version_shown(draft: Draft, place: str, row_id: str, posted: QueryDict | None) -> int:
    """The draft's version, but where the page has another form of the step, or only another has the step."""
    now = forms.definition_of(draft.version_id).group_by_key.get(place)
    said = number(posted.get("version")) if posted else -1
    if said not in (-1, draft.version_id) and forms.is_of_same_form(draft.version_id, said):
        return said if forms.definition_of(said).group_by_key.get(place) != now else draft.version_id
    if now and (now.repeats or not row_id):
        return draft.version_id
    return forms.last_with_group(draft.version_id, place, repeating=bool(row_id)) or draft.version_id


def place_now(spot: Spot, key: str = "") -> str:
    """The address of what the draft's version has in place of an older page (or of the step ``key`` of it):
    the step that asks the first of its questions, else where the form goes on."""
    newer, older = (
        forms.definition_of(spot.draft.version_id),
        spot.definition.group_by_key.get(key, spot.group),
    )
    homes = [newer.group_of[one.code] for one in older.questions if one.code in newer.group_of]
    homes += [group for group in newer.groups if group.key == older.key]
    if not homes:
        return address("filling:resume", spot.draft.pk)
    same = homes[0].repeats and homes[0].key == spot.group.key
    return place_address(spot.draft.pk, homes[0].key, spot.row_id if same else "")


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
    before = spot.draft.answers
    patch: dict[str, Any] = {spot.group.key: {spot.row_id: answers}} if spot.row_id else answers
    if spot.row_id and f"{spot.group.key}/{spot.row_id}" in keep:
        patch = {}
    if spot.row_id and not spot.answers and len(spot.rows) >= _MOST_ROWS:
        raise TooManyRows(texts.say("send.Error_TooManyRows", most=_MOST_ROWS))
    if (gone := request.POST.get("remove-row")) and spot.lists_rows:
        patch = {spot.group.key: {gone: None}}
    saved = submissions.save_answers(
        spot.draft,
        answers=patch,
        revision=posted_revision(request),
        place=spot.group.key,
        by=request.user,  # type: ignore[arg-type]
        now=now,
        base=posted_base(request),
    )
    return (
        submissions.set_aside_late(saved, before=before, shown=spot.shown)
        if spot.now_with(saved).is_older
        else saved
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
