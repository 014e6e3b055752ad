"""The services on the families' home page, and the forms of each."""

from guildhall.foundation.authority.declared import SERVICES, TILES
from guildhall.foundation.authority.queries import setting
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.work.intake.destinations import destinations_of

# A panel whose forms are chosen by person first (SP-069); every other service has a page of its own.
BY_PERSON = "send"
OWN_PAGES = tuple(key for key in SERVICES if key != BY_PERSON)
# What each of these pages says below its name; every service has an area of texts of its own (SP-283).
GUIDANCE = {
    "thirty-hours": "citizen-thirty-hours-entitlement.Guidance",
    "free-school-meals": "free-school-meals.Guidance",
    "school-places": "admissions.Guidance",
    "transport": "transport.Guidance",
    "courses": "courses.Guidance",
    "two-year-olds": "two-year-old-funding.Guidance",
}
_ELSEWHERE = {"send": "families:choose-person", "messages": "inbox:list", "family": "families:family"}


def panels_on() -> list[str]:
    """The panels that the authority has switched on, in the order of SP-053."""
    return [key for key in TILES if setting(f"tiles.{key}")]


def route_of(panel: str) -> tuple[str, list[str]]:
    """Name and arguments of the page that a panel leads to."""
    return (_ELSEWHERE[panel], []) if panel in _ELSEWHERE else ("families:service", [panel])


def forms_of(panel: str, audiences: set[str]) -> list[FormVersion]:
    """The citizens' forms behind a panel, for those audiences."""
    wanted = set(destinations_of(panel))
    offered = forms.offered(portal="citizen", audiences=sorted(audiences))
    return [version for version in offered if version.destination in wanted]
