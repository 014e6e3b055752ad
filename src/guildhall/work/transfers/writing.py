"""The common transfer file that brings a school the unique learner numbers it asked for. Pure."""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from .models import Pupil
from .naming import Name


def numbers_file(
    name: Name, *, school: str, authority: str, version: str, pupils: Iterable[Pupil], now: datetime
) -> bytes:
    """The students of ``pupils`` with the numbers that were found, as the issuer's reply is written.

    ``version`` is that of the file that asked, so that the school's system understands the answer.
    """
    year = now.year if now.month >= 9 else now.year - 1
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<CTfile>",
        " <Header>",
        "  <DocumentName>Common Transfer File</DocumentName>",
        f"  <CTFversion>{escape(version)}</CTFversion>",
        f"  <DateTime>{now:%Y-%m-%dT%H:%M:%S}</DateTime>",
        "  <DocumentQualifier>partial</DocumentQualifier>",
        "  <SupplierID>Guildhall</SupplierID>",
        f"  <SourceSchool>{_end(name.source)}<SchoolName>{escape(authority)}</SchoolName>"
        f"<AcademicYear>{year}</AcademicYear></SourceSchool>",
        f"  <DestSchool>{_end(name.destination)}<SchoolName>{escape(school)}</SchoolName></DestSchool>",
        " </Header>",
        " <CTFpupilData>",
        *(_pupil(one) for one in pupils),
        " </CTFpupilData>",
        "</CTfile>",
        "",
    ]
    return "\n".join(lines).encode()


def _end(seven: str) -> str:
    return f"<LEA>{seven[:3]}</LEA><Estab>{seven[3:]}</Estab>"


def _pupil(one: Pupil) -> str:
    told = (
        ("UPN", one.upn),
        ("UniqueLearnerNumber", one.found),
        ("Surname", one.surname),
        ("Forename", one.forename),
        ("DOB", one.born_on.isoformat()),
        ("Sex", one.sex),
    )
    return (
        "  <Pupil>" + "".join(f"<{tag}>{escape(value)}</{tag}>" for tag, value in told if value) + "</Pupil>"
    )
