"""Many invitations at once: lines that were pasted or read from a spreadsheet, judged one by one."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from django.core.files.uploadedfile import UploadedFile

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.languages import LANGUAGES
from guildhall.people.accounts.models import User
from guildhall.people.invitations import services as invitations

COLUMNS = ("email", "forename", "surname", "job_role", "organisation")
MOST = {"email": 254, "forename": 60, "surname": 60, "job_role": 100, "organisation": 150}
MOST_LINES = 200
_HEADING = re.compile(r"[\w -]*(mail|bost)[\w -]*", re.IGNORECASE)  # an address has a dot
MOST_BYTES = 1_000_000
MOST_UNPACKED = 20_000_000


class Unreadable(Refusal):
    """Nothing that could be read as lines of people, or too much of it."""


@dataclass(frozen=True)
class Line:
    """One person to invite: what was given, and why they cannot be invited ("" when they can)."""

    number: int
    given: dict[str, str]
    problem: str = ""


def lines_of(pasted: str, upload: UploadedFile | None) -> list[Line]:
    """The people in ``pasted`` (fields parted by commas, semicolons or tabs) or in the spreadsheet.

    Raises Unreadable.
    """
    rows = _sheet(upload) if upload else _text(pasted)
    rows = [[cell.strip() for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if rows and _HEADING.fullmatch(rows[0][0]):
        rows = rows[1:]
    if not rows:
        raise Unreadable(say("administration.Error_Invite_Nothing"), field="lines")
    if len(rows) > MOST_LINES:
        raise Unreadable(say("administration.Error_Invite_TooMany", most=MOST_LINES), field="lines")
    return _judged(dict(zip(COLUMNS, [*row, *[""] * len(COLUMNS)], strict=False)) for row in rows)


def _text(pasted: str) -> list[list[str]]:
    if len(pasted) > MOST_BYTES:
        raise Unreadable(say("administration.Error_Invite_TooMany", most=MOST_LINES), field="lines")
    first = next((line for line in pasted.splitlines() if line.strip()), "")
    mark = max("\t;,", key=first.count)
    clean = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in pasted)
    try:
        return [row for line in clean.splitlines() for row in csv.reader(StringIO(line), delimiter=mark)]
    except csv.Error:
        raise Unreadable(say("administration.Error_Invite_Nothing"), field="lines") from None


def _sheet(upload: UploadedFile) -> list[list[str]]:
    if (upload.size or 0) > MOST_BYTES:
        raise Unreadable(say("administration.Error_Invite_File"), field="file")
    content = upload.read()
    if not content.startswith(b"PK"):
        return _text(spreadsheets.text_of(content))
    try:
        book = spreadsheets.opened(content, most_unpacked=MOST_UNPACKED)
        table = spreadsheets.rows(book, 0, most=MOST_LINES + 100, widest=100)
    except spreadsheets.TooLong:
        raise Unreadable(say("administration.Error_Invite_TooMany", most=MOST_LINES), field="file") from None
    except (spreadsheets.NoWorkbook, spreadsheets.TooLarge):
        raise Unreadable(say("administration.Error_Invite_File"), field="file") from None
    return [[spreadsheets.as_typed(cell) for cell in row] for row in table]


def _judged(given: Iterable[dict[str, str]]) -> list[Line]:
    found: list[Line] = []
    seen: set[str] = set()
    for number, one in enumerate(given, 1):
        address = one["email"].lower()
        problem = _problem(one) or (say("administration.Error_Invite_Twice") if address in seen else "")
        seen.add(address)
        found.append(Line(number, one, problem))
    return found


def _problem(one: dict[str, str]) -> str:
    if wrong := problems_of(one):
        return next(iter(wrong.values()))
    try:
        invitations.refuse_address(one["email"].lower())
    except Refusal as refusal:
        return refusal.message
    return ""


def problems_of(given: dict[str, str]) -> dict[str, str]:
    """Field → what is wrong with what was typed about one person, but for the address itself."""
    problems = {
        name: say(f"administration.Error_Invite_{name}")
        for name in ("email", "job_role", "organisation")
        if not given[name]
    }
    problems |= {
        name: say("administration.Error_User_Long", most=most)
        for name, most in MOST.items()
        if len(given[name]) > most
    }
    return problems


def pasted_again(lines: list[Line]) -> str:
    """The lines as they can be pasted, to send them on or to change them."""
    text = StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(
        [line.given[name] for name in COLUMNS] for line in lines
    )
    return text.getvalue()


def send(lines: list[Line], *, by: User, language: str, now: datetime) -> tuple[int, list[Line]]:
    """Invite everybody who can be; how many that were, and the lines that somebody was quicker with."""
    sent, left = 0, []
    for line in lines:
        if line.problem:
            continue
        try:
            invitations.invite(line.given | {"language": language}, by=by, now=now)
        except Refusal as refusal:
            left.append(Line(line.number, line.given, refusal.message))
        else:
            sent += 1
    return sent, left


def languages() -> list[tuple[str, str]]:
    """The languages an invitation can be written in."""
    return [(key, say(f"administration.Invite_Language_{key}")) for key in LANGUAGES]
