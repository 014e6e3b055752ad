"""Whether a file may be taken: its name, what it says, and whether the two agree with who sends it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.organisations.models import Establishment

from . import naming, reading, rules
from .models import Transfer
from .naming import Name, WrongName
from .reading import Problem, Read

Towards = Transfer.Towards


class NotTaken(Refusal):
    """The file is refused. ``codes`` are the names of the reasons, ``lines`` the reasons with their lines."""

    def __init__(self, message: str, *, codes: Sequence[str], lines: Sequence[str] = ()) -> None:
        super().__init__(message, field="file")
        self.codes = list(codes)
        self.lines = list(lines)


@dataclass(frozen=True)
class Taken:
    """A file that may be taken: its name, the ends, and what it says."""

    name: Name
    source: Establishment | None
    destination: Establishment | None
    towards: Transfer.Towards
    read: Read


def authority_code() -> str:
    """The council's number in names of files: that of most schools of the register; "" without any."""
    rows = Establishment.objects.exclude(la_code="").values("la_code").annotate(count=Count("pk"))
    found = rows.order_by("-count", "la_code").first()
    return found["la_code"] if found else ""


def end_of(school: Establishment | None) -> str:
    """The seven characters that stand for a school, or for the council, in the name of a file."""
    if school is None:
        return authority_code() + naming.COUNCIL
    return school.la_code + school.number


def look(
    name: str, chunks: Iterable[bytes], *, size: int, source: Establishment | None, today: date
) -> Taken:
    """What the file is that ``source`` (None: the council) sends. Raises NotTaken."""
    try:
        named = naming.read(name)
    except WrongName as wrong:
        words = texts.say(f"schools.Error_TransferName_{wrong.code}", **wrong.values)
        raise NotTaken(words, codes=[f"name-{wrong.code}"]) from wrong
    destination, towards = _ends(named, source)
    if size > reading.MOST_BYTES:
        raise _refused("TooBig", megabytes=reading.MOST_BYTES // 1_000_000)
    read = reading.read(chunks, today=today)
    if not read.problems:
        read.problems += _disagreements(named, towards, read)
    if read.problems:
        raise _wrong(read.problems)
    if named.kind == "ULN" and towards == Towards.COUNCIL:
        _refuse_without_students(source, read, today)
    return Taken(named, source, destination, towards, read)


def _ends(named: Name, source: Establishment | None) -> tuple[Establishment | None, Transfer.Towards]:
    """Where the file goes. Raises NotTaken for what this sender may not send there."""
    own = end_of(source)
    if named.source != own:
        raise _refused("NotOwn", named=named.source, own=own)
    if source is not None and named.kind in naming.OF_THE_COUNCIL:
        raise _refused("OfTheCouncil", kind=named.kind)
    if named.destination in {naming.LEFT, naming.LOST}:
        return None, Towards.LEFT if named.destination == naming.LEFT else Towards.LOST
    if named.destination == named.source:
        raise _refused("ToOneself")
    if named.destination.endswith(naming.COUNCIL):
        if source is None or named.destination != end_of(None):
            raise _refused("OtherCouncil", named=named.destination)
        return None, Towards.COUNCIL
    found = Establishment.objects.filter(la_code=named.destination[:3], number=named.destination[3:])
    if (school := found.filter(closed_on=None).first()) is not None:
        return school, Towards.SCHOOL
    raise _refused("ClosedSchool" if found.exists() else "NoSchool", named=named.destination)


def _disagreements(named: Name, towards: Transfer.Towards, read: Read) -> list[Problem]:
    """Where the file says otherwise than its name."""
    line, found = read.header_line, list[Problem]()
    root = "ATfile" if named.kind == "ATF" else "CTfile"
    if read.root != root:
        found.append(Problem("RootOfKind", 1, {"root": read.root, "right": root, "kind": named.kind}))
    if read.source != named.source:
        found.append(Problem("Source", line, {"said": read.source, "named": named.source}))
    # Which authority stands before MMMM and XXXX is written in several ways.
    nowhere = towards in {Towards.LEFT, Towards.LOST}
    said = read.destination[3:] if nowhere else read.destination
    wanted = named.destination[3:] if nowhere else named.destination
    if said != wanted:
        values = {"said": read.destination, "named": named.destination}
        found.append(Problem("Destination", line, values))
    if nowhere and len(read.pupils) != 1:
        found.append(Problem("OnePupil", line, {"count": str(len(read.pupils)), "named": named.destination}))
    return found


def _refuse_without_students(source: Establishment | None, read: Read, today: date) -> None:
    if source is not None and not rules.teaches_from_fourteen(source.phase):
        raise _refused("UlnPhase", age=rules.OLD_ENOUGH)
    if not any(one.born_on and rules.old_enough(one.born_on, today) for one in read.pupils):
        raise _refused("UlnNobody", age=rules.OLD_ENOUGH)


def _refused(code: str, **values: Any) -> NotTaken:
    return NotTaken(texts.say(f"schools.Error_Transfer_{code}", **values), codes=[code])


def _wrong(problems: Sequence[Problem]) -> NotTaken:
    lines = [said(problem) for problem in problems]
    codes = sorted({problem.code for problem in problems})
    if len(lines) == 1:
        return NotTaken(lines[0], codes=codes)
    more = len(lines) >= reading.MOST_PROBLEMS
    words = texts.say(f"schools.Error_Transfer_{'Most' if more else 'Several'}", count=len(lines))
    return NotTaken(words, codes=codes, lines=lines)


def said(problem: Problem) -> str:
    """What a problem is and what to do, with its line."""
    words = texts.say(f"schools.Error_TransferFile_{problem.code}", **problem.values)
    return texts.say("schools.Error_TransferFile_AtLine", line=problem.line, words=words)
