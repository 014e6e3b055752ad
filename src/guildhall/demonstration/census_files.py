"""Invented census files, of ten pupils or a million: every value is right unless a change says otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

from guildhall.foundation.kit.identifiers import upn_letter
from guildhall.work.returns.census.days import census_day

Nested = Mapping[str, Any]
GAVE_UPNS = "936"  # a real authority's number, as rule 1530 knows no invented ones
FORENAMES = ("Amina", "Bethan", "Callum", "Dafydd", "Elin", "Farah", "Gwen", "Hamza", "Isla", "Jac", "Kofi")
SURNAMES = ("Pritchard", "Rowlands", "Ahmed", "Nowak", "Bevan", "Okafor", "Pugh", "Tudor", "Silva", "Vaughan")
STREETS = ("Heol y Bont", "Mill Lane", "Church Road", "Ffordd Newydd", "Station Terrace")


@dataclass(frozen=True)
class Plan:
    """Which return is made: the school, the term and the school year."""

    term: str = "AUT"
    year: int = 2026
    urn: str = "990001"
    name: str = "Carreg Primary School"
    lea: str = "936"
    estab: str = "2001"
    day: date | None = None
    school: Nested = field(default_factory=dict)

    @property
    def census_day(self) -> date:
        return self.day or census_day(self.term, self.year)


def file_of(plan: Plan, pupils: Iterable[str], gone: Iterable[str] = ()) -> Iterator[str]:
    """The parts of a census file, with pupils on roll and those who are gone as XML."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n' + header(plan)
    yield xml("School", school(plan))
    yield "<Pupils>\n<PupilsOnRoll>\n"
    yield from pupils
    yield "</PupilsOnRoll>\n<PupilsNoLongerOnRoll>\n"
    yield from gone
    yield "</PupilsNoLongerOnRoll>\n</Pupils>\n</Message>\n"


def header(plan: Plan) -> str:
    """The header, with the collection and who sends it."""
    collected = {"Collection": "SC", "Term": plan.term, "Year": str(plan.census_day.year)}
    source = {
        "SourceLevel": "S",
        "LEA": plan.lea,
        "Estab": plan.estab,
        "SoftwareCode": "Guildhall",
        "Release": "1",
        "SerialNo": "1",
        "DateTime": f"{plan.census_day}T08:00:00",
    }
    day = {"ReferenceDate": plan.census_day.isoformat()}
    return xml("Header", {"CollectionDetails": collected | day, "Source": source})


def school(plan: Plan) -> Nested:
    """What the school says of itself: a community primary school, until ``plan`` says otherwise."""
    own: dict[str, Any] = {
        "SchoolName": plan.name,
        "Phase": "PS",
        "SchoolType": "03",
        "URN": plan.urn,
        "LowestNCyear": "R",
        "HighestNCyear": "6",
        "Intake": "COMP",
        "Governance": "CO",
        "PhoneNo": "01632960001",
        "Email": "office@ysgol.example.org",
    }
    if plan.term == "SPR":
        counted = ("PartTimeNotIn", "PrivateStudy", "AtOtherSchool", "FreeMealsTaken")
        own |= dict.fromkeys(counted, "0")
    return {**own, **plan.school}


