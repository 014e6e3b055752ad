"""What the lists of a communication log show: filtered, sorted, in words, and as a file."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.kit.pagination import Page, Sorting, page_of, sorting_of
from guildhall.foundation.kit.speech import clock, day
from guildhall.foundation.kit.spreadsheets import plain
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.outbox.queries import Evidence, Way
from guildhall.foundation.texts.queries import say
from guildhall.records.children.folding import words as folded
from guildhall.work.communications.models import Communication
from guildhall.work.communications.queries import Line, Log
from guildhall.work.communications.rules import why_not
from guildhall.work.communications.services import BY_HAND

SORTED_BY = ("at", "name", "means", "state")
NEWEST_FIRST = "-at"
NO_STATE = "none"
_COLOURS = {Way.QUEUED: "blue", Way.SENT: "turquoise", Way.DELIVERED: "green", Way.BOUNCED: "red"}
_COLUMNS = (
    "When",
    "Means",
    "Way",
    "Name",
    "Person",
    "Summary",
    "By",
    "State",
    "StateAt",
    "Why",
    "Form",
    "Note",
)


@dataclass(frozen=True)
class Row:
    """A line of the log in words; ``notes`` say what else is known of it."""

    line: Line
    means: str
    way: str
    state: str
    colour: str
    notes: list[str]
    href: str


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty for everything."""

    means: str
    state: str
    words: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Wanted":
        means, state = request.GET.get("means", ""), request.GET.get("state", "")
        return cls(
            means if means in Communication.Means.values else "",
            state if state in {*Way, NO_STATE} else "",
            one_line(request.GET.get("q"))[:100],
        )

    def takes(self, line: Line) -> bool:
        if self.means and line.means != self.means:
            return False
        if self.state and self.state != (line.state.way if line.state else NO_STATE):
            return False
        said = " ".join(folded(f"{line.name} {line.person or ''} {line.summary} {line.by}"))
        return all(word in said for word in folded(self.words))


def list_page(request: HttpRequest, log: Log) -> dict[str, Any]:
    """The log as the address asks for it."""
    wanted, sorting = Wanted.of(request), _sorting(request)
    page = page_of(_arranged(log, wanted, sorting), request)
    rows = [row_of(line) for line in page]
    return {
        "log": log,
        "page": Page(rows, page.number, page.count, page.total, page.size, page.query),
        "sorting": sorting,
        "wanted": wanted,
        "narrowed": wanted != Wanted("", "", ""),
        "means": [("", say("send.Communication_Any")), *_options("Means", Communication.Means.values)],
        "states": [("", say("send.Communication_Any")), *_options("State", (*Way, NO_STATE))],
        "csv_query": request.GET.urlencode(),
    }


def as_csv(request: HttpRequest, log: Log) -> bytes:
    """What the list shows, whole, for a spreadsheet."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([say(f"send.Communication_Column_{name}") for name in _COLUMNS])
    lines = _arranged(log, Wanted.of(request), _sorting(request))
    table.writerows([plain(cell) for cell in _cells(row_of(line))] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def row_of(line: Line) -> Row:
    """A line in words."""
    by_hand = line.kept is not None and line.means in BY_HAND
    return Row(
        line=line,
        means=say(f"send.Communication_Means_{line.means}"),
        way=say("send.Communication_Incoming" if line.incoming else "send.Communication_Outgoing"),
        state=say(f"send.Communication_State_{line.state.way}") if line.state else "",
        colour=_COLOURS[line.state.way] if line.state else "",
        notes=list(_notes(line)),
        href=reverse("council:communication", args=[line.kept.pk]) if by_hand and line.kept else "",
    )


def why_words(evidence: Evidence) -> str:
    """Why an email did not arrive, and what the mail system said."""
    reason = say(f"send.Communication_Why_{why_not(evidence.code)}")
    return say("send.Communication_Why", reason=reason, code=evidence.code) if evidence.code else reason


def _notes(line: Line) -> Iterable[str]:
    if line.state and line.state.way == Way.DELIVERED:
        opened = line.message is not None and line.message.read_at == line.state.at
        yield say(f"send.Communication_{'Opened' if opened else 'Arrived'}", when=moment(line.state.at))
    if line.state and line.state.way in {Way.QUEUED, Way.SENT}:
        yield say(f"send.Communication_Since_{line.state.way}", when=moment(line.state.at))
    if line.bounce:
        yield say("send.Communication_Bounced", when=moment(line.bounce.at), why=why_words(line.bounce))
    if line.corrected:
        yield say("send.Communication_Corrected", count=line.corrected)


def moment(at: datetime) -> str:
    return f"{day(timezone.localtime(at))}, {clock(timezone.localtime(at))}"


def _cells(row: Row) -> list[str]:
    line = row.line
    noted = [say("send.Communication_StruckOut")] if line.struck_out else []
    if line.corrected:
        noted.append(say("send.Communication_Corrected", count=line.corrected))
    return [
        _stamp(line.at),
        row.means,
        row.way,
        line.name,
        str(line.person or ""),
        line.summary,
        line.by,
        row.state,
        _stamp(line.state.at) if line.state else "",
        why_words(line.bounce) if line.bounce else "",
        line.case,
        "; ".join(noted),
    ]


def _stamp(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _options(kind: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), say(f"send.Communication_{kind}_{value}")) for value in values]


def _sorting(request: HttpRequest) -> Sorting:
    return sorting_of(request, among=SORTED_BY, default=NEWEST_FIRST)


def _arranged(log: Log, wanted: Wanted, sorting: Sorting) -> list[Line]:
    key = sorting.current.removeprefix("-")
    lines = [line for line in log.lines if wanted.takes(line)]
    return sorted(lines, key=_KEYS[key], reverse=sorting.current.startswith("-"))


_KEYS: dict[str, Any] = {
    "at": lambda line: line.at,
    "name": lambda line: folded(line.name),
    "means": lambda line: line.means,
    "state": lambda line: line.state.way if line.state else "",
}
