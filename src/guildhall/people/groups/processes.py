"""The business processes that a group may be given, as one table: which permissions each carries.

The pages, the checks, the printed table and the tests are all made from it. A group that was given a
process may do everything in it, at every door and in every service that asks for the permission.
"""

from dataclasses import dataclass

from guildhall.foundation.access.permissions import Permission


@dataclass(frozen=True)
class Process:
    """One business process of an area. ``reads_child``: it shows children's information."""

    key: str
    area: str
    permissions: frozenset[Permission]
    reads_child: bool = False

    @property
    def text(self) -> str:
        """The end of the names of its texts."""
        return self.key.replace("-", "_")


def _process(key: str, area: str, *permissions: Permission, reads_child: bool = False) -> Process:
    return Process(key, area, frozenset(permissions), reads_child)


P = Permission
PROCESSES: dict[str, Process] = {
    process.key: process
    for process in (
        _process("review", "send", P.REVIEW_FORMS, reads_child=True),
        _process("builder", "send", P.BUILD_FORMS),
        _process("access", "forms", P.READ_FORMS, P.OPEN_SEND_FORMS, reads_child=True),
        _process("complete", "forms", P.FILL_IN_FORMS),
        _process("delete", "forms", P.DELETE_FORMS),
        _process("safeguarding", "services", P.READ_FORMS, P.OPEN_SAFEGUARDING_FORMS, reads_child=True),
        _process("early-help", "services", P.READ_FORMS, P.OPEN_EARLY_HELP_FORMS, reads_child=True),
        _process("early-years", "services", P.READ_FORMS, P.OPEN_EARLY_YEARS_FORMS, reads_child=True),
        _process("benefits", "services", P.READ_FORMS, P.OPEN_BENEFITS_FORMS, reads_child=True),
        _process("admissions", "services", P.READ_FORMS, P.OPEN_ADMISSIONS_FORMS, reads_child=True),
        _process("transport", "services", P.READ_FORMS, P.OPEN_TRANSPORT_FORMS, reads_child=True),
        _process("training", "services", P.READ_FORMS, P.OPEN_TRAINING_FORMS, reads_child=True),
        _process("sharing", "services", P.SHARE_INFORMATION, reads_child=True),
        _process("alerts", "services", P.MANAGE_ALERTS),
        _process("post", "services", P.PUBLISH_POST),
        _process("traded", "services", P.KEEP_TRADED_SERVICES),
        _process("notices", "services", P.MODERATE_NOTICES),
        _process("governors", "services", P.KEEP_GOVERNORS_AREA),
        _process("downloads", "services", P.KEEP_DOWNLOADS),
        _process("invoices", "services", P.HANDLE_INVOICES),
        _process("returns", "services", P.HANDLE_RETURNS, reads_child=True),
        _process("emergency", "services", P.READ_EMERGENCY_CONTACTS),
        _process("children", "children", P.READ_CHILDREN, reads_child=True),
        _process("restricted", "children", P.READ_RESTRICTED, reads_child=True),
        _process("matching", "children", P.MATCH_CHILDREN, reads_child=True),
        _process("matching-tuning", "children", P.TUNE_MATCHING),
        _process("consent", "gdpr", P.MANAGE_CONSENT),
        _process("privacy", "gdpr", P.MANAGE_PRIVACY),
        _process("audit", "gdpr", P.READ_AUDIT),
        _process("settings", "general", P.EDIT_SETTINGS),
        _process("texts", "general", P.EDIT_TEXTS),
        _process("templates", "general", P.EDIT_TEMPLATES),
        _process("cache", "general", P.CLEAR_CACHE),
        _process("status", "general", P.SEE_STATUS),
        _process("calendars", "general", P.KEEP_CALENDARS),
        _process("users", "people", P.MANAGE_USERS),
        _process("invitations", "people", P.INVITE_PROFESSIONALS),
        _process("groups", "people", P.MANAGE_GROUPS),
    )
}
AREAS = tuple(dict.fromkeys(process.area for process in PROCESSES.values()))
GIVEN: frozenset[Permission] = frozenset().union(*(one.permissions for one in PROCESSES.values()))
READS_CHILD = frozenset(key for key, process in PROCESSES.items() if process.reads_child)
# Who may do one of these runs the portal, and should not read children's information besides.
ADMINISTERS = frozenset({"users", "groups", "settings"})


def allows(processes: frozenset[str]) -> frozenset[Permission]:
    """The permissions that ``processes`` carry together."""
    return frozenset().union(*(PROCESSES[key].permissions for key in processes if key in PROCESSES))


def carried(permissions: frozenset[Permission]) -> frozenset[str]:
    """The processes whose every permission is among ``permissions``."""
    return frozenset(key for key, process in PROCESSES.items() if process.permissions <= permissions)


def mixes(processes: frozenset[str]) -> bool:
    """Whether whoever may do all these runs the portal and reads children's information besides."""
    return bool(processes & ADMINISTERS) and bool(processes & READS_CHILD)
