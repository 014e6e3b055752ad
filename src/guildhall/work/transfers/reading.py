"""Reading a transfer file: well formed, of the right tree, each value as it must be; with lines. Pure.

The file is read as it comes, so that what it takes does not grow with its size. A file with a document type
is refused before any of it counts: without one there are no entities, and nothing outside is ever opened.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.parsers import expat

from guildhall.foundation.kit.identifiers import valid_uln, valid_upn
from guildhall.foundation.kit.typed import one_line

MOST_BYTES = 10_000_000
MOST_PUPILS = 500
"""As many as the national writer of these files puts into one."""

MOST_PROBLEMS = 50
_MOST_ELEMENTS, _DEEPEST, _LONGEST = 1_000_000, 30, 4_000
_LONGEST_NAME, _OLDEST = 100, date(1900, 1, 1)
_VERSION = re.compile(r"\d{1,2}\.\d{1,2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROOTS = {"CTfile": ("CTFpupilData", "CTFversion"), "ATfile": ("ATFpupilData", "ATFversion")}
# What is read of a pupil: the way below Pupil, and the name it has here.
_READ = {
    "UPN": "upn",
    "UniqueLearnerNumber": "uln",
    "Surname": "surname",
    "Forename": "forename",
    "DOB": "born_on",
    "Sex": "sex",
    "Gender": "sex",
    "BasicDetails/NCyearActual": "year_group",
    "Address/PostCode": "postcode",
}
_HEADER = {
    "CTFversion": "version",
    "ATFversion": "version",
    "SourceSchool/LEA": "source_authority",
    "SourceSchool/Estab": "source_number",
    "DestSchool/LEA": "destination_authority",
    "DestSchool/Estab": "destination_number",
}
_NEEDED = {"surname": "Surname", "forename": "Forename", "born_on": "DOB", "sex": "Sex"}
# The parts of a pupil's information that are counted, so that a school sees what a file holds.
PARTS = (
    *("BasicDetails", "Address", "Contacts", "Attendance", "StageAssessments", "SchoolHistory"),
    *("FSMhistory", "SENhistory", "LookedAfter", "NAWdetails", "Admissions"),
)
# Tags that are known, to say so of one that is written in the wrong case.
_TAGS = {
    tag.lower(): tag
    for tag in (
        *_ROOTS,
        *(one for pair in _ROOTS.values() for one in pair),
        *(tag for way in (*_READ, *_HEADER) for tag in way.split("/")),
        *PARTS,
        *(
            "Header",
            "DocumentName",
            "DateTime",
            "SchoolName",
            "AcademicYear",
            "Pupil",
            "School",
            "LeavingDate",
        ),
    )
}


@dataclass(frozen=True)
class Problem:
    """What is wrong, at which line of the file; ``values`` are what of it."""

    code: str
    line: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Pupil:
    """A pupil of the file, who begins at ``line``. ``left_on``: when they left the school that sends."""

    line: int
    upn: str = ""
    uln: str = ""
    surname: str = ""
    forename: str = ""
    born_on: date | None = None
    sex: str = ""
    year_group: str = ""
    postcode: str = ""
    left_on: date | None = None


@dataclass
class Read:
    """What a file says; ``root`` "": it has none that is known. ``parts``: how many pupils have each part."""

    root: str = ""
    header: dict[str, str] = field(default_factory=dict)
    header_line: int = 0
    pupils: list[Pupil] = field(default_factory=list)
    parts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def source(self) -> str:
        return self.header.get("source_authority", "") + self.header.get("source_number", "")

    @property
    def destination(self) -> str:
        return self.header.get("destination_authority", "") + self.header.get("destination_number", "")


class _Enough(Exception):
    """Reading on would find nothing that matters."""


def read(chunks: Iterable[bytes], *, today: date) -> Read:
    """What the file says whose bytes come in ``chunks``, with everything that is wrong with it."""
    reader = _Reader(today)
    with suppress(_Enough):
        reader.take(chunks)
    return reader.read


def day_of(written: str) -> date | None:
    """A day written as these files write it, 2012-03-27; None for anything else."""
    if _DAY.fullmatch(written):
        with suppress(ValueError):
            return date.fromisoformat(written)
    return None


class _Reader:
    """Takes a file in, element by element."""

    def __init__(self, today: date) -> None:
        self.read, self.today = Read(), today
        self.way: list[str] = []
        self.words: list[str] = []
        self.length = self.elements = self.bytes = 0
        self.values: dict[str, str] = {}
        self.seen: set[str] = set()
        self.school: dict[str, str] = {}
        self.left: list[tuple[str, str]] = []
        self.upns: dict[str, int] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.StartDoctypeDeclHandler = self._doctype

    def take(self, chunks: Iterable[bytes]) -> None:
        try:
            for chunk in chunks:
                self.bytes += len(chunk)
                if self.bytes > MOST_BYTES:
                    self._stop("TooBig", megabytes=str(MOST_BYTES // 1_000_000))
                self.parser.Parse(chunk)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            two = error.code == expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
            self._stop("TwoRoots" if two else "Broken", line=error.lineno)
        except (ValueError, LookupError):
            self._stop("Broken")
        self._whole()

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def note(self, code: str, line: int = 0, **values: str) -> None:
        self.read.problems.append(Problem(code, line or self.line, values))
        if len(self.read.problems) >= MOST_PROBLEMS:
            raise _Enough

    def _stop(self, code: str, line: int = 0, **values: str) -> None:
        self.note(code, line, **values)
        raise _Enough

    def _doctype(self, *_told: object) -> None:
        self._stop("Doctype")

    def _begin(self, tag: str, _attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > _MOST_ELEMENTS or len(self.way) >= _DEEPEST:
            self._stop("Shape")
        if (right := _TAGS.get(tag.lower(), tag)) != tag:
            self._stop("Case", tag=tag, right=right)
        self.way.append(tag)
        self.words, self.length = [], 0
        match self.way:
            case [root]:
                self._root(root)
            case [_, "Header"]:
                self.read.header_line = self.line
            case [_, _, "Pupil"]:
                self._begin_pupil()
            case [_, _, "Pupil", part]:
                self.seen.add(part)
            case [_, _, "Pupil", "SchoolHistory", "School"]:
                self.school = {}

    def _root(self, root: str) -> None:
        if root not in _ROOTS:
            self._stop("Root", tag=root[:60])
        self.read.root = root

    def _begin_pupil(self) -> None:
        if self.way[1] != _ROOTS[self.read.root][0]:
            self._stop("Pupils", tag=self.way[1][:60], right=_ROOTS[self.read.root][0])
        if len(self.read.pupils) >= MOST_PUPILS:
            self._stop("TooMany", most=str(MOST_PUPILS))
        self.read.pupils.append(Pupil(self.line))
        self.values, self.seen, self.left = {}, set(), []

    def _say(self, words: str) -> None:
        self.length += len(words)
        if self.length > _LONGEST:
            self._stop("Long", tag=self.way[-1])
        self.words.append(words)

    def _end(self, tag: str) -> None:
        value = "".join(self.words).strip()
        self.words, self.length = [], 0
        below = self.way[2:]
        if tag.endswith("Date") and value and day_of(value) is None:
            self.note("Date", tag=tag, value=value[:20])
        if self.way[1:2] == ["Header"]:
            self._header("/".join(below), value)
        elif below[:1] == ["Pupil"]:
            self._in_pupil(below[1:], value)
        self.way.pop()

    def _header(self, way: str, value: str) -> None:
        if name := _HEADER.get(way):
            self.read.header[name] = value[:20]
        elif way == "DateTime" and not _moment(value):
            self.note("Date", tag="DateTime", value=value[:20])

    def _in_pupil(self, below: list[str], value: str) -> None:
        if not below:
            self._end_pupil()
        elif below == ["SchoolHistory", "School"]:
            number = self.school.get("LEA", "") + self.school.get("Estab", "")
            self.left.append((number, self.school.get("LeavingDate", "")))
        elif below[:2] == ["SchoolHistory", "School"]:
            self.school[below[-1]] = value
        elif name := _READ.get("/".join(below)):
            self.values[name] = one_line(value)

    def _end_pupil(self) -> None:
        pupil, values = self.read.pupils[-1], self.values
        for name, tag in _NEEDED.items():
            if not values.get(name):
                self.note("Missing", pupil.line, tag=tag)
        self._names(pupil, values)
        self._numbers(pupil, values)
        self._born(pupil, values.get("born_on", ""))
        pupil.sex, pupil.year_group = values.get("sex", "")[:1], values.get("year_group", "")[:2]
        pupil.postcode = values.get("postcode", "")[:8]
        days = [day_of(day) for number, day in self.left if number == self.read.source]
        pupil.left_on = max((day for day in days if day), default=None)
        for part in self.seen.intersection(PARTS):
            self.read.parts[part] = self.read.parts.get(part, 0) + 1

    def _names(self, pupil: Pupil, values: dict[str, str]) -> None:
        for name in ("surname", "forename"):
            if len(values.get(name, "")) > _LONGEST_NAME:
                self.note("Long", pupil.line, tag=_NEEDED[name])
            setattr(pupil, name, values.get(name, "")[:_LONGEST_NAME])

    def _numbers(self, pupil: Pupil, values: dict[str, str]) -> None:
        upn, uln = values.get("upn", ""), values.get("uln", "")
        if upn and not valid_upn(upn):
            self.note("Upn", pupil.line, value=upn[:20])
        elif upn and self.upns.setdefault(upn, pupil.line) != pupil.line:
            self.note("UpnTwice", pupil.line, value=upn, first=str(self.upns[upn]))
        if uln and not valid_uln(uln):
            self.note("Uln", pupil.line, value=uln[:20])
        pupil.upn, pupil.uln = upn[:13], uln[:10]

    def _born(self, pupil: Pupil, written: str) -> None:
        pupil.born_on = day_of(written)
        if written and pupil.born_on is None:
            self.note("Date", pupil.line, tag="DOB", value=written[:20])
        elif pupil.born_on and not _OLDEST < pupil.born_on <= self.today:
            self.note("Born", pupil.line, value=written)

    def _whole(self) -> None:
        """What can be said only of a file that was read to its end."""
        if not self.read.header_line:
            self._stop("Header", 1)
        for name in ("version", "source_number", "destination_number"):
            if not self.read.header.get(name):
                tag = {"version": _ROOTS[self.read.root][1], "source_number": "SourceSchool"}
                self.note("Missing", self.read.header_line, tag=tag.get(name, "DestSchool"))
        version = self.read.header.get("version", "")
        if version and not _VERSION.fullmatch(version):
            self.note("Version", self.read.header_line, value=version)
        if not self.read.pupils:
            self.note("None", self.read.header_line)


def _moment(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True
