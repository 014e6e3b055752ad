"""The menu at the left of the schools' pages. A room adds its pages by a branch in SIDE."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.work.governors import queries as governors

from .screens import address


@dataclass(frozen=True)
class Branch:
    """A page in the menu, and those below it. ``name`` ends the name of its text, ``schools.Link_…``.

    ``supervisors``: nobody else sees it. A page that this installation has not is left out, with those below.
    """

    route: str
    name: str
    below: tuple["Branch", ...] = ()
    supervisors: bool = False


@dataclass(frozen=True)
class Line:
    """A branch as the page draws it."""

    href: str
    title: str
    below: list["Line"] = field(default_factory=list)


SIDE = (
    Branch(
        "schools:account-management",
        "AccountManagement",
        (
            Branch("schools:overview", "Overview"),
            Branch("schools:responsibilities", "Responsibilities"),
            Branch("schools:alerts", "Alerts"),
            Branch("schools:secure", "Secure"),
            Branch("schools:duties", "Duties", supervisors=True),
            Branch("schools:network", "Network", supervisors=True),
            Branch(
                "schools:folder",
                "Folder",
                (Branch("schools:folder-access", "ChangeAccess", supervisors=True),),
            ),
        ),
    ),
    Branch("schools:post", "Post", (Branch("schools:all-post", "AllPost", supervisors=True),)),
    Branch("schools:actions", "Actions"),
    Branch("schools:downloads", "Downloads", (Branch("schools:plans", "Plans"),)),
    Branch("schools:traded", "Traded"),
    Branch("schools:notices", "Notices"),
)

# What a responsibility opens: the system, its first page, and the end of the names of its texts.
SYSTEMS = (
    ("online-admissions", "schools:admissions", "Admissions"),
    ("income-and-expenditure", "schools:finance", "Finance"),
    ("emergency-contacts", "schools:emergency", "Emergency"),
    ("batch-invoices", "schools:invoices", "Invoices"),
    ("annual-reviews", "schools:reviews", "Reviews"),
)

# What is open to supervisors without a responsibility.
FOR_SUPERVISORS = frozenset({"batch-invoices", "annual-reviews"})


def opened_for(holder: Holder, school_id: int) -> tuple[tuple[str, str], ...]:
    """Those of SYSTEMS that a responsibility opens for ``holder``, as a route and the name of its text."""
    systems = responsibilities.systems_of(holder, school_id)
    if school_id in holder.supervised:
        systems = systems | FOR_SUPERVISORS
    return tuple((route, name) for system, route, name in SYSTEMS if system in systems)


def governing(place: SchoolPlace) -> tuple[tuple[str, str], ...]:
    """The governors' area, for those of the school who come in."""
    return (("schools:governors", "Governors"),) if governors.reader_at(place).reads else ()


def lines_to(pages: Iterable[tuple[str, str]]) -> list[Line]:
    """Pages that stand on their own."""
    return [Line(href, say(f"schools.Link_{name}")) for route, name in pages if (href := address(route))]


def menu_for(*, supervisor: bool, branches: Iterable[Branch] = SIDE) -> list[Line]:
    """What the menu shows to somebody of a school."""
    seen = [one for one in branches if supervisor or not one.supervisors]
    return [
        Line(href, say(f"schools.Link_{one.name}"), menu_for(supervisor=supervisor, branches=one.below))
        for one in seen
        if (href := address(one.route))
    ]
