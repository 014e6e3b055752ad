"""The responsibilities that an authority begins with; its schools may agree on others."""

from typing import Any

_FSM, _OA, _IE, _EC = "free-school-meals", "online-admissions", "income-and-expenditure", "emergency-contacts"
_CALENDAR, _INVOICES = "school-calendar", "batch-invoices"
_REVIEWS = "annual-reviews"


def _first(en: str, cy: str, words_en: str, words_cy: str, *systems: str) -> dict[str, Any]:
    return {
        "name": {"en": en, "cy": cy},
        "words": {"en": words_en, "cy": words_cy},
        "systems": list(systems),
    }


RESPONSIBILITIES: tuple[dict[str, Any], ...] = (
    _first(
        "Admissions",
        "Derbyniadau",
        "Applications, offers, appeals and moves during the year.",
        "Ceisiadau, cynigion, apeliadau a symud yn ystod y flwyddyn.",
        _OA,
    ),
    _first(
        "Assessment and Data",
        "Asesu a Data",
        "Tests, results, censuses and other returns.",
        "Profion, canlyniadau, cyfrifiadau a ffurflenni eraill.",
    ),
    _first(
        "Attendance and Welfare",
        "Presenoldeb a Lles",
        "Absence, exclusions and the education welfare service.",
        "Absenoldeb, gwaharddiadau a'r gwasanaeth lles addysg.",
    ),
    _first(
        "Catering",
        "Arlwyo",
        "School meals, free school meals and food safety.",
        "Prydau ysgol, prydau ysgol am ddim a diogelwch bwyd.",
        _FSM,
    ),
    _first(
        "Curriculum",
        "Cwricwlwm",
        "What is taught, and events and visits for it.",
        "Yr hyn a addysgir, a digwyddiadau ac ymweliadau ar ei gyfer.",
    ),
    _first(
        "Early Years",
        "Blynyddoedd Cynnar",
        "Nursery and reception, funded hours and the early years census.",
        "Meithrin a derbyn, oriau a ariennir a'r cyfrifiad blynyddoedd cynnar.",
    ),
    _first(
        "Finance",
        "Cyllid",
        "Budgets, funding, invoices and financial returns.",
        "Cyllidebau, cyllid, anfonebau a ffurflenni ariannol.",
        _FSM,
        _IE,
        _INVOICES,
    ),
    _first(
        "Governance",
        "Llywodraethu",
        "The governing body, its training and its meetings.",
        "Y corff llywodraethu, ei hyfforddiant a'i gyfarfodydd.",
    ),
    _first(
        "Headteacher and Leadership",
        "Pennaeth ac Arweinyddiaeth",
        "What the head of the school has to know or decide.",
        "Yr hyn y mae'n rhaid i bennaeth yr ysgol ei wybod neu ei benderfynu.",
        _OA,
        _IE,
        _EC,
    ),
    _first(
        "Health and Safety",
        "Iechyd a Diogelwch",
        "Accidents, risk assessments and inspections.",
        "Damweiniau, asesiadau risg ac arolygiadau.",
        _EC,
    ),
    _first(
        "Human Resources and Payroll",
        "Adnoddau Dynol a Chyflogres",
        "Staff contracts, pay, pensions and recruitment.",
        "Contractau staff, tâl, pensiynau a recriwtio.",
    ),
    _first(
        "Information Technology and Data Protection",
        "Technoleg Gwybodaeth a Diogelu Data",
        "Computers, networks, online safety and personal information.",
        "Cyfrifiaduron, rhwydweithiau, diogelwch ar-lein a gwybodaeth bersonol.",
    ),
    _first(
        "Looked-after Children",
        "Plant sy'n Derbyn Gofal",
        "The designated teacher, personal education plans and pupil premium.",
        "Yr athro dynodedig, cynlluniau addysg personol a'r premiwm disgyblion.",
    ),
    _first(
        "Premises",
        "Adeiladau",
        "Buildings, repairs, keys, energy and closures.",
        "Adeiladau, atgyweiriadau, allweddi, ynni a chau ysgolion.",
        _EC,
    ),
    _first(
        "Safeguarding",
        "Diogelu",
        "Child protection, the designated lead and training.",
        "Amddiffyn plant, yr arweinydd dynodedig a hyfforddiant.",
    ),
    _first(
        "School Administration and Support",
        "Gweinyddiaeth a Chymorth Ysgol",
        "The office: records, letters, dates and everyday questions.",
        "Y swyddfa: cofnodion, llythyrau, dyddiadau a chwestiynau bob dydd.",
        _FSM,
        _OA,
        _EC,
        _CALENDAR,
    ),
    _first(
        "Special Educational Needs and Disabilities",
        "Anghenion Addysgol Arbennig ac Anableddau",
        "Support, plans, annual reviews and specialist services.",
        "Cymorth, cynlluniau, adolygiadau blynyddol a gwasanaethau arbenigol.",
        _REVIEWS,
    ),
    _first(
        "Sport and Physical Education",
        "Chwaraeon ac Addysg Gorfforol",
        "Competitions, swimming and healthy schools.",
        "Cystadlaethau, nofio ac ysgolion iach.",
    ),
    _first(
        "Staff Training",
        "Hyfforddiant Staff",
        "Courses, new teachers and professional development.",
        "Cyrsiau, athrawon newydd a datblygiad proffesiynol.",
    ),
    _first(
        "Transport",
        "Cludiant",
        "Getting to school, travel plans and school visits by road.",
        "Cyrraedd yr ysgol, cynlluniau teithio ac ymweliadau ysgol ar y ffordd.",
    ),
)
