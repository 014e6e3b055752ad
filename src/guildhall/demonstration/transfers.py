"""Pupils' files of the demonstration: one that waits, one downloaded, one chased, a lost pupil, one who left
for home education, an admissions file of the council's, and schools that ask for learner numbers.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from guildhall.foundation.files import queries as files
from guildhall.foundation.kit.identifiers import upn_letter
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment
from guildhall.work.transfers import services
from guildhall.work.transfers.models import Transfer

from .cast import Cast
from .responsibilities import place_of

PRIMARY, HIGH, ACADEMY, COUNCIL = "9902001", "9904001", "9904003", "990LLLL"
# Who is let use file transfer: the approver, the person, and the school's number in the register.
USERS = (
    ("elin@ysgol.example.org", "bryn@ysgol.example.org", 990001),
    ("elin@ysgol.example.org", "elin@ysgol.example.org", 990001),
    ("amira@school.example.org", "amira@school.example.org", 990007),
    ("harri@school.example.org", "tracey@school.example.org", 990009),
)
Child = tuple[str, str, date]
_ULN = "1234567899"  # nobody's: the example of the national rules


@transaction.atomic
def transfer_files(cast: Cast, *, now: datetime) -> None:
    """Let schools send, download and ask, over the last two months."""
    for approver, person, urn in USERS:
        by, place = place_of(approver, urn), place_of(person, urn)
        chosen = [*place.secure, "file-transfer"]
        holder = holder_for(by.user, verified=True)
        membership.choose_services(place, chosen, holder=holder, by=by.user, now=now - timedelta(days=60))
    bryn, amira, tracey = (place_of(person, urn) for _, person, urn in (USERS[0], USERS[2], USERS[3]))
    year = now.year
    got = _sent(tracey, f"{ACADEMY}_CTF_{HIGH}_001.xml", _named(1, year - 13), now - timedelta(days=30))
    if got.state == Transfer.State.SENT:
        services.receive(got, **_acting(amira, now - timedelta(days=29)))
    _sent(bryn, f"{PRIMARY}_CTF_{ACADEMY}_001.xml", _named(2, year - 11), now - timedelta(days=21))
    services.chase_files(now=now - timedelta(days=7))
    _sent(bryn, f"{PRIMARY}_CTF_{HIGH}_001.xml", _named(3, year - 11) + _named(4, year - 11), now)
    lost, left = f"{ACADEMY}_CTF_XXXXXXX_001.xml", f"{PRIMARY}_CTF_MMMMMMM_001.xml"
    _sent(tracey, lost, _named(5, year - 12), now - timedelta(days=10), "unknown")
    _sent(bryn, left, _named(6, year - 9), now - timedelta(days=15), "home")
    _ask_for_numbers(cast, amira, tracey, now)
    _uploaded(tracey.school, f"{ACADEMY}_CTF_{PRIMARY}_001.xml", _named(9, year - 10), _acting(tracey, now))
    officer = _officer(cast, now - timedelta(days=2))
    offered = _uploaded(None, f"{COUNCIL}_ATF_{PRIMARY}_001.xml", _named(10, year - 4), officer)
    if _ready(offered):
        services.send(offered, **officer)


def _ask_for_numbers(cast: Cast, amira: SchoolPlace, tracey: SchoolPlace, now: datetime) -> None:
    """One school has its answer, the other waits."""
    students = _named(7, now.year - 15) + _named(8, now.year - 15)
    asked = _sent(amira, f"{HIGH}_ULN_{COUNCIL}_001.xml", students, now - timedelta(days=6))
    if asked.state == Transfer.State.SENT:
        answer = f"Number,ULN\n1,{_ULN}\n2,\n".encode()
        services.answer_request(asked, answer, **_officer(cast, now - timedelta(days=5)))
    _sent(tracey, f"{ACADEMY}_ULN_{COUNCIL}_001.xml", _named(11, now.year - 15), now - timedelta(days=1))


def _sent(place: SchoolPlace, name: str, pupils: list[Child], now: datetime, reason: str = "") -> Transfer:
    made = _uploaded(place.school, name, pupils, _acting(place, now))
    return services.send(made, reason, **_acting(place, now)) if _ready(made) else made


def _ready(made: Transfer) -> bool:
    """Whether it may go: where a scanner is set up, files of the demonstration wait for it too."""
    return made.file is not None and files.may_be_served(made.file)


def _uploaded(
    school: Establishment | None, name: str, pupils: list[Child], acting: dict[str, Any]
) -> Transfer:
    upload = SimpleUploadedFile(name, _file(name, pupils), content_type="application/xml")
    return services.upload(school, upload, **acting)


_NAMES = (
    *("Gwen Morris", "Idris Puw", "Aisha Karim", "Tomos Bevan", "Leo Hartley", "Martha Wynn"),
    *("Ffion Daniels", "Samuel Osei", "Kacper Nowak", "Betsan Ellis", "Zara Hakim"),
)


def _named(number: int, year: int) -> list[Child]:
    forename, surname = _NAMES[number - 1].split()
    return [(forename, surname, date(year, 1 + number % 12, 1 + number))]


def _file(name: str, pupils: list[Child]) -> bytes:
    source, kind, destination, _ = name.split("_")
    tree = "AT" if kind == "ATF" else "CT"
    ends = "".join(
        f"<{tag}><LEA>{end[:3]}</LEA><Estab>{end[3:]}</Estab></{tag}>"
        for tag, end in (("SourceSchool", source), ("DestSchool", destination))
    )
    children = "\n".join(_pupil(number, *child) for number, child in enumerate(pupils, 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{tree}file><Header><{tree}Fversion>25.0</{tree}Fversion>'
        f"{ends}</Header>\n<{tree}FpupilData>\n{children}\n</{tree}FpupilData></{tree}file>\n"
    ).encode()


def _pupil(number: int, forename: str, surname: str, born_on: date) -> str:
    rest = f"9902001{born_on:%d%m}{number}"
    return (
        f"<Pupil><UPN>{upn_letter(rest)}{rest}</UPN><Surname>{surname}</Surname>"
        f"<Forename>{forename}</Forename>"
        f"<DOB>{born_on.isoformat()}</DOB><Sex>F</Sex><BasicDetails/><Attendance/></Pupil>"
    )


def _acting(place: SchoolPlace, now: datetime) -> dict[str, Any]:
    return {"holder": holder_for(place.user, verified=True), "by": place.user, "now": now}


def _officer(cast: Cast, now: datetime) -> dict[str, Any]:
    nadia = cast.staff["nadia"]
    return {"holder": holder_for(nadia, verified=True), "by": nadia, "now": now}
