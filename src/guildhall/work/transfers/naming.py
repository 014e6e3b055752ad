"""The name of a transfer file (CBDS N00279): who sends what to whom, and the number of the file. Pure.

9902001_CTF_9904001_001.xml is a file from the school 990/2001 to the school 990/4001. LLLL in place of a
school's number is the council; MMMMMMM is a place that takes no such file, XXXXXXX one that nobody knows.
"""

import re
from dataclasses import dataclass

LEFT, LOST, COUNCIL = "MMMMMMM", "XXXXXXX", "LLLL"
KINDS = ("CTF", "FPH", "FSM", "FSP", "KS1", "KS2", "KS3", "OTH", "PHO", "ULN", "WNT", "CMJ", "CML", "ATF")
OF_THE_COUNCIL = frozenset({"ATF"})
"""The kinds that nobody but the council sends."""

LONGEST = 200
_END = r"\d{3}(?:\d{4}|LLLL)"
_SOURCE = re.compile(_END)
_DESTINATION = re.compile(rf"{_END}|{LOST}|{LEFT}")
_SERIAL = re.compile(r"(?!000)\d{3}")
_COPY = re.compile(
    r"(?: ?\(\d{1,3}\)| ?- ?copy(?: ?\(\d{1,3}\))?| copy(?: \d{1,3})?)(?=\.xml$)", re.IGNORECASE
)


@dataclass(frozen=True)
class Name:
    """What a right name says. ``source`` and ``destination`` have seven characters."""

    source: str
    kind: str
    destination: str
    serial: str

    def __str__(self) -> str:
        return f"{self.source}_{self.kind}_{self.destination}_{self.serial}.xml"


class WrongName(Exception):
    """The name is no name of a transfer file. ``code`` says why, ``values`` what of it."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read(name: str) -> Name:
    """What ``name`` says. Raises WrongName."""
    if len(name) > LONGEST or not name.isascii():
        raise WrongName("Parts")
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() != "xml":
        raise WrongName("Ending")
    if _COPY.search(name) and (right := _or_none(_COPY.sub("", name))):
        raise WrongName("Copy", right=str(right))
    parts = stem.split("_")
    if len(parts) != 4:
        raise WrongName("Parts")
    if name != (cased := f"{stem.upper()}.xml") and (right := _or_none(cased)):
        raise WrongName("Case", right=str(right))
    return _of(*parts)


def _or_none(name: str) -> Name | None:
    try:
        return read(name)
    except WrongName:
        return None


def _of(source: str, kind: str, destination: str, serial: str) -> Name:
    if not _SOURCE.fullmatch(source):
        raise WrongName("Source", part=source)
    if kind not in KINDS:
        raise WrongName("Kind", part=kind, kinds=", ".join(KINDS))
    if not _DESTINATION.fullmatch(destination):
        raise WrongName("Destination", part=destination)
    if not _SERIAL.fullmatch(serial):
        raise WrongName("Serial", part=serial)
    return Name(source, kind, destination, serial)
