"""What the pages of a draft show, put together from the form and its answers."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.kit.speech import active_language, clock
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import steps
from guildhall.paperwork.forms.definition import Definition, Question
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.merging import digest
from guildhall.paperwork.submissions.models import Draft
from guildhall.paperwork.submissions.services.filing import FILE_KINDS
from guildhall.people.organisations import queries as organisations
from guildhall.work.intake.titles import shown_title

from . import earlier, finding
from .file_fields import file_field
from .places import address
from .posting import Spot, fresh_row_id
from .rows import item_words, may_add, removed_words, row_lines
from .tabs import tabs_of


def walk_of(draft: Draft, definition: Definition) -> Walk:
    return Walk(definition, draft.answers, today=timezone.localdate())


def emergency_numbers(definition: Definition, *, sent: bool = False) -> dict[str, str]:
    """The numbers to ring at once, for a form that shows them on every page (CP-030), else empty.

    ``then`` is what to do with the form afterwards: a concern is still sent, nothing else may wait for its
    form, and one that was ``sent`` asks for no more.
    """
    if not definition.emergency:
        return {}
    after = "concern" if definition.destination == "safeguarding" else "other"
    return {
        "day": str(authority.setting("authority.telephone_day")),
        "night": str(authority.setting("authority.telephone_night")),
        "then": "" if sent else texts.say(f"send.Emergency_Then_{after}"),
    }


def saved_words(draft: Draft) -> str:
    """ "Saved at 10:42am" for the quiet line under the buttons."""
    return texts.say("send.Step_SavedAt", time=clock(draft.saved_at))


def base_of(spot: Spot, shown: Mapping[str, Any] | None = None) -> str:
    """What the page shows (``shown`` if given, else what is saved), so that a save can tell what changed."""
    shown = spot.answers if shown is None else shown
    marks = {spot.unit(question.code): digest(shown.get(question.code)) for question in spot.group.questions}
    if spot.row_id:
        marks[f"{spot.group.key}/{spot.row_id}"] = digest(_row_is_there(spot))
    return json.dumps(marks, separators=(",", ":"))


def step_page(
    spot: Spot, walk: Walk, *, problems: Mapping[str, str], find: str = "", remove: str = ""
) -> dict[str, Any]:
    """The context of ``filling/step.html``: the fields of a step or of a row, or the list of rows.

    ``find``: the code of the address question at which addresses are looked up. ``remove``: the row that
    the person is asked about before it goes.
    """
    context = frame(spot, walk) | {"problems": problems}
    if spot.lists_rows:
        return context | {
            "rows": row_lines(spot, walk),
            "fresh": fresh_row_id(),
            "remove": remove,
            "removed": removed_words(spot),
        }
    takes_files = bool(spot.group.kinds & FILE_KINDS)
    kept = submissions.files_of_draft(spot.draft) if takes_files else []
    here = [file for file in kept if file.row == spot.row_id]
    arriving = list(file_queries.arriving_for("draft", spot.draft.pk)) if takes_files else []
    fields = steps.fields(
        walk,
        spot.group,
        row_id=spot.row_id or None,
        problems=problems,
        language=active_language(),
        establishments=organisations.find_establishments,
    )
    stars = any(field.required for field in fields)
    drawn = [
        question_html(
            spot,
            field.question,
            (file_field(field, here, arriving, spot, problems, stars=stars) or field.html)
            + finding.button(spot, field.question, asked=find),
        )
        for field in fields
    ]
    shown = {
        "fields": SafeString("\n  ".join(drawn)),
        "takes_files": takes_files,
        "stars": stars,
        "inherits": bool(spot.draft.inherited),
    }
    return context | shown | {"decides": " ".join(question.field_id for question in spot.group.deciding)}


def question_html(spot: Spot, question: Question, field: SafeString) -> str:
    """A question in its frame, which is green around an answer that an earlier form gave (SP-180)."""
    kind = "gh-question gh-inherited" if earlier.is_filled(spot, question) else "gh-question"
    return (
        f'<div class="{kind}" data-question="{question.field_id}">{earlier.note(spot, question)}{field}</div>'
    )


def frame(spot: Spot, walk: Walk) -> dict[str, Any]:
    """What every page inside a step shares."""
    place = spot.group.key
    places = [group.key for group in walk.groups]
    return {
        "draft": spot.draft,
        "form": spot.definition,
        "title": shown_title(spot.definition, active_language()),
        "group": spot.group,
        "group_title": spot.group.title.in_(active_language()),
        "guidance": spot.group.guidance.in_(active_language()),
        "item": item_words(spot),
        "row_id": spot.row_id,
        "row_number": _row_number(spot),
        "may_add": may_add(spot),
        "step_number": places.index(place) + 1 if place in places else 0,
        "step_count": len(places) + 1,
        "back": _back(spot, walk),
        "tabs": tabs_of(spot.definition, walk, here=place),
        "shown": spot.shown,
        "revision": spot.draft.revision,
        "base": base_of(spot),
        "autosave": address("filling:autosave", spot.draft.pk),
        "saved": saved_words(spot.draft),
        "emergency": emergency_numbers(spot.definition),
        "newer": forms.newer_than(spot.draft.version_id),
        "language_form": "step",
    }


def _back(spot: Spot, walk: Walk) -> str:
    """Where Back leads within the form; "" out of it, as from every tab of a returned form (CP-053)."""
    if spot.row_id:
        return spot.group.key
    if spot.draft.corrects_id and spot.definition.style == "tabs":
        return ""
    return walk.previous_place(spot.group.key) or ""


def _row_number(spot: Spot) -> int:
    ids = [row["_id"] for row in spot.rows]
    return ids.index(spot.row_id) + 1 if spot.row_id in ids else len(ids) + 1


def _row_is_there(spot: Spot) -> bool | None:
    return any(row["_id"] == spot.row_id for row in spot.rows) or None
