"""What the buttons of a list of rows do: move one up or down, undo a removal."""

from datetime import datetime

from django.http import HttpRequest

from guildhall.paperwork.submissions import services as submissions

from .posting import Spot

UP = "move-row-up"
DOWN = "move-row-down"
UNDO = "undo-row"


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
