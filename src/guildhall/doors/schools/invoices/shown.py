"""Batches and their lines as pages show them, at the schools' door and at the council's."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from guildhall.foundation.kit import speech
from guildhall.foundation.kit.speech import money
from guildhall.foundation.texts.queries import say
from guildhall.work.invoices import queries
from guildhall.work.invoices.models import Batch, Line
from guildhall.work.invoices.reading import word_of

State = Batch.State
COLOURS = {
    State.SENT: "blue",
    State.TAKEN: "yellow",
    State.ACCEPTED: "green",
    State.RETURNED: "red",
    State.WITHDRAWN: "grey",
}
PER_PAGE, LINES = 20, 100


def state_name(state: str) -> str:
    """How far a batch has come, in words."""
    return say(f"schools.Invoices_State_{state.title()}")


def states() -> list[tuple[str, str]]:
    """The states to filter by, all of them first."""
    return [("", say("schools.Invoices_AnyState")), *((one, state_name(one)) for one in State.values)]


def batch_row(one: Batch) -> dict[str, Any]:
    """One line of a list of batches."""
    return {
        "batch": one,
        "gross": money(one.gross),
        "state": state_name(one.state),
        "colour": COLOURS[State(one.state)],
    }


def line_row(one: Line) -> dict[str, Any]:
    """An invoice of a batch."""
    return {
        "line": one,
        "day": speech.day(one.dated_on),
        "net": money(one.net),
        "vat": money(one.vat),
        "gross": money(one.gross),
    }


def facts(batch: Batch) -> list[dict[str, str]]:
    """What a batch is, as rows of a summary."""
    told = [
        ("Reference", batch.reference),
        ("School", batch.school.name),
        ("File", batch.file_name),
        ("Count", f"{batch.count:,}"),
        ("NetTotal", money(batch.net)),
        ("VatTotal", money(batch.vat)),
        ("GrossTotal", money(batch.gross)),
        ("SentBy", _by(str(batch.sent_by), batch.sent_at)),
    ]
    if batch.answer:
        told.append(("Answer", batch.answer))
    return [{"key": say(f"schools.Invoices_{name}"), "value": value} for name, value in told]


def history(batch: Batch, *, names: bool) -> list[str]:
    """What happened to a batch, in order; ``names``: the council's people are named too."""
    return [
        say(
            f"schools.Invoices_Event_{word_of(one.act)}",
            who=str(one.by) if names or one.act in {"send", "withdraw"} else say("schools.Invoices_Team"),
            day=speech.day(one.at),
            time=speech.clock(one.at),
        )
        for one in queries.events_of(batch)
    ]


def whole_page(batch: Batch, lines: Iterable[Line], *, names: bool) -> dict[str, Any]:
    """One batch: what it is, what happened, and its invoices."""
    return batch_row(batch) | {
        "facts": facts(batch),
        "history": history(batch, names=names),
        "rows": [line_row(one) for one in lines],
    }


def _by(who: str, at: Any) -> str:
    local = timezone.localtime(at)
    return say("schools.Invoices_By", who=who, day=speech.day(local), time=speech.clock(local))