def pupil(plan: Plan, number: int, change: Nested | None = None) -> Nested:
    """A pupil on roll as nested elements. ``change`` replaces modules' items; None takes one out."""
    year = 1 + number % 6
    born = date(plan.year - 5 - year, 10, 1) + timedelta(days=number % 200)
    rest = f"{GAVE_UPNS}{plan.estab}{plan.year % 100:02d}{number % 1000:03d}"
    if number >= 1000:  # a million pupils are no one school's
        rest = f"{GAVE_UPNS}{number // 1000 % 10000:04d}{number // 10_000_000 % 100:02d}{number % 1000:03d}"
    told: dict[str, Any] = {
        "PupilIdentifiers": {
            "UPN": upn_letter(rest) + rest,
            "Surname": SURNAMES[number // len(FORENAMES) % len(SURNAMES)],
            "Forename": FORENAMES[number % len(FORENAMES)] + _own(number // 110),
            "DOB": born.isoformat(),
            "Sex": "FM"[number % 2],
        },
        "PupilCharacteristics": {
            "Language": "ENG" if number % 9 else "CYM",
            "PLAA": "N",
            "SchoolLunchTaken": str(number // 6 % 2) if year < 3 else None,
            "TopUpFunding": "0",
        },
        "FSMperiods": [{"FSMperiod": {"FSMstartDate": f"{plan.year - 1}-10-01", "UKcountry": "ENG"}}]
        if number % 5 == 0
        else [],
        "PupilStatus": {
            "EnrolStatus": "C",
            "EntryDate": f"{plan.year - year}-09-01",
            "PartTime": "0",
            "Boarder": "N",
            "NCyearActual": str(year),
            "TypeOfClass": "O",
        },
        "SpecialEducationalNeeds": {"SENprovision": "K" if number % 7 == 0 else "N"},
        "HomeInformation": {
            "CurrentAddress": {
                "PostCode": f"GU{1 + number % 9} {number % 9}AB",
                "PAON": str(1 + number % 90),
                "Street": STREETS[number % len(STREETS)],
                "Town": "Carreg",
            }
        },
        "TermlyAttendance": {
            "SessionsPossible": "110",
            "SessionDetails": [
                {"SessionDetail": {"AttendanceReason": "I", "AbsenceSessions": str(1 + number % 5)}}
            ],
        },
    }
    if plan.term == "SPR":
        told["PupilCharacteristics"] |= {"Ethnicity": "WBRI" if number % 4 else "BCRB", "ServiceChild": "N"}
        if number % 9 == 0:
            told["PupilCharacteristics"]["EnglishProficiency"] = "D"
    if number % 7 == 0:
        told["SpecialEducationalNeeds"] |= {"SENunitIndicator": "0", "ResourcedProvisionIndicator": "0"}
        if plan.term == "SPR":
            told["SpecialEducationalNeeds"]["SENneeds"] = [
                {"SENneed": {"SENtypeRank": "1", "SENtype": "SLCN"}}
            ]
    return changed(told, change or {})


def _own(number: int) -> str:
    """Letters that end a forename, so that no two pupils of a large file are alike; "" for the first."""
    letters = ""
    while number:
        number, place = divmod(number, 20)
        letters += "abcdefghijklmnoprstuvwy"[place]
    return letters


def changed(told: Nested, change: Nested) -> Nested:
    """``told`` with the items of each module in ``change`` replaced."""
    made = dict(told)
    for name, new in change.items():
        old = made.get(name)
        made[name] = changed(old, new) if isinstance(old, Mapping) and isinstance(new, Mapping) else new
    return made


def leaver(plan: Plan, number: int, change: Nested | None = None) -> Nested:
    """A pupil who is no longer on roll, here last term."""
    told = dict(pupil(plan, number))
    told.pop("HomeInformation")
    left = {"LeavingDate": (plan.census_day - timedelta(days=30)).isoformat(), "NCyearActual": None}
    return changed(changed(told, {"PupilStatus": left}), change or {})


def xml(tag: str, told: Any) -> str:
    """Nested values as elements; a list repeats what is in it, and None is left out."""
    if told is None:
        return ""
    if isinstance(told, Mapping):
        return f"<{tag}>\n" + "".join(xml(name, one) for name, one in told.items()) + f"</{tag}>\n"
    if isinstance(told, list):
        inner = "".join(xml(name, one) for each in told for name, one in each.items())
        return f"<{tag}>\n{inner}</{tag}>\n" if inner else ""
    return f"<{tag}>{escape(str(told))}</{tag}>\n"


def on_roll(plan: Plan, count: int, *, first: int = 1) -> Iterator[str]:
    """``count`` pupils on roll as XML."""
    return (xml("PupilOnRoll", pupil(plan, number)) for number in range(first, first + count))


def whole(plan: Plan, count: int = 10, **more: Any) -> bytes:
    """A whole file in memory."""
    return "".join(file_of(plan, on_roll(plan, count), **more)).encode()
