"""Reading a file of children: any usual encoding, delimiter and form of date; a bad row names its reason."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.spreadsheets import text_of
from guildhall.records.children.identity import Identity

from .columns import columns_of
from .days import day_in, month_comes_first

MOST_BYTES = 2_000_000_000
LONGEST_NAME = 200
MOST_LINES_IN_A_ROW = 20
ENOUGH_LINES = 5_000
# What stands in files for a date that nobody knew.
_OLD_YEAR = 1900
_DELIMITERS = ",;\t|"
_NOTHING = ' \r\n\t,;|"'
_SEPARATOR = re.compile(r"sep=([,;\t|])", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
# How a workbook, a PDF and a picture begin; and what no text has in it.
_NO_TABLE = ("PK\x03\x04", "%PDF-")
_UNPRINTED = re.compile(r"[\x01-\x08\x0e-\x1b]")
_SEXES = {"f": "female", "m": "male", "female": "female", "male": "male", "girl": "female", "boy": "male"}
_SEXES |= {"benyw": "female", "gwryw": "male", "1": "male", "2": "female"}


_REASONS = {
    "same_id": "an earlier line has the same id",
    "long": f"a name is longer than {LONGEST_NAME} characters",
    "nobody": "neither a name nor a date of birth with an address",
    "columns": "it has more values than there are columns",
    "broken": "its values cannot be told apart; look for a quotation mark that is not closed",
}
_DOUBTS = {
    "date_unread": "the date of birth cannot be read, so it is left out",
    "date_future": "the date of birth is in the future",
    "date_old": "the date of birth is 1900 or earlier",
}


class UnreadableFile(Refusal):
    """The file cannot be used at all; the message says what is wrong and what to do.

    ``code`` is the same for a page: large, closed, many, name, empty, binary; ``headings`` are those of the
    file where they are what is wrong.
    """

    def __init__(self, message: str, *, code: str, headings: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.code, self.headings = code, headings


@dataclass(frozen=True)
class Row:
    """A child of a file: the line it began on, its id in the file, and its group if the file says one.

    ``doubt``: what was left out or looks wrong though the row is used: date_unread, date_old.
    """

    line: int
    id: str
    who: Identity
    group: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class BadRow:
    """A line that could not be used, and why; ``code`` is the same for a page."""

    line: int
    id: str
    reason: str
    code: str


@dataclass
class People:
    """The children of one file, what could not be read, which column was taken for what, and whether the
    file's dates have the month before the day."""

    rows: list[Row] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """Heading → value of a line that is not empty, or the code of what keeps it from being read."""

    number: int
    values: dict[str, str]
    problem: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A file as it was parted."""

    headings: list[str]
    raw: list[str]
    begin: int
    delimiter: str

    @property
    def lines(self) -> Iterator[_Line]:
        return _each(self.raw, self.begin, self.delimiter, self.headings)

    def first(self) -> Iterator[_Line]:
        """Enough lines to see how the file is written."""
        return islice(self.lines, ENOUGH_LINES)


def read_people(path: Path, given: Mapping[str, str]) -> People:
    """Every child in the file at ``path``; ``given`` maps parts of an identity to columns.

    Raises UnreadableFile, NoSuchColumn.
    """
    return _people(_sheet(_text_of(path), path.name), path.name, given)


def read_uploaded(content: bytes, name: str, given: Mapping[str, str], *, most: int) -> People:
    """The same of a file that was sent; no more than ``most`` rows. Raises UnreadableFile, NoSuchColumn."""
    return _people(_sheet(_decoded(content), name), name, given, most=most)


def _people(sheet: _Sheet, name: str, given: Mapping[str, str], *, most: int = 0) -> People:
    people = People(columns=columns_of(sheet.headings, given))
    born = people.columns.get("born_on", "")
    people.month_first = month_comes_first(line.values.get(born, "") for line in sheet.first())
    seen: set[str] = set()
    for line in sheet.lines:
        row = _row(line, people)
        if isinstance(row, Row) and row.id in seen:
            row = _bad(line.number, row.id, "same_id")
        if isinstance(row, BadRow):
            people.bad.append(row)
        else:
            seen.add(row.id)
            people.rows.append(row)
        if most and len(people.rows) + len(people.bad) > most:
            raise UnreadableFile(f"{name} has more than {most:,} rows. Divide it.", code="many")
    if (people.rows or people.bad) and not {"forename", "surname", "full_name"} & set(people.columns):
        raise UnreadableFile(
            f"{name} has no column for a name. Say which it is, for example --map surname=COLUMN.",
            code="name",
            headings=sheet.headings,
        )
    return people


def doubts_in(people: People, *, today: date) -> Iterator[tuple[int, str, str]]:
    """(line, code, words) of every row that is used though something of it looks wrong."""
    for row in people.rows:
        future = row.who.born_on is not None and row.who.born_on > today
        if code := "date_future" if future else row.doubt:
            yield row.line, code, _DOUBTS[code]


def table(path: Path) -> Iterator[tuple[int, list[str] | None]]:
    """Every line that is not empty, the first included: its number and its values, None where they cannot be
    told apart. Raises UnreadableFile."""
    lines, at, delimiter = _begun(_text_of(path), path.name)
    while at < len(lines):
        values, taken = _values(lines, at, delimiter, wide=None)
        number, at = at + 1, at + taken
        if values is None or any(values):
            yield number, values


def _sheet(text: str, name: str) -> _Sheet:
    lines, begin, delimiter = _begun(text, name)
    headings, taken = _values(lines, begin, delimiter, wide=None)
    if not headings or not any(headings):
        raise UnreadableFile(f"{name} is empty. Its first line must name the columns.", code="empty")
    return _Sheet(headings, lines, begin + taken, delimiter)


def _begun(text: str, name: str) -> tuple[list[str], int, str]:
    """The lines of ``text``, the first of them that says something, and what parts the values.

    A spreadsheet program may say in a line of its own what parts them (``sep=;``).
    """
    if text.startswith(_NO_TABLE) or _UNPRINTED.search(text[:10_000]):
        raise UnreadableFile(
            f"{name} is no CSV file. Open it in a spreadsheet program and save it as CSV.", code="binary"
        )
    lines = list(io.StringIO(text, newline=""))
    begin = next((at for at, line in enumerate(lines) if line.strip(_NOTHING)), None)
    if begin is None:
        raise UnreadableFile(f"{name} is empty. Its first line must name the columns.", code="empty")
    if found := _SEPARATOR.fullmatch(lines[begin].strip(' "\r\n')):
        return lines, min(begin + 1, len(lines) - 1), found[1]
    return lines, begin, _delimiter(lines[begin])


def _each(lines: list[str], at: int, delimiter: str, headings: list[str]) -> Iterator[_Line]:
    """Every line that is not empty by itself, so that one which is broken spoils no other."""
    while at < len(lines):
        values, taken = _values(lines, at, delimiter, wide=len(headings))
        number, at = at + 1, at + taken
        if values is None:
            yield _Line(number, {}, "broken")
        elif any(values):
            problem = "columns" if any(values[len(headings) :]) else ""
            yield _Line(number, dict(zip(headings, values, strict=False)), problem)


def _values(lines: list[str], at: int, delimiter: str, *, wide: int | None) -> tuple[list[str] | None, int]:
    """The values of the line at a place, and how many lines they take: a value in quotes may go on.

    Over several lines there must be as many values as ``wide`` says; None: any. The values are None where
    they cannot be told apart.
    """
    if lines[at].count('"') % 2 == 0:
        return _parted(lines[at : at + 1], delimiter, strict=False), 1
    for most in range(1, MOST_LINES_IN_A_ROW + 1):
        values = _parted(lines[at : at + most], delimiter, strict=True)
        if values is not None and (most == 1 or wide is None or len(values) == wide):
            return values, most
    return None, 1


def _parted(lines: list[str], delimiter: str, *, strict: bool) -> list[str] | None:
    """The values in ``lines`` without outer spaces; None if they are no row."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)
    try:
        return [value.strip() for value in next(reader, [])]
    except csv.Error:
        return None


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile(
                f"{path.name} is larger than {MOST_BYTES // 1_000_000:,} MB. Divide it.", code="large"
            )
        written = path.read_bytes()
    except OSError as problem:
        raise UnreadableFile(f"{path} cannot be read: {problem.strerror}.", code="closed") from problem
    return _decoded(written)


