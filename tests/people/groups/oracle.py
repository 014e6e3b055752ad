"""An independent judge of who may open what: sets of words, written apart from the portal's own table."""

from dataclasses import dataclass, field

# Which page asks for which business process. Any one of the processes is enough.
PAGES = {
    "/council/review/": {
        *{"access", "safeguarding", "early-help", "early-years", "benefits"},
        *{"admissions", "transport", "training"},
    },
    "/council/matching/": {"matching"},
    "/council/children/": {"children"},
    "/council/audit/": {"audit"},
    "/council/status/": {"status"},
    "/council/traded-services/": {"traded"},
    "/council/notices/": {"notices"},
    "/council/governors/": {"governors"},
    "/council/downloads/": {"downloads"},
    "/council/administration/alerts/": {"alerts"},
}
_OFFICER = {
    *{"review", "sharing", "matching", "children", "complete", "delete", "post", "emergency"},
    *{"traded", "notices", "governors", "downloads"},
}
SUPPLIED = {
    "send-officer": _OFFICER | {"access"},
    "safeguarding-officer": _OFFICER | {"safeguarding", "restricted"},
    "early-help-officer": _OFFICER | {"early-help"},
    "service-officer": _OFFICER
    | {"early-years", "benefits", "admissions", "transport", "training", "calendars", "returns"},
    "finance-officer": {"invoices"},
    "administrator": {
        *{"builder", "texts", "settings", "templates", "users", "invitations"},
        *{"groups", "consent", "cache", "status", "matching-tuning", "calendars", "alerts"},
    },
    "auditor": {"audit", "privacy"},
}
TOGGLED = sorted({process for processes in PAGES.values() for process in processes} | {"groups", "users"})
_CHILDREN = PAGES["/council/review/"] | {"review", "sharing", "children", "restricted", "matching"}
_RUNNING = {"users", "groups", "settings"}


@dataclass
class Oracle:
    """Groups, who is in them, and whose account counts, as plain sets."""

    groups: dict[str, set[str]] = field(
        default_factory=lambda: {key: set(has) for key, has in SUPPLIED.items()}
    )
    held: dict[str, set[str]] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)

    def answer(self, person: str, page: str) -> str:
        """What the page says to the person's open session: in, refused, or sign in again."""
        if person in self.locked:
            return "sign in"
        has: set[str] = set().union(*(self.groups[key] for key in self.held[person]))
        return "in" if PAGES[page] & has and self.held[person] else "refused"

    def may_change(self, by: str, group: str, process: str, *, confirmed: bool) -> bool:
        """Whether ``by`` may turn ``process`` of ``group`` over."""
        before = self.groups[group]
        after = before ^ {process}
        if process in after and group in self.held[by]:
            return False
        if process == "groups" and process in before and not self._managers(without=group):
            return False
        begins_to_mix = self._mixes(after) and not self._mixes(before)
        return confirmed or not begins_to_mix

    def _managers(self, *, without: str) -> set[str]:
        managing = {key for key, has in self.groups.items() if "groups" in has} - {without}
        return {person for person, keys in self.held.items() if keys & managing and person not in self.locked}

    @staticmethod
    def _mixes(has: set[str]) -> bool:
        return bool(has & _CHILDREN) and bool(has & _RUNNING)
