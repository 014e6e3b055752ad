"""A pasted or sent list of cost codes: on each line a code and, after a comma or a tab, its name. Pure."""

import csv
from dataclasses import dataclass, field

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.typed import one_line, scrub
from guildhall.foundation.texts import queries as texts

from .checking import code_key
from .models import LONGEST_CODE

MOST_CODES = 5_000
LONGEST_NAME = 100
MOST_TYPED = 90_000


@dataclass
class Codes:
    """Code → name as a list has them, and what is wrong with which line, in words."""

    wanted: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read(typed: str) -> Codes:
    """The codes of a list; empty lines are left out, and a first line with headings."""
    found, seen = Codes(), dict[str, int]()
    for number, line in enumerate(scrub(typed).split("\n"), start=1):
        code, name = _parted(line)
        if not code and not name:
            continue
        if number == 1 and code_key(code) in {"CODE", "COSTCODE", "CODGOST"}:
            continue
        if why := _wrong(code, name):
            found.problems.append(texts.say(f"schools.Error_Codes_{why}", line=number))
        elif code_key(code) in seen:
            first = seen[code_key(code)]
            found.problems.append(texts.say("schools.Error_Codes_Twice", line=number, first=first))
        else:
            seen[code_key(code)] = number
            found.wanted[code] = name
    return found


def _parted(line: str) -> tuple[str, str]:
    delimiter = min((sign for sign in "\t;," if sign in line), key=line.index, default=",")
    try:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        cells = [line]
    told = [spreadsheets.as_written(one_line(cell)) for cell in cells]
    return (told[0] if told else ""), " ".join(filter(None, told[1:]))


def _wrong(code: str, name: str) -> str:
    if not code:
        return "NoCode"
    if len(code) > LONGEST_CODE:
        return "CodeLong"
    return "NameLong" if len(name) > LONGEST_NAME else ""
