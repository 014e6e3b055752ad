"""What Our School Area holds. A room adds its part by a function in PANELS."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.people.calendars import queries as calendars
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.work.actions import queries as actions
from guildhall.work.annualreviews import queries as reviews
from guildhall.work.meals import queries as meals
from guildhall.work.schoolcases import queries as cases
from guildhall.work.schoolfinance import queries as finance
from guildhall.work.schoolfolder import queries as folder

from ..screens import address
from ..wording import phase_name

Row = dict[str, str]
Link = tuple[str, str]


@dataclass(frozen=True)
class Asking:
    """Who looks, at which school, and on which day."""

    place: SchoolPlace
    holder: Holder
    today: date

    @property
    def school_id(self) -> int:
        return self.place.school_id

    @property
    def supervises(self) -> bool:
        return self.school_id in self.holder.supervised


@dataclass(frozen=True)
class Panel:
    """One part: ``key`` ends the names of its texts (``schools.OwnArea_<key>`` and ``…_Words``).

    ``rows`` say what there is now; ``links`` (route, name of its text) lead on, but only to pages there are.
    """

    key: str
    rows: list[Row]
    pages: tuple[Link, ...]

    @property
    def title(self) -> str:
        return say(f"schools.OwnArea_{self.key}")

    @property
    def words(self) -> str:
        """What the part holds, for the guide at the top of the page."""
        return say(f"schools.OwnArea_{self.key}_Words")

    @property
    def links(self) -> list[Link]:
        return [(href, say(f"schools.{name}")) for route, name in self.pages if (href := address(route))]


def panels_for(asking: Asking) -> list[Panel]:
    """The parts that the person may see; one without any page is left out."""
    return [panel for make in PANELS if (panel := make(asking)) and panel.links]


def _row(key: str, value: object) -> Row:
    return {"key": say(f"schools.{key}"), "value": str(value)}


def _details(asking: Asking) -> Panel:
    school = asking.place.school
    known = (
        ("School_Urn", school.urn),
        ("School_Phase", phase_name(school.phase)),
        ("School_Town", school.town),
    )
    rows = [_row(key, value) for key, value in known if value]
    return Panel("Details", rows, (("schools:details", "Details_Title"),))


def _people(asking: Asking) -> Panel:
    covered = responsibilities.overview(asking.holder, asking.school_id)
    supervisors = ", ".join(map(str, school_queries.supervisors_of(asking.school_id)))
    rows = [
        _row("OwnArea_Supervisors", supervisors or "-"),
        _row("OwnArea_Unled", sum(not one.leads for one in covered)),
    ]
    keeping = (("schools:duties", "Duties_Heading"),) if asking.supervises else ()
    always = (("schools:overview", "Link_Overview"), ("schools:account-management", "Accounts_Heading"))
    return Panel("People", rows, (*always, *keeping))


def _calendar(asking: Asking) -> Panel:
    times = calendars.times_of(asking.school_id)
    sessions = [
        _row(f"OwnArea_{name}", f"{first:%H:%M}–{last:%H:%M}")
        for name, first, last in (
            ("Morning", times and times.morning_from, times and times.morning_until),
            ("Afternoon", times and times.afternoon_from, times and times.afternoon_until),
        )
        if first and last
    ]
    return Panel("Calendar", sessions, (("schools:calendar", "OwnArea_OpenCalendar"),))


def _closures(asking: Asking) -> Panel:
    closed = calendars.closed_now(asking.school_id, asking.today)
    state = (
        say("schools.OwnArea_ClosedUntil", day=day(closed.last_on))
        if closed
        else say("schools.OwnArea_NotClosed")
    )
    pages = (
        ("schools:closures", "OwnArea_OpenClosures"),
        ("schools:report-closure", "OwnArea_ReportClosure"),
    )
    return Panel("Closures", [_row("OwnArea_ClosedNow", state)], pages)


def _folder(asking: Asking) -> Panel:
    reader = folder.reader_at(asking.place)
    state = folder.readable(reader).count() if reader.read else say("schools.OwnArea_NoFolder")
    access = (("schools:folder-access", "Link_ChangeAccess"),) if asking.supervises else ()
    return Panel("Folder", [_row("Folder_Documents", state)], (("schools:folder", "Link_Folder"), *access))


def _meals(asking: Asking) -> Panel | None:
    if not meals.sees_list(asking.holder, asking.school_id):
        return None
    count = meals.pupils_of(asking.holder, asking.school_id).count()
    return Panel("Meals", [_row("OwnArea_Pupils", count)], (("schools:meals", "OwnArea_Meals"),))


def _reviews(asking: Asking) -> Panel | None:
    if not reviews.keeps(asking.holder, asking.school_id):
        return None
    plans = reviews.plans_at(asking.holder, asking.school_id)
    counts = reviews.counts(reviews.listed(plans, today=asking.today))
    rows = [_row("OwnArea_ReviewsDue", counts["due"]), _row("OwnArea_ReviewsOverdue", counts["overdue"])]
    return Panel("Reviews", rows, (("schools:reviews", "Link_Reviews"),))


def _finance(asking: Asking) -> Panel | None:
    if not finance.reads(asking.holder, asking.school_id):
        return None
    waiting = finance.waiting_at(asking.holder, asking.school_id)
    late = sum(one.asked.due_on < asking.today for one in waiting)
    rows = [_row("OwnArea_FinanceDue", len(waiting)), _row("OwnArea_FinanceLate", late)]
    return Panel("Finance", rows, (("schools:finance", "Link_Finance"),))


def _actions(asking: Asking) -> Panel:
    waiting = post.counts(asking.place)
    todo = actions.counts(asking.place, today=asking.today)
    rows = [
        _row("OwnArea_Unread", waiting.unread),
        _row("OwnArea_ToDo", waiting.to_do),
        _row("OwnArea_ActionsMine", todo.mine),
        _row("OwnArea_ActionsSchool", todo.school),
        _row("OwnArea_ActionsLate", todo.school_late),
    ]
    pages = (
        ("schools:actions", "Link_Actions"),
        ("schools:post", "Link_Post"),
        ("schools:alerts", "Link_Alerts"),
    )
    return Panel("Actions", rows, pages)


def _cases(asking: Asking) -> Panel:
    count = cases.cases_at(asking.school_id).filter(Q(status=cases.ACTIVE)).count()
    pages = (("schools:cases", "Link_MyCases"), ("schools:new-case", "Link_SubmitCase"))
    return Panel("Cases", [_row("OwnArea_Active", count)], pages)


PANELS: tuple[Callable[[Asking], Panel | None], ...] = (
    _details,
    _people,
    _calendar,
    _closures,
    _folder,
    _meals,
    _reviews,
    _finance,
    _actions,
    _cases,
)
