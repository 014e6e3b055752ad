"""What tests of file transfer stand on: two schools with numbers, and files as their systems write them."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guildhall.foundation.files import services as files
from guildhall.foundation.kit.identifiers import upn_letter
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment
from guildhall.work.transfers import services
from guildhall.work.transfers.models import Transfer

from ...people.membership.schools import a_place, a_supervisor, holder
from ...standing import NOON, a_person

OLD, NEW, COUNCIL = "9902001", "9904001", "990LLLL"
MOVED = f"{OLD}_CTF_{NEW}_001.xml"
LOST = f"{OLD}_CTF_XXXXXXX_001.xml"
LEFT = f"{OLD}_CTF_MMMMMMM_001.xml"


def schools() -> tuple[Establishment, Establishment]:
    """The primary school that pupils leave, and the secondary school that they go to."""
    return (
        _school("990001", "Carreg Primary School", "2001", "Primary"),
        _school("990007", "Carreg High School", "4001", "Secondary"),
    )


def _school(urn: str, name: str, number: str, phase: str) -> Establishment:
    told = {"name": name, "la_code": "990", "number": number, "phase": phase}
    return Establishment.objects.update_or_create(urn=urn, defaults=told)[0]


def a_user(school: Establishment, email: str = "") -> SchoolPlace:
    """Somebody whom the school's approver lets use file transfer."""
    approver = a_supervisor(f"head.{school.urn}@school.example.org", school)
    place = a_place(email or f"office.{school.urn}@school.example.org", school)
    return membership.choose_services(
        place, ["file-transfer"], holder=holder(approver), by=approver.user, now=NOON
    )


def sender() -> SchoolPlace:
    return a_user(schools()[0])


def receiver() -> SchoolPlace:
    return a_user(schools()[1])


def an_officer() -> User:
    """Of the council's admissions team, which sends and receives files."""
    return a_person("nadia@council.example.org", role="service-officer", team="admissions")


def upn(number: int) -> str:
    rest = f"990200{number:06}"
    return upn_letter(rest) + rest


def pupil(
    number: int = 1,
    *,
    surname: str = "",
    forename: str = "Mari",
    born: str = "2012-03-27",
    numbered: str | None = None,
    more: str = "",
) -> str:
    """A pupil, on one line of the file."""
    numbered = upn(number) if numbered is None else numbered
    return (
        f"<Pupil><UPN>{numbered}</UPN><Surname>{surname or f'Prydderch{number}'}</Surname>"
        f"<Forename>{forename}</Forename><DOB>{born}</DOB><Sex>F</Sex>{more}</Pupil>"
    )


def left(day: str, *, school: str = OLD) -> str:
    """The part that says when a pupil left a school."""
    return (
        f"<SchoolHistory><School><LEA>{school[:3]}</LEA><Estab>{school[3:]}</Estab>"
        f"<LeavingDate>{day}</LeavingDate></School></SchoolHistory>"
    )


def ctf(*pupils: str, name: str = MOVED, root: str = "CTfile", version: str = "25.0") -> bytes:
    """A file whose header agrees with ``name`` and begins at line 3; the first pupil is at line 10."""
    source, _, destination, _ = name.split("_")
    kind = root[:2].replace("CT", "CTF").replace("AT", "ATF")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<{root}>",
        "<Header><DocumentName>Common Transfer File</DocumentName>",
        f"<{kind}version>{version}</{kind}version><DateTime>2026-06-01T09:00:00</DateTime>",
        "<DocumentQualifier>full</DocumentQualifier><SupplierID>Tests</SupplierID>",
        f"<SourceSchool><LEA>{source[:3]}</LEA><Estab>{source[3:]}</Estab>"
        "<SchoolName>Carreg</SchoolName><AcademicYear>2025</AcademicYear></SourceSchool>",
        f"<DestSchool><LEA>{destination[:3]}</LEA><Estab>{destination[3:]}</Estab></DestSchool>",
        "</Header>",
        f"<{kind}pupilData>",
        *(pupils or (pupil(),)),
        f"</{kind}pupilData>",
        f"</{root}>",
    ]
    return "\n".join(lines).encode()


def an_upload(content: bytes = b"", name: str = MOVED) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or ctf(name=name), content_type="text/xml")


def acting(place: SchoolPlace, now: datetime = NOON) -> dict[str, Any]:
    return {"holder": holder(place), "by": place.user, "now": now}


def officer_acting(now: datetime = NOON) -> dict[str, Any]:
    by = an_officer()
    return {"holder": holder_for(by, verified=True), "by": by, "now": now}


def uploaded(
    place: SchoolPlace, content: bytes = b"", name: str = MOVED, *, clean: bool = True, now: datetime = NOON
) -> Transfer:
    """One that was checked, and that the scanner released."""
    made = services.upload(place.school, an_upload(content, name), **acting(place, now))
    if clean:
        assert made.file is not None
        files.write_verdict(made.file, found="", now=now)
        made.refresh_from_db()
    return made


def sent(
    place: SchoolPlace, content: bytes = b"", name: str = MOVED, reason: str = "", now: datetime = NOON
) -> Transfer:
    return services.send(uploaded(place, content, name, now=now), reason, **acting(place, now))


def a_lost_pupil(place: SchoolPlace | None = None, one: str = "") -> Transfer:
    """A pupil whose school does not know where they went."""
    return sent(place or sender(), ctf(one or pupil(7), name=LOST), LOST, "unknown")


def asked(place: SchoolPlace, *pupils: str, name: str = f"{NEW}_ULN_{COUNCIL}_001.xml") -> Transfer:
    """A secondary school asks for numbers."""
    return sent(place, ctf(*(pupils or (pupil(1, born="2010-01-05"),)), name=name), name)


def day_of_noon() -> date:
    return timezone.localdate(NOON)
