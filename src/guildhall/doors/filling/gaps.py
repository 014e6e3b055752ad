"""What stands between a draft and sending it, in words and as links to where it is put right."""

from collections.abc import Iterable

from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.walk import Gap
from guildhall.paperwork.submissions.models import Draft

from .places import place_address
from .posting import Spot
from .rows import row_heading


def gap_links(draft: Draft, definition: Definition, gaps: Iterable[Gap]) -> list[tuple[str, str]]:
    """The page and the very field (``#q-code``) of each gap, and what is wrong there."""
    return [
        (
            f"{place_address(draft.pk, gap.place, gap.row_id)}#{gap.field_id}",
            gap_words(draft, definition, gap),
        )
        for gap in gaps
    ]


def gap_words(draft: Draft, definition: Definition, gap: Gap) -> str:
    """What is wrong; in a repeating group after the row it is in, because another may lack the same."""
    spot = Spot(draft, definition, definition.group_by_key[gap.place])
    ids = [row["_id"] for row in spot.rows]
    if gap.row_id not in ids:
        return gap.message
    row = row_heading(spot, ids.index(gap.row_id) + 1)
    return texts.say("send.Rows_Gap", row=row, problem=gap.message)
