"""What breaks each rule, as a change to a right return. See test_rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Change = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """``pupil`` changes one pupil, ``everybody`` all the others, ``school`` the school's own values.

    ``base`` and ``around`` are what the right return has too. ``many``: the pupil stands so many times.
    ``day``: the reference date. ``no_school``: the school's part is missing.
    """

    term: str = "AUT"
    pupil: Change = field(default_factory=dict)
    base: Change = field(default_factory=dict)
    school: Change = field(default_factory=dict)
    around: Change = field(default_factory=dict)
    everybody: Change = field(default_factory=dict)
    was: Mapping[str, int] = field(default_factory=dict)
    left: bool = False
    many: int = 1
    day: str = ""
    no_school: bool = False

    @property
    def asks_pupil(self) -> bool:
        return bool(self.pupil or self.base or self.many > 1 or self.left)


def _pupil(module: str, tag: str, value: Any, **more: Any) -> Case:
    return Case(pupil={module: {tag: value}}, **more)


def _school(tag: str, value: Any, **more: Any) -> Case:
    return Case(school={tag: value}, **more)


IDS, OWN, STATUS, SEN = "PupilIdentifiers", "PupilCharacteristics", "PupilStatus", "SpecialEducationalNeeds"
HOME, TERM = "HomeInformation", "TermlyAttendance"


def _fsm(**told: Any) -> Case:
    right = {"FSMstartDate": "2026-06-01", "UKcountry": "ENG"}
    period = {name: value for name, value in (right | told).items() if value is not None}
    return Case(pupil={"FSMperiods": [{"FSMperiod": period}]}, base={"FSMperiods": []})


def _address(told: Change) -> Case:
    right = {"PostCode": "GU1 1AB", "PAON": "1", "Street": "Mill Lane"}
    return Case(pupil={HOME: {"CurrentAddress": told}}, base={HOME: {"CurrentAddress": right}})


def _away(*told: Change, possible: str = "110", tag: str = TERM) -> Case:
    details = [{"SessionDetail": one} for one in told]
    right = [{"SessionDetail": {"AttendanceReason": "I", "AbsenceSessions": "2"}}]
    base = {tag: {"SessionsPossible": "110", "SessionDetails": right}}
    return Case(pupil={tag: {"SessionsPossible": possible, "SessionDetails": details}}, base=base)


HALF = "SummerHalfTerm2Attendance"
RIGHT_EXCLUSION = {
    "Category": "SUSP",
    "Reason": "DB",
    "StartDate": "2026-05-05",
    "Sessions": "4",
    "SENprovision": "N",
}


def _excluded(*, left: bool = False, times: int = 1, **told: Any) -> Case:
    made = {name: value for name, value in (RIGHT_EXCLUSION | told).items() if value is not None}
    wrong = [{"TermlyExclusion": made}] * times
    return Case(
        pupil={"Exclusions": wrong}, base={"Exclusions": [{"TermlyExclusion": RIGHT_EXCLUSION}]}, left=left
    )


def _needs(*told: Change, sen: str = "K") -> Case:
    right = {"SENprovision": "K", "SENneeds": [{"SENneed": {"SENtypeRank": "1", "SENtype": "SLCN"}}]}
    units = {"SENunitIndicator": "0", "ResourcedProvisionIndicator": "0"}
    wrong = {"SENprovision": sen, "SENneeds": [{"SENneed": one} for one in told]}
    return Case("SPR", pupil={SEN: wrong}, base={SEN: right | units})


SIXTH = {"Phase": "SS", "HighestNCyear": "13", "LowestNCyear": "1"}
RIGHT_AIM = {
    "QN": "60146084",
    "SCC": "2210",
    "LearningStartDate": "2026-09-07",
    "LearningPlannedEndDate": "2027-07-20",
    "LearningAimStatus": "1",
    "CoreAim": "0",
    "Traineeship": "0",
}
LEFT_AIM = RIGHT_AIM | {
    "LearningAimStatus": "3",
    "LearningActualEndDate": "2026-09-20",
    "LearningAimWithdrawalReason": "1",
}
HOURS = {"QualHrs": "600", "Non_qualHrs": "60"}


def _aim(*, left: bool = False, around: Change | None = None, **told: Any) -> Case:
    made = {name: value for name, value in (RIGHT_AIM | told).items() if value is not None}
    right = LEFT_AIM if left else RIGHT_AIM
    return Case(
        pupil={"LearningAims": [{"LearningAim": made}]},
        base={"LearningAims": [{"LearningAim": right}], OWN: HOURS},
        around=SIXTH if around is None else around,
        left=left,
    )


LITTLE = {IDS: {"DOB": "2023-02-02"}, STATUS: {"NCyearActual": "N2", "EntryDate": "2026-09-01"}, TERM: None}
NURSED = {"FundedHours": "15", "HoursAtSetting": "20", "SchoolLunchTaken": None}
NURSERY = {"LowestNCyear": "N1"}


def _little(tag: str, value: Any, *, term: str = "AUT", **more: Any) -> Case:
    own = {OWN: NURSED | ({"EYPPR": "N"} if term == "SPR" else {}) | more}
    return Case(term, pupil={OWN: {tag: value}}, base=LITTLE | own, around=NURSERY)


FIGURES = {"Lodged": "5", "Withdrawn": "1", "Heard": "4", "Upheld": "1", "Rejected": "3"}


def _appeals(kind: str, *, around: Change | None = None, **told: str) -> Case:
    """Appeals of which ``told`` is wrong; the right return has them right."""
    other = "PrimaryAppeals" if kind == "InfantAppeals" else "InfantAppeals"
    right = {"AdmissionsAppeals": {kind: FIGURES, other: FIGURES}, "Governance": "VA"}
    wrong = {kind: FIGURES | told, other: FIGURES}
    return Case("SPR", school={"AdmissionsAppeals": wrong}, around=right | (around or {}))


def _unasked(kind: str, tag: str, value: str) -> Case:
    """Appeals in a return of a school that gives none."""
    right = {"AdmissionsAppeals": {kind: FIGURES}, "Governance": "VA", "Phase": "AT"}
    return Case("SPR", school={tag: value}, around=right)


def _support(**told: Any) -> Case:
    right = {"LearnerSupport": [{"LearnerSupportItem": {"SupportCode": "55"}}], IDS: {"DOB": "2009-05-05"}}
    return Case(pupil=told, base=right | {TERM: None})


CASES: dict[str, Case] = {
    "100": Case(school={}, day="2026-10-02"),
    "165": Case(no_school=True),
    "560": _appeals("PrimaryAppeals", Lodged="9"),
    "570": _appeals("PrimaryAppeals", Upheld="3"),
    "561": _appeals("SecondaryAppeals", Lodged="9"),
    "571": _appeals("SecondaryAppeals", Upheld="3"),
    "580": _appeals("InfantAppeals", Lodged="6"),
    "590": _appeals("InfantAppeals", Withdrawn="2"),
    "600": _appeals("InfantAppeals", Heard="5"),
    "610": _appeals("InfantAppeals", Upheld="2"),
    "620": _appeals("InfantAppeals", Rejected="4"),
    "630": _appeals("InfantAppeals", Lodged="3"),
    "640": _appeals("InfantAppeals", Upheld="0"),
    "5013": _unasked("PrimaryAppeals", "Governance", "CO"),
    "5014": _unasked("PrimaryAppeals", "Phase", "PR"),
    "5125": _unasked("SecondaryAppeals", "Governance", "CO"),
    "5126": _unasked("SecondaryAppeals", "Phase", "PR"),
    "5018": _unasked("InfantAppeals", "Governance", "CO"),
    "5019": _unasked("InfantAppeals", "Phase", "SS"),
    "1864": _support(PupilStatus={"EnrolStatus": "S"}),
    "1866": _support(LearnerSupport=[{"LearnerSupportItem": {"SupportCode": "55"}}] * 2),
    "1867": _support(PupilIdentifiers={"DOB": "2011-05-05"}),
    "1868": _support(PupilIdentifiers={"DOB": "2005-05-05"}),
    "2210Q": _school("Phase", "SP"),
    "5065": Case(school={"Phase": "NS"}, left=True),
    "2341": Case(pupil={"LearningAims": [{"LearningAim": LEFT_AIM}], OWN: HOURS}, left=True),
    "5130": Case(pupil={HOME: {"CurrentAddress": {"PostCode": "GU1 1AB"}}}, left=True),
    "110": _school("SchoolName", None),
    "120": _school("Phase", "ZZ"),
    "140": _school("SchoolType", None),
    "160": _school("URN", "123456"),
    "210": _school("HighestNCyear", None),
    "220": _school("LowestNCyear", "Z"),
    "223": _school("Intake", "SPEC"),
    "224": _school("Intake", "COMP", around={"Phase": "SP", "Intake": "SPEC"}),
    "230": _school("LowestNCyear", "9"),
    "240": _school("Intake", None),
    "260": _school("Governance", "IN"),
    "261": _school("SchoolType", "49"),
    "262": _school("Governance", "CA"),
    "263": _school("SchoolType", "47"),
    "264": _school("Governance", "CT"),
    "280": _school("Accommodation", "Z", term="SPR", around={"Phase": "SP", "Accommodation": "D"}),
    "310": _school("MaxDayPupils", None, term="SPR", around={"Phase": "SP", "MaxDayPupils": "90"}),
    "370": _school("MinMaleAge", "4", term="SPR"),
    "380": _school("MaxFemaleAge", "9", term="SPR"),
    "390": Case("SPR", school={"MinMaleAge": "9", "MaxMaleAge": "4"}),
    "400": Case("SPR", school={"MinFemaleAge": "9", "MaxFemaleAge": "4"}),
    "420": _school("PhoneNo", None),
    "541": _school("ChildMothers", "1", term="SPR"),
    "920": _school("PartTimeNotIn", None, term="SPR"),
    "930": _school("PartTimeNotIn", "9", term="SPR"),
    "940": _school("PrivateStudy", None, term="SPR"),
    "950": _school("AtOtherSchool", None, term="SPR"),
    "953": _school("WorkExperience", None, term="SPR", around={"Phase": "SS", "WorkExperience": "1"}),
    "957": _school("Fecollege", None, term="SPR", around={"Phase": "SS", "Fecollege": "1"}),
    "5023": _school("Phase", "NS", term="SPR"),
    "5026": _school("WorkExperience", "2", term="SPR"),
    "5027": _school("Fecollege", "2", term="SPR"),
    "1310": _school("FreeMealsTaken", None, term="SPR"),
    "1320": _school("FreeMealsTaken", "99", term="SPR"),
    "5005": _school("MaxDayPupils", "3", term="SPR"),
    "270Q": _school("Email", None),
    "330Q": _school("MaxDayPupils", "3", term="SPR", around={"MaxDayPupils": "99"}),
    "564Q": _school("Governance", "VA", term="SPR"),
    "566Q": _school("Governance", "VA", term="SPR"),
    "565Q": _school("Governance", "VA", term="SPR", around={"Phase": "SS"}),
    "1640Q": Case("SPR", everybody={OWN: {"Ethnicity": "WBRI"}}),
    "1700Q": Case("SPR", everybody={OWN: {"Ethnicity": "NOBT"}}),
    "1750Q": Case(
        everybody={"FSMperiods": [{"FSMperiod": {"FSMstartDate": "2026-01-01", "UKcountry": "ENG"}}]}
    ),
    "1760Q": Case(everybody={"FSMperiods": []}),
    "1850Q": Case(everybody={OWN: {"Language": "NOT"}}),
    "1870Q": Case(everybody={STATUS: {"EnrolStatus": "M"}}),
    "1872Q": Case(everybody={OWN: {"PLAA": "A"}}),
    "1878Q": Case(everybody={OWN: {"SchoolLunchTaken": "0"}}),
    "1877Q": Case(everybody={OWN: {"SchoolLunchTaken": "1"}}),
    "1885Q": Case(everybody={STATUS: {"EntryDate": "2026-09-02"}}),
    "1960Q": Case(everybody={STATUS: {"PartTime": "1"}}),
    "1980Q": Case(everybody={STATUS: {"Boarder": "B"}}),
    "2010Q": Case(everybody={STATUS: {"NCyearActual": "2"}}),
    "2190Q": Case(everybody={SEN: {"SENprovision": "E"}}),
    "2200Q": Case(everybody={SEN: {"SENprovision": "N"}}),
    "2205Q": Case(everybody={SEN: {"SENprovision": "K"}}),
    "TonT1B": Case(was={"headcount": 20}),
    "TonT1C": Case(was={"headcount": 90}),
    "TonT1D": Case(was={"headcount": 0}),
    "TonT4D": Case(was={"fsm_current": 0}),
    "TonT6D": Case(was={"sen_support": 0}),
    "1500": _pupil(IDS, "UPN", None),
    "1510": _pupil(IDS, "UPN", "B936200126047"),
    "1520": Case(many=2),
    "1530": _pupil(IDS, "UPN", "A999200126047"),
    "1540": _pupil(IDS, "UPN", "A9362001X6047"),
    "1550": _pupil(IDS, "UPN", "A93620012604I"),
    "1570": _pupil(IDS, "DOB", "2010-05-05"),
    "1573": _pupil(IDS, "DOB", "2010-05-05", left=True),
    "1575": _pupil(IDS, "UniqueLearnerNumber", "1234567890"),
    "1578": Case(base={IDS: {"UniqueLearnerNumber": "1234567899"}}, many=2),
    "1580": _pupil(IDS, "Surname", None),
    "1590": _pupil(IDS, "Forename", None),
    "1600": _pupil(IDS, "DOB", "05/05/2018"),
    "1610": _pupil(IDS, "Sex", "U"),
    "1601Q": _pupil(IDS, "DOB", "2012-01-01"),
    "1620Q": Case(many=2),
    "1630": _pupil(OWN, "Ethnicity", "XXXX", term="SPR"),
    "1741": Case(
        "SPR",
        pupil={OWN: {"ServiceChild": "Y"}},
        base={"FSMperiods": [{"FSMperiod": {"FSMstartDate": "2026-11-01", "UKcountry": "ENG"}}]},
    ),
    "1761": _fsm(FSMstartDate=None),
    "1762": _fsm(FSMstartDate="2026-10-20"),
    "1763": _fsm(FSMendDate="2026-11-20"),
    "1764": _fsm(UKcountry="FRA"),
    "1765": _fsm(UKcountry="WLS"),
    "1766": _fsm(FSMstartDate="2026-09-20", FSMendDate="2026-09-01"),
    "1768": Case(
        pupil={"FSMperiods": [{"FSMperiod": {"FSMstartDate": "2026-06-01", "UKcountry": "ENG"}}] * 2}
    ),
    "1745Q": _fsm(FSMendDate="2026-06-01"),
    "1767Q": _fsm(FSMendDate="2026-07-01"),
    "5046": _pupil(OWN, "YSSA", "Yes"),
    "1840": _pupil(OWN, "Language", None),
    "1843": _little("EYPPR", "Y", term="SPR"),
    "1844": _little("EYPPBF", "EE", term="SPR"),
    "1846": _little("EYPPR", None, term="SPR"),
    "1861": _pupil(OWN, "EYPPR", "N", term="SPR"),
    "1851": _pupil(OWN, "FundedHours", "15"),
    "1852": _little("FundedHours", "16"),
    "1854": _pupil(OWN, "HoursAtSetting", "15"),
    "1855": _little("HoursAtSetting", None),
    "1859": _little("HoursAtSetting", "12"),
    "5225": _little("FundedHours", "20", ThirtyHourCode="50012345678"),
    "3105": _little("ThirtyHourCode", "5001"),
    "3130": _little("ExtendedHours", "5"),
    "3140": _little("ExtendedHours", "16", ThirtyHourCode="50012345678", HoursAtSetting="40"),
    "3150": _little(
        "FundedHours", "20", ExtendedHours="5", HoursAtSetting="40", ThirtyHourCode="50012345678"
    ),
    "3160": Case(base=LITTLE | {OWN: NURSED | {"ThirtyHourCode": "50012345678"}}, around=NURSERY, many=2),
    "3120": _pupil(OWN, "DAFIndicator", "1"),
    "5220": _little("DAFIndicator", "1", FundedHours="0"),
    "1856": _pupil(OWN, "ServiceChild", None, term="SPR"),
    "1869": _pupil(OWN, "TopUpFunding", None),
    "1990Q": _pupil(OWN, "TopUpFunding", "1"),
    "1871": _pupil(OWN, "PLAA", "Z"),
    "1875": Case(pupil={STATUS: {"NCyearActual": "1"}}, base={OWN: {"SchoolLunchTaken": None}}),
    "1876": _pupil(OWN, "SchoolLunchTaken", "1"),
    "5140": Case("SPR", pupil={OWN: {"Language": "FRN"}}, base={OWN: {"EnglishProficiency": None}}),
    "200": Case(
        everybody={STATUS: {"NCyearActual": "2"}}, school={"LowestNCyear": "X", "HighestNCyear": "X"}
    ),
    "1860": _pupil(STATUS, "EnrolStatus", "Z"),
    "1880": _pupil(STATUS, "EntryDate", "2026-12-01"),
    "1920": _pupil(STATUS, "LeavingDate", "2026-10-01", left=True),
    "1930": _pupil(STATUS, "PartTime", None),
    "1940": _pupil(STATUS, "PartTime", "1"),
    "1950": Case(pupil={STATUS: {"PartTime": "1", "Boarder": "B"}}, base={TERM: None}),
    "1970": _pupil(STATUS, "Boarder", "Z"),
    "2000": _pupil(STATUS, "NCyearActual", None),
    "2002": _pupil(STATUS, "NCyearActual", "9"),
    "2020Q": _pupil(STATUS, "NCyearActual", "3"),
    "2060": _pupil(STATUS, "TypeOfClass", None),
    "2080": _pupil(STATUS, "TypeOfClass", "N"),
    "5048": _school("Phase", "SS", base={OWN: {}}),
    "2120": _pupil(SEN, "SENprovision", "Q"),
    "2115": _pupil(SEN, "SENprovision", "S"),
    "2125": _pupil(SEN, "SENunitIndicator", "1"),
    "2130": _needs({"SENtypeRank": "1"}),
    "2140": _needs({"SENtype": "SLCN"}),
    "2160": _needs({"SENtypeRank": "2", "SENtype": "SLCN"}),
    "2165": _needs({"SENtypeRank": "1", "SENtype": "SLCN"}, {"SENtypeRank": "1", "SENtype": "HI"}),
    "2166": _needs(*({"SENtypeRank": str(rank), "SENtype": "HI"} for rank in (1, 2, 3))),
    "2170": _needs(),
    "2175": _needs({"SENtypeRank": "1", "SENtype": "NSA"}, sen="E"),
    "2180": Case(school={"Phase": "SP"}, base={SEN: {"SENprovision": "N"}}),
    "2230": _pupil(SEN, "SENprovision", "K"),
    "2250": _pupil(SEN, "SENprovision", "K"),
    "5049": Case(school={"Phase": "SP"}, base={SEN: {"SENprovision": "K", "SENunitIndicator": "0"}}),
    "5050": Case(
        school={"Phase": "SP"}, base={SEN: {"SENprovision": "K", "ResourcedProvisionIndicator": "0"}}
    ),
    "2270": _excluded(StartDate=None),
    "2275": _excluded(Category="FIXD"),
    "2280": _excluded(Reason="XX"),
    "2285": _excluded(Category="PERM", Sessions=None, times=2, left=True),
    "2290": _excluded(StartDate="2026-12-05"),
    "2300": _excluded(Sessions=None),
    "2303": _excluded(StartDate="2026-09-20", left=True),
    "2310": _excluded(SENprovision="X"),
    "2330": _excluded(Category="PERM", left=True),
    "2335": _excluded(Category="PERM", Sessions=None),
    "5051": Case(school={"Phase": "NS"}, base={"Exclusions": [{"TermlyExclusion": RIGHT_EXCLUSION}]}),
    "2320Q": _excluded(Sessions="91"),
    "2340": _address({"PostCode": "NOWHERE", "PAON": "1", "Street": "Mill Lane"}),
    "2350": _address({"PostCode": "GU1 1AB", "PAON": None, "Street": "Mill Lane"}),
    "2380": _address({"PostCode": "GU1 1AB", "PAON": "1", "Street": None, "Town": None}),
    "2400": _address(
        {"PostCode": "GU1 1AB", "PAON": None, "Street": None, "Town": None, "AddressLine1": "1 Mill Lane"}
    ),
    "2445": _address(
        {"PostCode": "GU1 1AB", "PAON": "1", "Street": "Mill Lane", "AddressLine1": "1 Mill Lane"}
    ),
    "5155": _address(
        {"PostCode": "GU1 1AB", "PAON": "1", "Street": "Mill Lane", "UniquePropertyReferenceNumber": "A1"}
    ),
    "2355Q": Case(pupil={HOME: None}),
    "2470": _pupil(IDS, "DOB", "2010-05-05"),
    "2475": _away({"AttendanceReason": "!", "AbsenceSessions": "2"}),
    "2480": _away({"AttendanceReason": "I", "AbsenceSessions": "0"}),
    "2490": _away({"AbsenceSessions": "2"}),
    "2500": _pupil(TERM, "SessionsPossible", None),
    "2510": _pupil(TERM, "SessionsPossible", None, left=True),
    "2505": _away(*[{"AttendanceReason": "I", "AbsenceSessions": "2"}] * 2),
    "2530": _away({"AttendanceReason": "I", "AbsenceSessions": "20"}, possible="10"),
    "5057": _school("Phase", "NS", base={OWN: {}}),
    "2560Q": _away({"AttendanceReason": "I", "AbsenceSessions": "60"}),
    "2571": Case(pupil={HALF: {"SessionsPossible": "60"}}, base={IDS: {"DOB": "2010-05-05"}, TERM: None}),
    "2572": _away({"AttendanceReason": "!", "AbsenceSessions": "2"}, tag=HALF),
    "2573": _away({"AttendanceReason": "I", "AbsenceSessions": "0"}, tag=HALF),
    "2574": _away({"AbsenceSessions": "2"}, tag=HALF),
    "2577": _away(*[{"AttendanceReason": "I", "AbsenceSessions": "2"}] * 2, tag=HALF),
    "2582": _away({"AttendanceReason": "I", "AbsenceSessions": "20"}, possible="10", tag=HALF),
    "1992": Case(
        pupil={OWN: {"QualHrs": None}}, base={"LearningAims": [{"LearningAim": RIGHT_AIM}], OWN: HOURS}
    ),
    "1993": _pupil(OWN, "QualHrs", "600"),
    "1997": _pupil(OWN, "QualHrs", "4500"),
    "1998Q": _pupil(OWN, "Non_qualHrs", "60"),
    "1635": Case(
        pupil={OWN: {"MathsGCSEPriorAttainmentYearGroup": "1"}},
        base={OWN: {"MathsGCSEHighestPriorAttainment": "3"}},
    ),
    "1636": Case(pupil={OWN: {"MathsGCSEHighestPriorAttainment": "5"}}),
    "1637": Case(
        pupil={OWN: {"EnglishGCSEPriorAttainmentYearGroup": "1"}},
        base={OWN: {"EnglishGCSEHighestPriorAttainment": "3"}},
    ),
    "1638": Case(pupil={OWN: {"EnglishGCSEHighestPriorAttainment": "5"}}),
    "1633Q": _pupil(OWN, "EnglishGCSEFundingExemption", "L"),
    "1634Q": _pupil(OWN, "MathsGCSEFundingExemption", "L"),
    "2700": _aim(QN=None),
    "2710": _aim(QN="60146"),
    "2701": _aim(LearningAimWithdrawalReason="1"),
    "2705": Case(
        school={"HighestNCyear": "6"}, base={"LearningAims": [{"LearningAim": RIGHT_AIM}]}, around=SIXTH
    ),
    "5106": Case(school={"Phase": "PS"}, base={"LearningAims": [{"LearningAim": RIGHT_AIM}]}, around=SIXTH),
    "2722": _aim(SCC=None),
    "2730": _aim(LearningStartDate="soon"),
    "2735": _aim(LearningStartDate="2026-12-01"),
    "2750": _aim(LearningPlannedEndDate=None),
    "2760": _aim(LearningPlannedEndDate="2026-09-01"),
    "2761": _aim(LearningActualEndDate="2026-09-01"),
    "2765": _aim(LearningPlannedEndDate="2032-01-01"),
    "2770": _aim(LearningActualEndDate="soon"),
    "2780": _aim(LearningActualEndDate="2026-09-20"),
    "2785": _aim(LearningAimStatus="3"),
    "2790": _aim(LearningAimStatus="2"),
    "2795": _aim(left=True),
    "2805": _aim(LearningActualEndDate="2026-12-20", LearningAimStatus="2"),
    "2820": _aim(LearningAimStatus=None),
    "2870": Case(pupil={STATUS: {"NCyearActual": "12"}}, around=SIXTH),
    "5165": _aim(Traineeship=None),
}
