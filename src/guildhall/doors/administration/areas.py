"""The areas of general administration, as one table: each is a tile of its first page."""

from dataclasses import dataclass

from guildhall.foundation.access.permissions import Permission


@dataclass(frozen=True)
class Area:
    """Where an area begins, its name and a line about it (texts), and who may enter."""

    url: str
    heading: str
    words: str
    permission: Permission


AREAS: tuple[Area, ...] = (
    Area(
        "administration:settings",
        "administration.Settings_Heading",
        "administration.Settings_Tile",
        Permission.EDIT_SETTINGS,
    ),
    Area(
        "administration:announcements",
        "administration.Announcements_Heading",
        "administration.Announcements_Words",
        Permission.EDIT_TEXTS,
    ),
    Area(
        "administration:tiles",
        "administration.Tiles_Heading",
        "administration.Tiles_Words",
        Permission.EDIT_TEXTS,
    ),
    Area(
        "administration:footer",
        "administration.Footer_Heading",
        "administration.Footer_Words",
        Permission.EDIT_TEXTS,
    ),
    Area(
        "administration:cache",
        "administration.Cache_Heading",
        "administration.Cache_Tile",
        Permission.CLEAR_CACHE,
    ),
    Area(
        "administration:consent",
        "administration.Consent_Heading",
        "administration.Consent_Tile",
        Permission.MANAGE_CONSENT,
    ),
    Area(
        "administration:texts",
        "administration.Texts_Tile",
        "administration.Texts_Words",
        Permission.EDIT_TEXTS,
    ),
    Area(
        "administration:users",
        "administration.Users_Heading",
        "administration.Users_Tile",
        Permission.MANAGE_USERS,
    ),
    Area(
        "administration:groups",
        "administration.Groups_Heading",
        "administration.Groups_Tile",
        Permission.MANAGE_GROUPS,
    ),
    Area(
        "administration:invitations",
        "administration.Invitations_Heading",
        "administration.Invitations_Tile",
        Permission.INVITE_PROFESSIONALS,
    ),
    Area(
        "administration:schools",
        "schools.Council_Heading",
        "schools.Council_Tile",
        Permission.MANAGE_USERS,
    ),
    Area(
        "administration:calendars",
        "schools.Calendars_Heading",
        "schools.Calendars_Tile",
        Permission.KEEP_CALENDARS,
    ),
    Area(
        "administration:school-site",
        "schools.Site_Heading",
        "schools.Site_Tile",
        Permission.EDIT_TEXTS,
    ),
    Area(
        "administration:case-types",
        "schools.CaseTypes_Heading",
        "schools.CaseTypes_Tile",
        Permission.BUILD_FORMS,
    ),
    Area(
        "building:bank",
        "administration.Library_Heading",
        "administration.Library_Tile",
        Permission.BUILD_FORMS,
    ),
    Area(
        "administration:templates",
        "administration.Templates_Heading",
        "administration.Templates_Words",
        Permission.EDIT_TEMPLATES,
    ),
    Area(
        "administration:alerts",
        "administration.Alerts_Heading",
        "administration.Alerts_Tile",
        Permission.MANAGE_ALERTS,
    ),
    Area(
        "administration:providers",
        "administration.Providers_Heading",
        "administration.Providers_Tile",
        Permission.EDIT_SETTINGS,
    ),
    Area(
        "administration:privacy",
        "administration.Privacy_Heading",
        "administration.Privacy_Tile",
        Permission.MANAGE_PRIVACY,
    ),
    Area(
        "administration:linkage",
        "administration.Linkage_Thresholds",
        "administration.Linkage_Thresholds_Tile",
        Permission.TUNE_MATCHING,
    ),
    Area(
        "administration:linkage-models",
        "administration.Weights_Heading",
        "administration.Weights_Tile",
        Permission.TUNE_MATCHING,
    ),
)
