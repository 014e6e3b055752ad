"""What a person may be allowed to do, and which role carries what."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Permission(StrEnum):
    """One word per kind of act. Doors ask for one; roles carry several."""

    HOLD_ACCOUNT = "hold account"
    FILL_IN_FORMS = "fill in forms"
    KEEP_FAMILY = "keep family"
    READ_OWN_MESSAGES = "read own messages"
    DELETE_FORMS = "delete forms"
    READ_FORMS = "read forms"
    OPEN_SEND_FORMS = "open SEND forms"
    OPEN_SAFEGUARDING_FORMS = "open safeguarding forms"
    OPEN_EARLY_HELP_FORMS = "open early help forms"
    OPEN_EARLY_YEARS_FORMS = "open early years forms"
    OPEN_BENEFITS_FORMS = "open grants and benefits forms"
    OPEN_ADMISSIONS_FORMS = "open admissions forms"
    OPEN_TRANSPORT_FORMS = "open transport forms"
    OPEN_TRAINING_FORMS = "open training forms"
    REVIEW_FORMS = "review forms"
    SHARE_INFORMATION = "share information"
    READ_SHARED = "read what is shared"
    MATCH_CHILDREN = "match children"
    READ_CHILDREN = "read children"
    READ_RESTRICTED = "read restricted addresses"
    BUILD_FORMS = "build forms"
    EDIT_TEXTS = "edit texts"
    EDIT_SETTINGS = "edit settings"
    READ_AUDIT = "read audit"
    SEE_STATUS = "see status"
    MANAGE_USERS = "manage users"
    INVITE_PROFESSIONALS = "invite professionals"
    MANAGE_GROUPS = "manage groups"
    MANAGE_CONSENT = "manage consent"
    MANAGE_PRIVACY = "manage privacy"
    CLEAR_CACHE = "clear cache"
    EDIT_TEMPLATES = "edit templates"
    TUNE_MATCHING = "tune matching"
    KEEP_CALENDARS = "keep school calendars"
    USE_SCHOOL = "use school"
    MANAGE_SCHOOL_USERS = "manage school users"
    SUPERVISE_SCHOOL = "supervise school"
    PUBLISH_POST = "publish post"
    KEEP_TRADED_SERVICES = "keep traded services"
    MODERATE_NOTICES = "moderate notices"
    KEEP_GOVERNORS_AREA = "keep the governors' area"
    KEEP_DOWNLOADS = "keep downloads"
    READ_EMERGENCY_CONTACTS = "read emergency contacts"
    HANDLE_INVOICES = "handle invoices"
    HANDLE_RETURNS = "handle census returns"
    MANAGE_ALERTS = "manage alerts"


class Powers(NamedTuple):
    """What somebody may do, and at which doors."""

    permissions: frozenset[Permission]
    doors: frozenset[str]


# What it takes to see the forms that came to one of these teams; those of any other team need no more than
# being in it.
SERVICES: dict[str, Permission] = {
    "send": Permission.OPEN_SEND_FORMS,
    "safeguarding": Permission.OPEN_SAFEGUARDING_FORMS,
    "early-help": Permission.OPEN_EARLY_HELP_FORMS,
    "early-years": Permission.OPEN_EARLY_YEARS_FORMS,
    "benefits": Permission.OPEN_BENEFITS_FORMS,
    "admissions": Permission.OPEN_ADMISSIONS_FORMS,
    "transport": Permission.OPEN_TRANSPORT_FORMS,
    "training": Permission.OPEN_TRAINING_FORMS,
}

# Whoever may do one of these has an area of general administration.
ADMINISTERING = frozenset(
    {
        Permission.EDIT_TEXTS,
        Permission.EDIT_SETTINGS,
        Permission.EDIT_TEMPLATES,
        Permission.MANAGE_USERS,
        Permission.INVITE_PROFESSIONALS,
        Permission.MANAGE_GROUPS,
        Permission.MANAGE_CONSENT,
        Permission.MANAGE_PRIVACY,
        Permission.CLEAR_CACHE,
        Permission.TUNE_MATCHING,
        Permission.KEEP_CALENDARS,
        Permission.MANAGE_ALERTS,
    }
)


@dataclass(frozen=True)
class Role:
    """A named set of permissions at one door; ``why`` says who holds it, in plain words."""

    key: str
    door: str
    permissions: frozenset[Permission]
    why: str


_EVERYONE = frozenset({Permission.HOLD_ACCOUNT, Permission.READ_OWN_MESSAGES})
_SENDER = _EVERYONE | {Permission.FILL_IN_FORMS, Permission.DELETE_FORMS}
_OFFICER = _SENDER | {
    Permission.PUBLISH_POST,
    Permission.KEEP_TRADED_SERVICES,
    Permission.MODERATE_NOTICES,
    Permission.KEEP_GOVERNORS_AREA,
    Permission.KEEP_DOWNLOADS,
    Permission.READ_EMERGENCY_CONTACTS,
    Permission.READ_FORMS,
    Permission.REVIEW_FORMS,
    Permission.SHARE_INFORMATION,
    Permission.MATCH_CHILDREN,
    Permission.READ_CHILDREN,
}

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "parent",
            "families",
            _SENDER | {Permission.KEEP_FAMILY, Permission.READ_SHARED},
            "A parent, carer or guardian.",
        ),
        Role(
            "young-person",
            "families",
            _SENDER | {Permission.KEEP_FAMILY, Permission.READ_SHARED},
            "A young person aged 16 to 25.",
        ),
        Role(
            "professional",
            "professionals",
            _SENDER | {Permission.READ_SHARED},
            "Someone who works with children outside the council.",
        ),
        Role(
            "send-officer",
            "council",
            _OFFICER | {Permission.OPEN_SEND_FORMS},
            "An officer of the SEND team.",
        ),
        Role(
            "safeguarding-officer",
            "council",
            _OFFICER | {Permission.OPEN_SAFEGUARDING_FORMS, Permission.READ_RESTRICTED},
            "An officer of the safeguarding front door.",
        ),
        Role(
            "early-help-officer",
            "council",
            _OFFICER | {Permission.OPEN_EARLY_HELP_FORMS},
            "An officer of the early help team.",
        ),
        Role(
            "service-officer",
            "council",
            _OFFICER
            | {
                Permission.OPEN_EARLY_YEARS_FORMS,
                Permission.OPEN_BENEFITS_FORMS,
                Permission.OPEN_ADMISSIONS_FORMS,
                Permission.OPEN_TRANSPORT_FORMS,
                Permission.OPEN_TRAINING_FORMS,
                Permission.KEEP_CALENDARS,
                Permission.HANDLE_RETURNS,
            },
            "An officer of another service: early years, benefits, admissions, transport or training.",
        ),
        Role(
            "finance-officer",
            "council",
            _EVERYONE | {Permission.HANDLE_INVOICES},
            "An officer of the finance team: schools' invoices and accounts. Sees no child's information.",
        ),
        Role(
            "administrator",
            "council",
            _EVERYONE
            | {
                Permission.BUILD_FORMS,
                Permission.EDIT_TEXTS,
                Permission.EDIT_SETTINGS,
                Permission.EDIT_TEMPLATES,
                Permission.MANAGE_USERS,
                Permission.INVITE_PROFESSIONALS,
                Permission.MANAGE_GROUPS,
                Permission.MANAGE_CONSENT,
                Permission.CLEAR_CACHE,
                Permission.SEE_STATUS,
                Permission.TUNE_MATCHING,
                Permission.KEEP_CALENDARS,
                Permission.MANAGE_ALERTS,
            },
            "Runs the portal: texts, settings, forms. Sees no child's information.",
        ),
        Role("school-user", "schools", _SENDER | {Permission.USE_SCHOOL}, "Works at a school or setting."),
        Role(
            "school-administrator",
            "schools",
            _SENDER | {Permission.USE_SCHOOL, Permission.MANAGE_SCHOOL_USERS},
            "Keeps a school's accounts: its account operator.",
        ),
        Role(
            "school-supervisor",
            "schools",
            _SENDER | {Permission.USE_SCHOOL, Permission.MANAGE_SCHOOL_USERS, Permission.SUPERVISE_SCHOOL},
            "Supervises a school's users; two at most in a school.",
        ),
        Role(
            "auditor",
            "council",
            _EVERYONE | {Permission.READ_AUDIT, Permission.MANAGE_PRIVACY},
            "The data protection officer: reads the audit, and answers for what is kept and for how long.",
        ),
    )
}


def powers_of(roles: frozenset[str]) -> Powers:
    """Everything that ``roles`` (keys of ROLES) carry together as they are supplied."""
    held = [ROLES[key] for key in roles if key in ROLES]
    return Powers(
        frozenset().union(*(role.permissions for role in held)), frozenset(role.door for role in held)
    )
