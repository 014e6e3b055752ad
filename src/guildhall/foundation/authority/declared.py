"""What each setting is: its page, its kind and bounds, as one table from which the pages are drawn.

The words of ``password.minimum_length`` are the texts ``administration.Set_PasswordMinimumLength``, with
``_Tooltip`` and, where there is one, ``_Hint``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .kinds import (
    Choice,
    Kind,
    Line,
    Moment,
    Number,
    Pairs,
    Pattern,
    Secret,
    Several,
    Switch,
    Words,
    Wrong,
    colour,
    email,
    telephone,
    web_address,
)


@dataclass(frozen=True)
class Declared:
    """One setting: its key, and what it may be."""

    key: str
    kind: Kind

    @property
    def field(self) -> str:
        """Its name in a form."""
        return re.sub("[^a-z0-9]", "_", self.key)

    @property
    def word(self) -> str:
        """Its name in the texts, without the area."""
        return "".join(part.capitalize() for part in re.split("[^a-z0-9]", self.key))


@dataclass(frozen=True)
class Page:
    """One page of settings. ``key`` is its place in the address."""

    key: str
    settings: tuple[Declared, ...]

    @property
    def word(self) -> str:
        return "".join(part.capitalize() for part in self.key.split("-"))

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.key for each in self.settings)


def _page(key: str, kinds: Mapping[str, Kind]) -> Page:
    return Page(key, tuple(Declared(name, kind) for name, kind in kinds.items()))


TEAMS = (
    *("send", "safeguarding", "early-help"),
    *("early-years", "benefits", "admissions", "transport", "training", "schools"),
)
CHARACTERS = ("upper", "lower", "digit", "symbol")
TILES = (
    *("thirty-hours", "free-school-meals", "school-places", "send", "transport", "courses"),
    *("two-year-olds", "messages", "family"),
)
FONTS = ("sans", "serif", "mono")
SERVICES = tuple(key for key in TILES if key not in {"messages", "family"})

PAGES: dict[str, Page] = {
    page.key: page
    for page in (
        _page(
            "password",
            {
                "password.minimum_length": Number(8, 64, "characters"),
                "password.maximum_length": Number(64, 256, "characters"),
                "password.kinds": Several(CHARACTERS),
                "password.failures_before_lock": Number(3, 50, "times"),
                "password.lock_minutes": Number(1, 24 * 60, "minutes"),
                "links.reset_hours": Number(1, 7 * 24, "hours"),
                "links.work_reset_hours": Number(1, 7 * 24, "hours"),
                "links.activation_hours": Number(1, 30 * 24, "hours"),
                "recovery.hold_hours": Number(0, 7 * 24, "hours"),
                "secret_question.on": Switch(),
                "password.expires_days": Number(0, 3650, "days"),
                "password.expiry_warning_days": Number(1, 90, "days"),
                "password.offer_passphrases": Switch(),
            },
        ),
        _page(
            "sessions",
            {
                "session.idle_minutes": Number(5, 8 * 60, "minutes"),
                "session.warning_minutes": Number(1, 60, "minutes"),
                "session.absolute_hours": Number(1, 24, "hours"),
                "sign_in_code.minutes": Number(1, 60, "minutes"),
                "sign_in_code.tries": Number(2, 20, "times"),
                "sign_in_code.lock_minutes": Number(1, 24 * 60, "minutes"),
                "registration_code.minutes": Number(5, 24 * 60, "minutes"),
                "registration_code.tries": Number(2, 20, "times"),
                "two_step.at_registration": Choice(("email", "none")),
                "two_step.remember_days": Number(0, 365, "days"),
                "accounts.tell_new_device": Switch(),
                "accounts.unused_days": Number(31, 3650, "days"),
            },
        ),
        _page(
            "ecs",
            {
                "eligibility.on": Switch(),
                "eligibility.address": web_address(),
                "eligibility.user": Line(100, required=False),
                "eligibility.password": Secret(),
                "eligibility.seconds": Number(1, 30, "seconds"),
            },
        ),
        _page(
            "application",
            {
                "authority.name": Words(),
                "authority.contact_email": email(),
                "authority.address": Line(200),
                "authority.telephone_day": telephone(),
                "authority.telephone_night": telephone(),
                "cases.notice_address": email(required=False),
                "addresses.finder": Choice(("none", "open", "invented")),
                "references.send": Pattern(),
                "references.safeguarding": Pattern(),
                "references.early-help": Pattern(),
                "references.thirty-hours": Pattern(),
                "references.free-school-meals": Pattern(),
                "references.school-places": Pattern(),
                "references.transport": Pattern(),
                "references.courses": Pattern(),
                "references.two-year-olds": Pattern(),
            },
        ),
        _page(
            "message",
            {
                "mail.sender_name": Line(80, required=False),
                "mail.sender": email(),
                "mail.notify": Switch(),
                "messages.per_page": Number(5, 200, "messages"),
            },
        ),
        Page("application-types", tuple(Declared(f"tiles.{key}", Switch()) for key in TILES)),
        _page(
            "odd-readings",
            {
                "odd.from_hour": Number(0, 23),
                "odd.to_hour": Number(1, 24),
                "odd.night_readings": Number(1, 1000),
                "odd.many_children": Number(5, 1000),
                "odd.many_minutes": Number(5, 720, "minutes"),
                "odd.without_case": Number(1, 1000),
                "odd.ask_why": Switch(),
                "odd.ask_hours": Number(1, 24, "hours"),
                "odd.name_staff": Switch(),
            },
        ),
        _page(
            "scheduled-task",
            {
                "removal.on": Switch(),
                "removal.days": Number(30, 3650, "days"),
                "removal.next": Moment(),
                "removal.every_days": Number(1, 365, "days"),
            },
        ),
        _page(
            "files",
            {
                "files.megabytes_each": Number(1, 100, "megabytes"),
                "files.most_each_submission": Number(1, 100, "files"),
                "files.submit_while_pending": Switch(),
                "files.recheck_hours": Number(1, 30 * 24, "hours"),
                "files.accept_unscanned": Switch(),
            },
        ),
        _page("drafts", {"drafts.days": Number(8, 365, "days"), "drafts.most": Number(1, 500, "forms")}),
        _page(
            "cases",
            {
                "cases.per_page": Number(5, 200, "forms"),
                "cases.alert_teams": Several(TEAMS),
                "cases.return_reasons": Pairs(),
                "documents.export": Switch(),
            },
        ),
        _page("matching", {"matching.automatic": Switch()}),
        _page(
            "schools",
            {
                "schools.supervisors": Number(1, 9, "people"),
                "schools.end_users": Number(1, 200, "people"),
                "schools.folder_megabytes": Number(10, 100_000, "megabytes"),
                "schools.telephone": telephone(),
                "schools.email": email(),
                "meals.authorised": Switch(),
                "notices.moderated": Switch(),
            },
        ),
        _page("look", {"portal.name": Words(), "brand.colour": colour()}),
        _page(
            "printing",
            {
                "printing.panel_font": Choice(FONTS),
                "printing.panel_size": Number(8, 36, "points"),
                "printing.sub_font": Choice(FONTS),
                "printing.sub_size": Number(8, 36, "points"),
            },
        ),
    )
}

DECLARED: dict[str, Declared] = {each.key: each for page in PAGES.values() for each in page.settings}
SECRETS = frozenset(key for key, each in DECLARED.items() if isinstance(each.kind, Secret))

# Settings that another page changes, and which.
ELSEWHERE = {
    "modules.portal": "whoever runs the server: it takes the place of a licence",
    "matching.queue_user": "who adds the records that nobody in particular adds: set by a migration",
    "matching.match_at": "the page Thresholds of matching",
    "matching.potential_at": "the page Thresholds of matching",
    "matching.low_at": "the page Thresholds of matching",
    "staff.emailed_codes": "only a demonstration lets staff use emailed codes",
    "accounts.unused_warnings": "the days before an unused account is disabled on which its owner is told",
    "announcements.start": "the page Announcements",
    "announcements.end": "the page Announcements",
}


def page_of(key: str) -> Page | None:
    """The page on which the setting ``key`` is changed."""
    return next((page for page in PAGES.values() if key in page.keys), None)


def problems_between(values: Mapping[str, Any], *, now: datetime) -> dict[str, Wrong]:
    """What is wrong with ``values`` (key → value of one page) together, though each alone is right."""
    found: dict[str, Wrong] = {}
    if values.get("session.warning_minutes", 0) >= values.get("session.idle_minutes", 10**9):
        found["session.warning_minutes"] = Wrong("WarningLate")
    if values.get("odd.from_hour", 0) >= values.get("odd.to_hour", 24):
        found["odd.to_hour"] = Wrong("HoursEnd")
    if values.get("eligibility.on") and not values.get("eligibility.address"):
        found["eligibility.address"] = Wrong("Required")
    if values.get("removal.on"):
        following = values.get("removal.next")
        if not following:
            found["removal.next"] = Wrong("Moment")
        elif datetime.fromisoformat(following) < now:
            found["removal.next"] = Wrong("Past")  # it would remove what nobody meant yet, at once
    return found


def word_of(key: str) -> str:
    """The key of a page or panel as the names of texts have it: two-year-olds, TwoYearOlds."""
    return "".join(part.capitalize() for part in key.split("-"))
