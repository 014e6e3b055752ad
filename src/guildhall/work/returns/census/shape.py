"""Where each element of a census file goes: tag → column, and which elements are groups of their own.

Containers that are named nowhere here are passed through, so that a module with another name does no harm.
The tags are those of the Common Basic Data Set; CTF calls a period of free school meals an instance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Columns = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A kind of record: its columns by tag, and the groups of records below it.

    ``inner``: containers whose tags fill other columns of the same record.
    """

    name: str
    tags: Columns
    inner: Mapping[str, "Table"] = field(default_factory=dict)
    groups: Mapping[str, "Table"] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        every = [*self.tags.values(), *(name for one in self.inner.values() for name in one.columns)]
        return list(dict.fromkeys(every))


FSM = Table("fsm", {"FSMstartDate": "starts", "FSMendDate": "ends", "UKcountry": "country"})
NEED = Table("need", {"SENtypeRank": "rank", "SENtype": "type"})
EXCLUSION = Table(
    "exclusion",
    {
        "Category": "category",
        "Reason": "reason",
        "StartDate": "starts",
        "Sessions": "sessions",
        "SENprovision": "sen",
    },
)
ABSENCE = Table("absence", {"AttendanceReason": "reason", "AbsenceSessions": "sessions"})
ABSENCE_2 = Table("absence2", {"AttendanceReason": "reason", "AbsenceSessions": "sessions"})
ADDRESS = Table(
    "address",
    {
        "PostCode": "postcode",
        "SAON": "saon",
        "PAON": "paon",
        "Street": "street",
        "Locality": "locality",
        "Town": "town",
        "AdministrativeArea": "area",
        "PostTown": "post_town",
        "AddressLine1": "line1",
        "AddressLine2": "line2",
        "AddressLine3": "line3",
        "AddressLine4": "line4",
        "AddressLine5": "line5",
        "UniquePropertyReferenceNumber": "uprn",
    },
)
AIM = Table(
    "aim",
    {
        "QN": "qn",
        "SCC": "scc",
        "LearningStartDate": "starts",
        "LearningPlannedEndDate": "planned",
        "LearningActualEndDate": "ends",
        "LearningAimStatus": "status",
        "LearningAimWithdrawalReason": "withdrawal",
        "CoreAim": "core",
        "Traineeship": "traineeship",
    },
)
SUPPORT = Table("support", {"SupportCode": "code"})
GROUPS = {
    "FSMperiod": FSM,
    "FSMinstance": FSM,
    "SENneed": NEED,
    "TermlyExclusion": EXCLUSION,
    "SessionDetail": ABSENCE,
    "CurrentAddress": ADDRESS,
    "Address": ADDRESS,
    "LearningAim": AIM,
    "LearnerSupportItem": SUPPORT,
}
PUPIL = Table(
    "pupil",
    {
        "UPN": "upn",
        "FormerUPN": "former_upn",
        "UPNunknown": "upn_unknown",
        "UniqueLearnerNumber": "uln",
        "Surname": "surname",
        "Forename": "forename",
        "DOB": "dob",
        "Gender": "sex",
        "Sex": "sex",
        "Ethnicity": "ethnicity",
        "Language": "language",
        "EnglishProficiency": "proficiency",
        "ServiceChild": "service",
        "PLAA": "plaa",
        "SchoolLunchTaken": "lunch",
        "TopUpFunding": "top_up",
        "YSSA": "yssa",
        "FTEmp": "employed",
        "EYPPR": "eyppr",
        "EYPPBF": "eyppbf",
        "FundedHours": "funded",
        "HoursAtSetting": "hours",
        "ExtendedHours": "extended",
        "ThirtyHourCode": "thirty",
        "DAFIndicator": "daf",
        "EnrolStatus": "enrol",
        "EntryDate": "entry",
        "LeavingDate": "left",
        "PartTime": "part_time",
        "Boarder": "boarder",
        "NCyearActual": "year",
        "NCyearLeaving": "year_leaving",
        "TypeOfClass": "class_type",
        "SENprovision": "sen",
        "SENunitIndicator": "sen_unit",
        "ResourcedProvisionIndicator": "resourced",
        "SessionsPossible": "possible",
        "QualHrs": "hours_learning",
        "Non_qualHrs": "hours_other",
        "MathsGCSEHighestPriorAttainment": "maths",
        "MathsGCSEPriorAttainmentYearGroup": "maths_stage",
        "MathsGCSEFundingExemption": "maths_exempt",
        "EnglishGCSEHighestPriorAttainment": "english",
        "EnglishGCSEPriorAttainmentYearGroup": "english_stage",
        "EnglishGCSEFundingExemption": "english_exempt",
    },
    inner={
        "SummerHalfTerm2Attendance": Table(
            "pupil", {"SessionsPossible": "possible2"}, groups={"SessionDetail": ABSENCE_2}
        )
    },
    groups=GROUPS,
)
TABLES = (PUPIL, FSM, NEED, EXCLUSION, ABSENCE, ABSENCE_2, ADDRESS, AIM, SUPPORT)
OFF_ROLL, ON_ROLL = "PupilNoLongerOnRoll", "PupilOnRoll"

HEAD = {
    "Collection": "collection",
    "Term": "term",
    "Year": "year",
    "ReferenceDate": "reference_date",
    "SourceLevel": "source_level",
    "LEA": "lea",
    "Estab": "estab",
    "URN": "urn",
    "SoftwareCode": "software",
    "SerialNo": "serial",
    "DateTime": "made_at",
    "SchoolName": "school_name",
    "Phase": "phase",
    "SchoolType": "school_type",
    "HighestNCyear": "highest",
    "LowestNCyear": "lowest",
    "Intake": "intake",
    "Governance": "governance",
    "PhoneNo": "phone",
    "Email": "email",
    "ChildMothers": "child_mothers",
    "TeenMotherPlaces": "mother_places",
    "ChildcarePlaces": "childcare",
    "FreeMealsTaken": "meals_taken",
    "PartTimeNotIn": "part_time_not_in",
    "PrivateStudy": "private_study",
    "AtOtherSchool": "at_other_school",
    "WorkExperience": "work_experience",
    "Fecollege": "fe_college",
    "Accommodation": "accommodation",
    "MaxDayPupils": "most_day",
    "MaxBoarders": "most_boarders",
    "MinMaleAge": "boys_from",
    "MaxMaleAge": "boys_until",
    "MinFemaleAge": "girls_from",
    "MaxFemaleAge": "girls_until",
}
"""Of the header and of the school: one value each. The first of a tag counts."""
APPEALS = {
    "Lodged": "lodged",
    "Withdrawn": "withdrawn",
    "Heard": "heard",
    "Upheld": "upheld",
    "Rejected": "rejected",
}
APPEALS_OF = {"Primary": "primary", "Secondary": "secondary", "Infant": "infant"}
"""Appeals of admissions stand below a container whose name begins like one of these."""
