"""What the page around every page shows.

Nothing here is worked out before a page draws it, so that an answer without a page costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.authority.outage import only_reading
from guildhall.foundation.authority.panels import closed_to
from guildhall.foundation.authority.stamps import Kept
from guildhall.foundation.kit import components
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say

from .counts import COUNTS
from .menus import (
    ACCOUNT_MENU,
    ACCOUNT_SIDE,
    DOORS,
    FOOTER,
    INVITED,
    KNOWN_BY,
    MENU,
    MENU_BY_NAME,
    OWN_SIGN_IN,
    TRAIL,
    Entry,
)

LOGO_HEIGHT = 40
LANGUAGES = {"en": "English", "cy": "Cymraeg"}


@dataclass(frozen=True)
class Link:
    """An entry as a page draws it."""

    href: str
    text: str


# Parts of the page by what they depend on. The first is emptied when words change; a part is drawn again
# when the second, which settings change, is not the one it was made in.
_parts: Kept[dict[tuple[Any, ...], tuple[object, SafeString]]] = Kept("texts", dict, what="parts")
_era: Kept[object] = Kept("settings", object, what="era")


class Shell:
    """What the page around every page needs, worked out when it is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._holder = holder_of(request)
        self.signed_in = self._holder.user_id is not None
        self.demonstration = settings.DEMONSTRATION

    @cached_property
    def language(self) -> str:
        return active_language()

    @property
    def languages(self) -> list[tuple[str, str, bool]]:
        """(code, own name, whether it is the page's) of each language."""
        return [(code, name, code == self.language) for code, name in LANGUAGES.items()]

    @property
    def authority(self) -> str:
        return authority.name_of_authority(self.language)

    @property
    def portal(self) -> str:
        return authority.name_of_portal(self.language)

    @cached_property
    def door(self) -> str:
        """The door this page belongs to: the one it says (a sign-in page) or that is in its address, else
        the first that the person may use.
        """
        first = getattr(self._request, "shown_door", "") or self._request.path.split("/", 2)[1]
        first = KNOWN_BY.get(first, first)
        if first in MENU:
            return first
        return next((door for door in DOORS if door in self._holder.doors), "families")

    @property
    def door_name(self) -> str:
        return say(f"shared.Door_{self.door.title()}")

    @property
    def other_doors(self) -> list[Link]:
        """The other doors of a person with several roles."""
        doors = [door for door in DOORS if door in self._holder.doors and door != self.door]
        links = [(address(f"{door}:home"), say(f"shared.Door_{door.title()}")) for door in doors]
        return [Link(href, text) for href, text in links if href]

    @cached_property
    def home(self) -> str:
        return (address(f"{self.door}:home") if self.signed_in else "") or "/"

    @property
    def outage(self) -> SafeString:
        """What works and what does not, while the database takes nothing; else nothing."""
        if not only_reading():
            return SafeString("")
        return components.notification(
            SafeString(render_to_string("kit/outage.html")),
            title=say("shared.Notice_Important"),
            id="gh-outage",
        )

    def header(self, language_form: str = "") -> SafeString:
        """Everything above the page itself."""
        name = conditional_escape(str(self._request.user)) if self.signed_in else ""
        header = SafeString(self._part("header", language_form).replace("<!--name-->", name))
        return header + self._menu()

    @property
    def assets(self) -> SafeString:
        return self._part("assets")

    @property
    def footer_part(self) -> SafeString:
        return self._part("footer")

    @property
    def menu(self) -> list[tuple[str, str, int, str]]:
        """(address, text, how many wait, whether it is here) of each entry the person may open."""
        if not self.signed_in:
            return []
        entries = [entry for entry in MENU[self.door] if self._may_open(entry)]
        return [link for entry in entries if (link := self._entry(entry))]

    @property
    def footer(self) -> list[Link]:
        return [link for entry in FOOTER if (link := self._link(entry))]

    @property
    def account_menu(self) -> list[Link]:
        """The drop-down by the person's name; none at doors whose header has buttons instead."""
        return self._links(ACCOUNT_MENU) if self.door in MENU_BY_NAME else []

    @property
    def account_side(self) -> list[Link]:
        """The menu at the side of account pages."""
        return self._links(ACCOUNT_SIDE)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Portal Home, My Account on its pages, and this page."""
        match = self._request.resolver_match
        name = match.view_name if match else ""
        above = [(say("shared.Account_PortalHome"), self.home)]
        if name == "account:home":
            return [*above, (say("shared.Header_Account"), "")]
        if name.startswith("account:"):
            above.append((say("shared.Header_Account"), self.account))
        return [*above, (say(TRAIL[name]), "")] if name in TRAIL else above

    @property
    def account(self) -> str:
        return address("account:home")

    @property
    def sign_in(self) -> str:
        """Some doors have a sign-in page of their own."""
        own = self.door in OWN_SIGN_IN and not self.signed_in
        return address("account:sign-in") + (f"?door={self.door}" if own else "")

    @property
    def register(self) -> str:
        """Where to register; nowhere at the doors whose people are invited."""
        return "" if self.door in INVITED else address("account:data-protection")

    @property
    def sign_out(self) -> str:
        return address("account:sign-out")

    @property
    def change_language(self) -> str:
        return address("account:language")

    @property
    def keep_alive(self) -> str:
        return address("account:keep-alive")

    @property
    def mailbox(self) -> str:
        return address("demonstration:mailbox")

    @property
    def here(self) -> str:
        """This page, to come back to; of what was posted only the path, and whose sign-in page it was."""
        if self._request.method in {"GET", "HEAD"}:
            return self._request.get_full_path()
        return self.sign_in if hasattr(self._request, "shown_door") else self._request.path

    @property
    def idle_minutes(self) -> int:
        return int(authority.setting("session.idle_minutes"))

    @property
    def warning_minutes(self) -> int:
        return int(authority.setting("session.warning_minutes"))

    @property
    def logo(self) -> tuple[str, int] | None:
        """Address and width of the authority's logo, shown LOGO_HEIGHT high."""
        found = authority.picture("logo")
        if found is None:
            return None
        digest, width, height = found
        return reverse("logo", args=[digest]), round(width * LOGO_HEIGHT / max(height, 1))

    @property
    def brand_stamp(self) -> str:
        return str(authority.setting("brand.colour")).lstrip("#")

    def _links(self, entries: tuple[Entry, ...]) -> list[Link]:
        return [link for one in entries if self._holder.may(one.permission) and (link := self._link(one))]

    def _may_open(self, entry: Entry) -> bool:
        if entry.module and not authority.setting(f"modules.{entry.module}"):
            return False
        return self._holder.may(entry.permission) and not (
            entry.panel and closed_to(self._request, entry.panel)
        )

    def _link(self, entry: Entry) -> Link | None:
        href = address(entry.url)
        return Link(href, say(entry.text)) if href else None

    def _entry(self, entry: Entry) -> tuple[str, str, int, str] | None:
        href = address(entry.url)
        if not href:
            return None
        count = COUNTS[entry.count](self._request) if entry.count and not self._busy else 0
        return href, say(entry.text), count, self._whether_here(href)

    def _menu(self) -> SafeString:
        """The menu, drawn. In the middle of a form nothing in it counts or is here, so that it is kept."""
        if not self._busy:
            return components.menu(links=self.menu)
        return self._kept("menu", lambda: components.menu(links=self.menu))

    def _part(self, name: str, language_form: str = "") -> SafeString:
        """A part of the page from its template, kept."""
        names = {"shell": self, "language_form": language_form}
        return self._kept(name, lambda: render_to_string(f"kit/{name}.html", names), language_form)

    def _kept(self, name: str, draw: Callable[[], SafeString], language_form: str = "") -> SafeString:
        """What is the same for everybody with these roles, kept until words or settings change."""
        kept, era = _parts.get(), _era.get()
        key = (
            name,
            self.language,
            self.door,
            self._holder.powers,
            self.signed_in,
            language_form,
            self.demonstration,
        )
        made_in, part = kept.get(key, (None, SafeString("")))
        if made_in is not era:
            part = draw()
            kept[key] = (era, part)
        return part

    @property
    def _busy(self) -> bool:
        """In the middle of a form nobody is called away from it, and each step is as quick as it can be."""
        match = self._request.resolver_match
        return match is not None and "draft_id" in match.kwargs

    def _whether_here(self, href: str) -> str:
        path = self._request.path
        if path == href:
            return "page"
        return "true" if href not in {"/", self.home} and path.startswith(href) else ""


def address(name: str) -> str:
    """The address called ``name``; empty where this installation has no such page."""
    return _address(name, get_urlconf() or settings.ROOT_URLCONF)


@cache
def _address(name: str, urlconf: str) -> str:
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Every template knows ``shell``."""
    return {"shell": Shell(request)}
