"""Reading a file of children: any usual heading and form of date; a bad row names its reason."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from guildhall.records.children.identity import Identity

from .columns import columns_of
from .days import day_in, month_comes_first
from .parting import Bounds, UnreadableFile, Workbook, Written, content_of, parted

LONGEST_NAME = 200
ENOUGH_LINES = 5_000
MOST_CELLS_SENT, MOST_UNPACKED_SENT = 1_000_000, 100_000_000
MOST_HEADINGS, LONGEST_HEADING = 20, 40
MORE_LINES = 100  # a heading, and empty ones
# What stands in files for a date that nobody knew.
_OLD_YEAR = 1900
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
    """A table whose first row names the columns."""

    headings: list[str]
    table: Written | Workbook

    @property
    def lines(self) -> Iterator[_Line]:
        for number, values in islice(self.table.rows(len(self.headings)), 1, None):
            if values is None:
                yield _Line(number, {}, "broken")
            else:
                problem = "columns" if any(values[len(self.headings) :]) else ""
                headed = zip(self.headings, values, strict=False)
                yield _Line(number, {heading: value for heading, value in headed if heading}, problem)

    def first(self) -> Iterator[_Line]:
        """Enough lines to see how the file is written."""
        return islice(self.lines, ENOUGH_LINES)


def read_people(path: Path, given: Mapping[str, str]) -> People:
    """Every child in the file at ``path``; ``given`` maps parts of an identity to columns.

    Raises UnreadableFile, NoSuchColumn.
    """
    return _people(_sheet(parted(content_of(path), path.name), path.name), path.name, given)


def read_uploaded(content: bytes, name: str, given: Mapping[str, str], *, most: int) -> People:
    """The same of a file that was sent; no more than ``most`` rows. Raises UnreadableFile, NoSuchColumn."""
    bounds = Bounds(rows=most + MORE_LINES, cells=MOST_CELLS_SENT, unpacked=MOST_UNPACKED_SENT)
    return _people(_sheet(parted(content, name, bounds), name), name, given, most=most)


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
            f"{name} has no column for a name. Its columns are: {_told(sheet.headings)}. "
            "Say which it is, for example --map surname=COLUMN.",
            code="name",
            headings=sheet.headings,
        )
    return people


def _told(headings: list[str]) -> str:
    """The first of ``headings``, as an error names them."""
    return ", ".join(heading[:LONGEST_HEADING] for heading in headings[:MOST_HEADINGS] if heading)


def doubts_in(people: People, *, today: date) -> Iterator[tuple[int, str, str]]:
    """(line, code, words) of every row that is used though something of it looks wrong."""
    for row in people.rows:
        future = row.who.born_on is not None and row.who.born_on > today
        if code := "date_future" if future else row.doubt:
            yield row.line, code, _DOUBTS[code]


def _sheet(table: Written | Workbook, name: str) -> _Sheet:
    _, headings = next(table.rows(), (0, None))
    if headings is None:
        raise UnreadableFile(f"{name} is empty. Its first line must name the columns.", code="empty")
    return _Sheet(headings, table)


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