def _decoded(written: bytes) -> str:
    return text_of(written).replace("\0", "")


def _delimiter(heading: str) -> str:
    return max(_DELIMITERS, key=_QUOTED.sub("", heading).count)


def _row(line: _Line, people: People) -> Row | BadRow:
    def part(name: str) -> str:
        return line.values.get(people.columns.get(name, ""), "")[: LONGEST_NAME * 2]

    own_id = part("id") or str(line.number)
    if line.problem:
        return _bad(line.number, own_id, line.problem)
    forename, surname = part("forename"), part("surname")
    if not forename and not surname:
        forename, surname = _parted_name(part("full_name"))
    if max(len(forename), len(surname)) > LONGEST_NAME:
        return _bad(line.number, own_id, "long")
    who = Identity(
        forename=forename,
        midname=part("midname"),
        surname=surname,
        known_as=part("known_as"),
        former_surname=part("former_surname"),
        born_on=_born_on(part, month_first=people.month_first),
        gender=_SEXES.get(part("gender").lower(), ""),
        address_lines=_lines(part),
        postcode=part("postcode"),
        upn=part("upn").upper(),
        nhs_number=part("nhs_number").replace(" ", ""),
        uln=part("uln").replace(" ", ""),
        school=part("school"),
    )
    if not (forename or surname or (who.born_on and (who.address_lines or who.postcode))):
        return _bad(line.number, own_id, "nobody")
    return Row(line.number, own_id, who, part("group"), _doubt(part, who.born_on))


def _parted_name(whole: str) -> tuple[str, str]:
    """Forename and surname of “Mali Haf Rees” or “Rees, Mali Haf”."""
    surname, comma, forename = whole.partition(",")
    if comma:
        return forename.strip(), surname.strip()
    forename, _, surname = whole.rpartition(" ")
    return forename, surname


def _bad(line: int, own_id: str, code: str) -> BadRow:
    return BadRow(line, own_id, _REASONS[code], code)


def _doubt(part: Callable[[str], str], born_on: date | None) -> str:
    """What a person should know of a date of birth, which is as often wrong as missing."""
    if born_on is None:
        return "date_unread" if part("born_on") else ""
    return "date_old" if born_on.year <= _OLD_YEAR else ""


def _born_on(part: Callable[[str], str], *, month_first: bool) -> date | None:
    if written := part("born_on"):
        return day_in(written, month_first=month_first)
    pieces = [part(f"birth_{piece}") for piece in ("year", "month", "day")]
    try:
        return date(*(int(piece) for piece in pieces)) if all(pieces) else None
    except ValueError:
        return None


def _lines(part: Callable[[str], str]) -> tuple[str, ...]:
    """The lines of the address, the number of the house before its street, the town last."""
    street = " ".join(filter(None, (part("street_number"), part("address_1"))))
    return tuple(filter(None, (street, part("address_2"), part("address_3"), part("town"))))
