"""The list of rows of a repeating group: what it shows, and what its buttons do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.merging import is_empty

from .answers import in_words
from .places import place_address
from .posting import Spot

UP = "move-row-up"
DOWN = "move-row-down"
UNDO = "undo-row"


@dataclass(frozen=True)
class RowLine:
    """One row of a repeating group in its list."""

    id: str
    heading: str
    lines: list[str]
    href: str
    finished: bool


def row_lines(spot: Spot, walk: Walk) -> list[RowLine]:
    """The rows in their order."""
    unfinished = {gap.row_id for gap in walk.gaps if gap.place == spot.group.key}
    return [
        RowLine(
            id=row["_id"],
            heading=row_heading(spot, number),
            lines=_first_answers(spot, row),
            href=place_address(spot.draft.pk, spot.group.key, row["_id"]),
            finished=row["_id"] not in unfinished,
        )
        for number, row in enumerate(spot.rows, 1)
    ]


def _first_answers(spot: Spot, row: dict[str, Any]) -> list[str]:
    """The first two answers of a row, which tell it from the others."""
    answered = [each for each in spot.group.questions if not is_empty(row.get(each.code))]
    return [" ".join(in_words(question, row[question.code])) for question in answered[:2]]


def row_heading(spot: Spot, number: int) -> str:
    """ "Parent or carer 2"."""
    return texts.say("send.Rows_Item", item=item_words(spot), number=number)


def item_words(spot: Spot) -> str:
    """What one row is called, to stand at the start of a heading."""
    words = spot.group.repeats.item.in_(active_language()) if spot.group.repeats else ""
    return words[:1].upper() + words[1:]


def removed_words(spot: Spot) -> str:
    """ "You removed Parent 2: Dilys Pritchard." while that can be undone; "" for nothing to undo."""
    one = spot.draft.removed.get(spot.group.key)
    if not one or any(row["_id"] == one["row"]["_id"] for row in spot.rows):
        return ""
    heading = row_heading(spot, one["place"] + 1)
    about = ", ".join(_first_answers(spot, one["row"]))
    return texts.say("send.Rows_Removed", row=f"{heading}: {about}" if about else heading)


def may_add(spot: Spot) -> bool:
    """Whether the repeating group takes another row, besides the one that is open."""
    if spot.group.repeats is None:
        return False
    return len({row["_id"] for row in spot.rows} | ({spot.row_id} - {""})) < spot.group.repeats.most


def changed(request: HttpRequest, spot: Spot, *, now: datetime) -> str | None:
    """Do what was pressed; the id of the row to show, "" for the whole list. None where nothing was pressed.

    Raises Gone.
    """
    if not spot.lists_rows:
        return None
    post, by, group = request.POST, request.user, spot.group.key
    if UNDO in post:
        submissions.restore_row(spot.draft, group=group, by=by, now=now)  # type: ignore[arg-type]
        return ""
    for button, places in ((UP, -1), (DOWN, 1)):
        if row_id := post.get(button):
            submissions.move_row(
                spot.draft,
                group=group,
                row_id=row_id,
                by_places=places,
                by=by,  # type: ignore[arg-type]
                now=now,
            )
            return row_id if any(row["_id"] == row_id for row in spot.rows) else ""
    return None
