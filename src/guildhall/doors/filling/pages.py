"""What the pages of a draft show, put together from the form and its answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.models import Arriving, StoredFile
from guildhall.foundation.kit import components
from guildhall.foundation.kit.speech import clock
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import steps
from guildhall.paperwork.forms.conditions import comparisons_in
from guildhall.paperwork.forms.definition import Definition, Group, Question
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.kinds.uploads import Upload
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions import services as submission_services
from guildhall.paperwork.submissions.merging import digest, flatten, is_empty
from guildhall.paperwork.submissions.models import Draft
from guildhall.paperwork.submissions.services.filing import FILE_KINDS
from guildhall.people.organisations import queries as organisations
from guildhall.work.intake.titles import shown_title

from . import earlier, finding
from .posting import Spot, fresh_row_id

FILE_COLOURS = {
    StoredFile.State.QUARANTINED: "yellow",
    StoredFile.State.CLEAN: "green",
    StoredFile.State.ACCEPTED: "grey",
    StoredFile.State.INFECTED: "red",
}


@dataclass(frozen=True)
class FileRow:
    """A file as the person who added it sees it: ``state`` in words, ``href`` while it may be opened."""

    id: str
    name: str
    kind: str
    bytes: int
    state: str
    colour: str
    href: str

    @property
    def short(self) -> bool:
        """Whether the state is a word or two, which a tag can hold."""
        return len(self.state) < 25


@dataclass(frozen=True)
class Tab:
    """A section on the left of a form whose sections open in any order (CP-018)."""

    place: str
    number: int
    title: str
    state: str
    state_words: str
    here: bool


@dataclass(frozen=True)
class RowLine:
    """One row of a repeating group in its list."""

    id: str
    heading: str
    lines: list[str]
    href: str
    finished: bool


@dataclass(frozen=True)
class Side:
    """One question that two pages answered differently: what is saved (by ``who``), what this one typed."""

    unit: str
    question: str
    saved: list[str]
    typed: list[str]
    who: str


def language() -> str:
    """The language of the page, as two letters."""
    return (get_language() or "en")[:2]


def walk_of(draft: Draft, definition: Definition) -> Walk:
    return Walk(definition, draft.answers, today=timezone.localdate())


def place_address(draft_id: UUID, place: str | None, row_id: str | None = "") -> str:
    """The address of a step, of a row of it, or, for no place, of the summary."""
    if not place or place == "summary":
        return _address("filling:summary", draft_id)
    if row_id:
        return _address("filling:row", draft_id, place, row_id)
    return _address("filling:step", draft_id, place)


@lru_cache(maxsize=2_000)
def _address(name: str, *parts: object) -> str:
    """Kept, because working it out takes as long as drawing two fields, and one draft is asked for often."""
    return reverse(name, args=parts)


def emergency_numbers(definition: Definition) -> dict[str, str]:
    """The numbers to ring at once, for a form that shows them on every page (CP-030), else empty."""
    if not definition.emergency:
        return {}
    return {
        "day": str(authority.setting("authority.telephone_day")),
        "night": str(authority.setting("authority.telephone_night")),
    }


def file_row(file: StoredFile) -> FileRow:
    """A file in the list of a step or of what was sent."""
    return FileRow(
        id=str(file.pk),
        name=file.name,
        kind=file.kind.lstrip(".").upper(),
        bytes=file.bytes,
        state=file_queries.state_words(file),
        colour=FILE_COLOURS[StoredFile.State(file.state)],
        href=reverse("filling:file", args=[file.pk]) if file_queries.may_be_served(file) else "",
    )


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
            "rows": _rows(spot, walk),
            "fresh": fresh_row_id(),
            "may_add": may_add(spot),
            "remove": remove,
            "removed": removed_words(spot),
        }
    kept = submissions.files_of_draft(spot.draft) if _asks_for_files(spot) else []
    here = [file for file in kept if file.row == spot.row_id]
    arriving = list(file_queries.arriving_for("draft", spot.draft.pk)) if _asks_for_files(spot) else []
    fields = steps.fields(
        walk,
        spot.group,
        row_id=spot.row_id or None,
        problems=problems,
        language=language(),
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
        "takes_files": _asks_for_files(spot),
        "stars": stars,
        "inherits": bool(spot.draft.inherited),
    }
    return context | shown | {"decides": " ".join(deciding(spot.group))}


def question_html(spot: Spot, question: Question, field: SafeString) -> str:
    """A question in its frame, which is green around an answer that an earlier form gave (SP-180)."""
    kind = "gh-question gh-inherited" if earlier.is_filled(spot, question) else "gh-question"
    return (
        f'<div class="{kind}" data-question="{question.field_id}">{earlier.note(spot, question)}{field}</div>'
    )


def deciding(group: Group) -> list[str]:
    """Ids of the questions on whose answers others of the same page depend."""
    rules = [rule for question in group.questions for rule in (question.when, question.mandatory)]
    codes = {one.question for rule in rules for one in comparisons_in(rule)}
    return [question.field_id for question in group.questions if question.code in codes]


def frame(spot: Spot, walk: Walk) -> dict[str, Any]:
    """What every page inside a step shares."""
    place = spot.group.key
    places = [group.key for group in walk.groups]
    return {
        "draft": spot.draft,
        "form": spot.definition,
        "title": shown_title(spot.definition, language()),
        "group": spot.group,
        "group_title": spot.group.title.in_(language()),
        "guidance": spot.group.guidance.in_(language()),
        "item": item_words(spot),
        "row_id": spot.row_id,
        "row_number": _row_number(spot),
        "step_number": places.index(place) + 1 if place in places else 0,
        "step_count": len(places) + 1,
        "back": _back(spot, walk),
        "tabs": tabs_of(spot.definition, walk, here=place),
        "revision": spot.draft.revision,
        "base": base_of(spot),
        "autosave": _address("filling:autosave", spot.draft.pk),
        "saved": saved_words(spot.draft),
        "emergency": emergency_numbers(spot.definition),
        "language_form": "step",
    }


def _back(spot: Spot, walk: Walk) -> str:
    """Where Back leads within the form; "" out of it, as from every tab of a returned form (CP-053)."""
    if spot.row_id:
        return spot.group.key
    if spot.draft.corrects_id and spot.definition.style == "tabs":
        return ""
    return walk.previous_place(spot.group.key) or ""


def tabs_of(definition: Definition, walk: Walk, *, here: str) -> list[Tab]:
    """The sections of a form in tabs, the summary last; none for a form in steps."""
    if definition.style != "tabs":
        return []
    tabs = [
        Tab(
            step.place,
            number,
            step.title.in_(language()),
            step.state,
            texts.say(f"send.Tab_State_{step.state}"),
            step.place == here,
        )
        for number, step in enumerate(walk.steps, 1)
    ]
    last = Tab("summary", len(tabs) + 1, texts.say("send.Tab_Summary"), "", "", here == "summary")
    return [*tabs, last]


def file_field(
    field: steps.Field,
    kept: list[StoredFile],
    arriving: list[Arriving],
    spot: Spot,
    problems: Mapping[str, str],
    *,
    stars: bool,
) -> SafeString | None:
    """A file question with what was uploaded, and its own Upload and Remove buttons; None for other kinds."""
    question = field.question
    kind = KINDS[question.kind]
    if not isinstance(kind, Upload):
        return None
    files = [file for file in kept if file.question == question.code]
    listing = render_to_string(
        "filling/files.html", {"files": [file_row(file) for file in files], "question": question}
    )
    drawn = components.file_field(
        components.Field(
            name=question.field_id,
            label=question.text.in_(language()),
            hint=question.hint.in_(language()),
            tooltip=question.tooltip.in_(language()),
            problem=problems.get(question.field_id, ""),
            required=field.required,
            optional=not (field.required or stars or spot.definition.style == "tabs"),
        ),
        multiple=question.multiple,
        accept=",".join(kind.extensions),
        upload_url=reverse("filling:uploads", args=[spot.draft.pk]),
        listing=SafeString(listing),
    )
    upload = components.button(
        text=texts.say("send.Files_Upload"),
        name="upload",
        value=question.code,
        secondary=True,
        hidden_text=question.text.in_(language()),
        attrs={"data-upload-button": question.field_id},
    )
    begun = [one for one in arriving if one.question == question.code and one.row == spot.row_id]
    return SafeString(render_to_string("filling/arriving.html", {"uploads": begun})) + drawn + upload


def may_add(spot: Spot) -> bool:
    """Whether the repeating group takes another row."""
    return bool(spot.group.repeats) and len(spot.rows) < spot.group.repeats.most  # type: ignore[union-attr]


def conflict_page(
    spot: Spot,
    conflict: submission_services.Conflict,
    posted: QueryDict,
    posted_base: dict[str, str],
    who: Mapping[str, str],
) -> dict[str, Any]:
    """The context of ``filling/conflict.html``: both answers side by side, and everything typed (F15).

    ``who``: unit → who saved it, where several people fill in the form.
    """
    now = spot.now_with(conflict.current)
    carried = [
        (key, value)
        for key, values in posted.lists()
        if key not in _NOT_CARRIED and not key.startswith("choice-")
        for value in values
    ]
    sides = [_side(now, unit, conflict.offered.get(unit), who.get(unit, "")) for unit in conflict.overlapping]
    context = frame(now, walk_of(now.draft, now.definition))
    base = posted_base | {unit: digest(_current(now, unit)) for unit in conflict.overlapping}
    return context | {"sides": sides, "carried": carried, "base": json.dumps(base), "language_form": ""}


_NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "revision", "base", "place", "row"})


def _current(spot: Spot, unit: str) -> Any:
    return flatten(spot.draft.answers).get(unit)


def _side(spot: Spot, unit: str, offered: Any, who: str) -> Side:
    code = unit.rsplit("/", 1)[-1]
    question = next((each for each in spot.group.questions if each.code == code), None)
    if question is None:
        return Side(unit, spot.group.title.in_(language()), [], [], who)
    return Side(
        unit,
        question.text.in_(language()),
        spoken(question, spot.answers.get(code)),
        spoken(question, offered),
        who,
    )


def spoken(question: Question, value: Any) -> list[str]:
    """An answer in words; what could not be read as an answer, as it was typed."""
    if is_empty(value):
        return [texts.say("send.Summary_NotAnswered")]
    if isinstance(value, dict) and "typed" in value:
        return [str(value["typed"])]
    return KINDS[question.kind].speak(value, question, language())


def item_words(spot: Spot) -> str:
    """What one row is called, to stand at the start of a heading."""
    words = spot.group.repeats.item.in_(language()) if spot.group.repeats else ""
    return words[:1].upper() + words[1:]


def _rows(spot: Spot, walk: Walk) -> list[RowLine]:
    unfinished = {gap.row_id for gap in walk.gaps if gap.place == spot.group.key}
    return [
        RowLine(
            id=row["_id"],
            heading=texts.say("send.Rows_Item", item=item_words(spot), number=number),
            lines=_first_answers(spot, row),
            href=place_address(spot.draft.pk, spot.group.key, row["_id"]),
            finished=row["_id"] not in unfinished,
        )
        for number, row in enumerate(spot.rows, 1)
    ]


def _first_answers(spot: Spot, row: dict[str, Any]) -> list[str]:
    """The first two answers of a row, which tell it from the others."""
    answered = [each for each in spot.group.questions if not is_empty(row.get(each.code))]
    return [" ".join(spoken(question, row[question.code])) for question in answered[:2]]


def removed_words(spot: Spot) -> str:
    """ "You removed Parent 2: Dilys Pritchard." while that can be undone; "" for nothing to undo."""
    one = spot.draft.removed.get(spot.group.key)
    if not one or any(row["_id"] == one["row"]["_id"] for row in spot.rows):
        return ""
    heading = texts.say("send.Rows_Item", item=item_words(spot), number=one["place"] + 1)
    about = ", ".join(_first_answers(spot, one["row"]))
    return texts.say("send.Rows_Removed", row=f"{heading}: {about}" if about else heading)


def _row_number(spot: Spot) -> int:
    ids = [row["_id"] for row in spot.rows]
    return ids.index(spot.row_id) + 1 if spot.row_id in ids else len(ids) + 1


def _row_is_there(spot: Spot) -> bool | None:
    return any(row["_id"] == spot.row_id for row in spot.rows) or None


def _asks_for_files(spot: Spot) -> bool:
    return any(question.kind in FILE_KINDS for question in spot.group.questions)
