"""The list of students for the issuer of unique learner numbers, and the issuer's results. Pure."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guildhall.foundation.kit.identifiers import normalise_uln, normalise_upn
from guildhall.foundation.kit.spreadsheets import text_of
from guildhall.foundation.kit.typed import day_of, one_line

from .models import Pupil

COLUMNS = ("Number", "UPN", "FamilyName", "GivenName", "DateOfBirth", "Sex", "Postcode", "ULN")
MOST_BYTES, MOST_LINES = 1_000_000, 2_000
# How issuers and school systems call what is read, in small letters without spaces.
_CALLED = {
    "number": "number",
    "upn": "upn",
    "uniquepupilnumber": "upn",
    "familyname": "surname",
    "surname": "surname",
    "givenname": "forename",
    "forename": "forename",
    "firstname": "forename",
    "dateofbirth": "born_on",
    "dob": "born_on",
    "uln": "uln",
    "uniquelearnernumber": "uln",
}


class Unreadable(Exception):
    """The results are no table of numbers. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Result:
    """A line of the issuer's results; ``uln`` "" where no number was found."""

    line: int
    number: str = ""
    upn: str = ""
    surname: str = ""
    forename: str = ""
    born_on: date | None = None
    uln: str = ""


def list_file(pupils: Iterable[Pupil]) -> bytes:
    """A line a student, with an empty column for the number. What opens it runs no formula of it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in pupils:
        told = [one.upn, one.surname, one.forename, one.born_on.isoformat(), one.sex, one.postcode, ""]
        writer.writerow([one.position, *map(_safe, told)])
    return ("\ufeff" + out.getvalue()).encode()


def _safe(value: str) -> str:
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def read(content: bytes) -> list[Result]:
    """The lines of the issuer's results. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("TooBig")
    try:
        rows = csv.reader(io.StringIO(text_of(content)), strict=True)
        heads = [_CALLED.get("".join(one.lower().split()).replace("_", "")) for one in next(rows, [])]
        if "uln" not in heads or not {"number", "upn", "surname"}.intersection(heads):
            raise Unreadable("Columns")
        found = [_result(rows.line_num, heads, row) for row in rows if any(map(str.strip, row))]
    except csv.Error as error:
        raise Unreadable("Broken") from error
    if not found or len(found) > MOST_LINES:
        raise Unreadable("TooMany" if found else "Empty")
    return found


def _result(line: int, heads: list[str | None], row: list[str]) -> Result:
    told = {name: one_line(value)[:200] for name, value in zip(heads, row, strict=False) if name}
    return Result(
        line=line,
        number=told.get("number", ""),
        upn=normalise_upn(told.get("upn", "")),
        surname=told.get("surname", "").removeprefix("'"),
        forename=told.get("forename", "").removeprefix("'"),
        born_on=day_of(told.get("born_on", "")),
        uln=normalise_uln(told.get("uln", "")),
    )
