"""Where a form goes: from the destination its version names to the team that receives it."""

from collections.abc import Iterable
from dataclasses import dataclass

from guildhall.foundation.authority import queries as authority


@dataclass(frozen=True)
class Destination:
    """``team``: key of the organisations' team. ``reference``: key of the setting with the pattern of
    references. ``department``: text that names the receiver on the receipt. ``shares``: the sender also
    agrees to the fixed declaration about sharing (SP-085). ``declaration``: text where
    the form has none. ``panel``: the panel of the citizens' home whose forms these are (setting ``tiles.…``),
    "" for forms that are always offered.
    """

    team: str
    reference: str
    department: str
    declaration: str
    shares: bool
    panel: str = ""


def _service(key: str, team: str, department: str) -> Destination:
    """One of the services on the citizens' home page (SP-052)."""
    return Destination(team, f"references.{key}", department, "send.Declaration_Service", False, key)


def _school(team: str, department: str) -> Destination:
    """One of the groups of cases that schools raise. ``work.schoolcases`` makes their references."""
    return Destination(team, "references.send", department, "send.Declaration_School", False)


DESTINATIONS: dict[str, Destination] = {
    "send": Destination(
        "send", "references.send", "local-authority.Department_Send", "send.Declaration_First", True, "send"
    ),
    "send-professional": Destination(
        "send", "references.send", "local-authority.Department_Send", "send.Declaration_Referral", True
    ),
    "send-review": Destination(
        "send",
        "references.send",
        "local-authority.Department_Send",
        "send.Declaration_Service",
        True,
        "send",
    ),
    "safeguarding": Destination(
        "safeguarding",
        "references.safeguarding",
        "local-authority.Department_Safeguarding",
        "send.Declaration_Referral",
        False,
    ),
    "early-help": Destination(
        "early-help",
        "references.early-help",
        "local-authority.Department_EarlyHelp",
        "send.Declaration_Referral",
        False,
    ),
    "thirty-hours": _service("thirty-hours", "early-years", "local-authority.Department_EarlyYears"),
    "two-year-olds": _service("two-year-olds", "early-years", "local-authority.Department_EarlyYears"),
    "free-school-meals": _service("free-school-meals", "benefits", "local-authority.Department_Benefits"),
    "school-places": _service("school-places", "admissions", "local-authority.Department_Admissions"),
    "transport": _service("transport", "transport", "local-authority.Department_Transport"),
    "courses": _service("courses", "training", "local-authority.Department_Training"),
    "school-send": _school("send", "local-authority.Department_Send"),
    "school-changes": _school("schools", "local-authority.Department_Schools"),
    "school-early-years": _school("early-years", "local-authority.Department_EarlyYears"),
}


def destination_of(key: str) -> Destination:
    """The destination called ``key``. KeyError for one that is not in the table."""
    return DESTINATIONS[key]


def is_on(destination: str, *, portal: str) -> bool:
    """Whether citizens may start and go on with forms for ``destination``; professionals always may."""
    panel = DESTINATIONS[destination].panel if destination in DESTINATIONS else ""
    return portal != "citizen" or not panel or bool(authority.setting(f"tiles.{panel}"))


def destinations_of(panel: str) -> list[str]:
    """The destinations of the forms behind a panel of the citizens' home page."""
    return [key for key, each in DESTINATIONS.items() if each.panel == panel]


def destinations_to(teams: Iterable[str]) -> list[str]:
    """The destinations of the forms that come to ``teams``."""
    wanted = set(teams)
    return [key for key, each in DESTINATIONS.items() if each.team in wanted]
