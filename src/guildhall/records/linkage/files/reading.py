"""Reading a file of children: any usual encoding, delimiter and form of date; a bad row names its reason."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from guildhall.foundation.kit.refusals import Refusal
from guildhall.records.children.identity import Identity

from .columns import columns_of

MOST_BYTES = 2_000_000_000
LONGEST_NAME = 200
# What stands in files for a date that nobody knew.
_OLD_YEAR = 1900
_DELIMITERS = ",;\t|"
_DATES = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%Y%m%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d/%m/%y",
    "%Y/%m/%d",
)
_SEXES = {"f": "female", "m": "male", "female": "female", "male": "male", "girl": "female", "boy": "male"}
_SEXES |= {"benyw": "female", "gwryw": "male", "1": "male", "2": "female"}


class UnreadableFile(Refusal):
    """The file cannot be used at all; the message says what is wrong and what to do.

    ``code`` is the same for a page: large, closed, many, name, empty, broken.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


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
    """The children of one file, what could not be read, and which column was taken for what."""

    rows: list[Row] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)


def read_people(path: Path, given: Mapping[str, str]) -> People:
    """Every child in the file at ``path``; ``given`` maps parts of an identity to columns.

    Raises UnreadableFile, NoSuchColumn.
    """
    return _people(records(path), path.name, given)


def read_uploaded(content: bytes, name: str, given: Mapping[str, str], *, most: int) -> People:
    """The same of a file that was sent; no more than ``most`` rows. Raises UnreadableFile, NoSuchColumn."""
    return _people(_records_in(_decoded(content), name), name, given, most=most)


def _people(
    lines: Iterator[tuple[int, dict[str, str]]], name: str, given: Mapping[str, str], *, most: int = 0
) -> People:
    people = People()
    seen: set[str] = set()
    for line, record in lines:
        people.columns = people.columns or columns_of(record, given)
        row = _row(line, record, people.columns)
        if isinstance(row, Row) and row.id in seen:
            row = BadRow(line, row.id, "an earlier line has the same id", "same_id")
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
        )
    return people


def records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, heading → value) of every line that is not empty, values without outer spaces.

    Raises UnreadableFile.
    """
    yield from _records_in(_text_of(path), path.name)


def _records_in(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), skipinitialspace=True)
    try:
        headings = [heading.strip() for heading in next(reader, [])]
        if not any(headings):
            raise UnreadableFile(f"{name} is empty. Its first line must name the columns.", code="empty")
        for values in reader:
            if any(value.strip() for value in values):
                yield reader.line_num, dict(zip(headings, (value.strip() for value in values), strict=False))
    except csv.Error as problem:
        raise UnreadableFile(f"{name}, line {reader.line_num}: {problem}", code="broken") from problem


def day_in(written: str) -> date | None:
    """The date in ``written``, in any usual form, day before month; None when it is none."""
    written = written.strip().split("T")[0].removesuffix(" 00:00:00")
    for form in _DATES:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
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
    for encoding in ("utf-16",) if written[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        try:
            return written.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return written.decode("latin-1").replace("\0", "")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _row(line: int, record: Mapping[str, str], columns: Mapping[str, str]) -> Row | BadRow:
    def part(name: str) -> str:
        return (record.get(columns.get(name, ""), "") or "")[: LONGEST_NAME * 2]

    own_id = part("id") or str(line)
    forename, surname = part("forename"), part("surname")
    if not forename and not surname:
        forename, _, surname = part("full_name").rpartition(" ")
    if max(len(forename), len(surname)) > LONGEST_NAME:
        return BadRow(line, own_id, f"a name is longer than {LONGEST_NAME} characters", "long")
    who = Identity(
        forename=forename,
        midname=part("midname"),
        surname=surname,
        known_as=part("known_as"),
        former_surname=part("former_surname"),
        born_on=_born_on(part),
        gender=_SEXES.get(part("gender").lower(), ""),
        address_lines=_lines(part),
        postcode=part("postcode"),
        upn=part("upn").upper(),
        nhs_number=part("nhs_number").replace(" ", ""),
        school=part("school"),
    )
    if not (forename or surname or (who.born_on and (who.address_lines or who.postcode))):
        return BadRow(line, own_id, "neither a name nor a date of birth with an address", "nobody")
    return Row(line, own_id, who, part("group"), _doubt(part, who.born_on))


def _doubt(part: Callable[[str], str], born_on: date | None) -> str:
    """What a person should know of a date of birth, which is as often wrong as missing."""
    if born_on is None:
        return "date_unread" if part("born_on") else ""
    return "date_old" if born_on.year <= _OLD_YEAR else ""


def _born_on(part: Callable[[str], str]) -> date | None:
    if written := part("born_on"):
        return day_in(written)
    pieces = [part(f"birth_{piece}") for piece in ("year", "month", "day")]
    try:
        return date(*(int(piece) for piece in pieces)) if all(pieces) else None
    except ValueError:
        return None


def _lines(part: Callable[[str], str]) -> tuple[str, ...]:
    """The lines of the address, the number of the house before its street, the town last."""
    street = " ".join(filter(None, (part("street_number"), part("address_1"))))
    return tuple(filter(None, (street, part("address_2"), part("address_3"), part("town"))))
