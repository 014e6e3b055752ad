"""What the pages of Portal Sharing show, put together from the rooms that know it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from guildhall.doors.filling.file_fields import FileRow, file_row
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.pagination import Page, page_of
from guildhall.foundation.kit.speech import active_language, clock, day
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.submissions import queries as submissions
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology import queries as chronology
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.merges import brought_to
from guildhall.records.persons import queries as persons
from guildhall.work.sharing import queries
from guildhall.work.sharing.models import Change, PortalUser, SharedForm
from guildhall.work.sharing.preview import Preview
from guildhall.work.sharing.rules import may_share
from guildhall.work.sharing.services import Details, suggested_relation
from guildhall.work.sharing.showing import content_of, title_of

from .children_pages import SHARING_TAB
from .involvement import involvement_crumbs, involvement_page
from .told import readable


@dataclass(frozen=True)
class Card:
    """Who somebody is, for the officer to recognise them by (T26); ``entry`` is their row of the panel."""

    user: User
    user_type: str
    entry: PortalUser | None = None

    @property
    def rows(self) -> list[dict[str, str]]:
        last = self.user.last_login
        signed_in = f"{day(last)}, {clock(last)}" if last else say("children.Sharing_NeverSignedIn")
        rows = [("User", str(self.user)), ("Email", self.user.email or ""), ("Type", self.user_type)]
        if self.entry:
            rows.append(("Relation", self.entry.relation))
        rows.append(("LastSignIn", signed_in))
        return [{"key": say(f"children.Sharing_{key}"), "value": value} for key, value in rows]


@dataclass(frozen=True)
class Line:
    """A share in the list: the form, who reads it, and how that stands."""

    shared: SharedForm
    title: str
    state: str
    words: str


def sharing_links(holder: Holder, entry: Entry) -> dict[str, Any]:
    """The way to share the form behind ``entry``, and its files to download (SP-347)."""
    form = queries.form_behind(entry)
    stored = submissions.files_of_submission(form) if form else []
    shares = form is not None and may_share(holder)
    return {
        "share_href": reverse("council:share-form", args=[entry.pk]) if shares else "",
        "file_rows": [_file_row(each, entry) for each in stored],
    }


def panel_page(holder: Holder, child: Child, request: HttpRequest) -> dict[str, Any]:
    """Who is on the involvement, which forms they read, and everything that was changed."""
    people = list(queries.people_of(holder, child))
    types = queries.types_of(person.user_id for person in people)
    links = persons.links_of([person.user_id for person in people])
    page = page_of(queries.forms_of(holder, child), request)
    lines = _lines(list(page))
    return involvement_page(holder, child, SHARING_TAB) | {
        "people": [
            (person, type_words(types[person.user_id]), links.get(person.user_id)) for person in people
        ],
        "forms": Page(lines, page.number, page.count, page.total, page.size, page.query),
        "history": [_happened(change) for change in queries.history_of(holder, child)[:50]],
        "merged": len(brought_to(child.pk)) > 1,
    }


def find_page(holder: Holder, child: Child, words: str) -> dict[str, Any]:
    """Whom to put on the involvement: those who sent forms the officer may read, and a search."""
    entries = readable(holder, chronology.entries_of(child)[:200])
    senders, found = queries.senders_of(entries), queries.found(holder, words)
    there = set(queries.people_of(holder, child).values_list("user_id", flat=True))
    types = queries.types_of(user.pk for user in [*senders, *found])
    return _page(holder, child, "Find_Heading") | {
        "words": words,
        "senders": _choices(senders, types, there),
        "found": _choices(found, types, there),
    }


def entry_page(
    holder: Holder, child: Child, user: User, entry: PortalUser | None, typed: Details | None
) -> dict[str, Any]:
    """The fields of an entry, as ``typed`` or as they stand."""
    user_type = queries.types_of([user.pk])[user.pk]
    return _page(holder, child, "Change_Heading" if entry else "New_Heading") | {
        "card": Card(user, type_words(user_type)),
        "entry": entry,
        "typed": typed or _standing(user, entry, user_type),
    }


def check_page(
    holder: Holder, child: Child, user: User, entry: PortalUser | None, details: Details
) -> dict[str, Any]:
    """What will be kept, with the question of SP-242 where somebody is newly authenticated."""
    was = bool(entry and entry.authenticated)
    yes, no = say("children.Sharing_Yes"), say("children.Sharing_No")
    rows: list[tuple[str, str]] = [
        ("Relation", details.relation),
        ("YoungPerson", yes if details.young_person else no),
        ("Parental", yes if details.parental_responsibility else no),
        ("Authenticated", yes if details.authenticated else no),
        ("Reason", details.reason),
    ]
    return entry_page(holder, child, user, entry, details) | {
        "rows": [{"key": say(f"children.Sharing_{key}"), "value": value} for key, value in rows],
        "asks": details.authenticated and not was,
        "stops": was and not details.authenticated,
    }


def share_page(holder: Holder, preview: Preview, chosen: Iterable[int]) -> dict[str, Any]:
    """Whom the form can be shared with, and what it says."""
    child = preview.child
    people = list(queries.authenticated_on(child))
    types = queries.types_of(person.user_id for person in people)
    reading = queries.forms_of(holder, child).filter(entry=preview.entry, stopped_at=None)
    already = set(reading.values_list("recipient_id", flat=True))
    return _form_page(holder, preview) | {
        "options": [_option(one, types[one.user_id]) for one in people if one.pk not in already],
        "already": [one.user for one in people if one.pk in already],
        "chosen": list(chosen),
    }


def sure_page(holder: Holder, preview: Preview) -> dict[str, Any]:
    """The same once more with a card of each reader, before it is shared."""
    types = queries.types_of(person.user_id for person in preview.people)
    cards = [Card(one.user, type_words(types[one.user_id]), one) for one in preview.people]
    return _form_page(holder, preview) | {"cards": cards, "preview": preview}


def type_words(user_type: str) -> str:
    """Portal User Type in words."""
    return say(f"children.Sharing_Type_{user_type or 'none'}")


def _page(holder: Holder, child: Child, heading: str) -> dict[str, Any]:
    page = involvement_page(holder, child, SHARING_TAB)
    panel = (say("children.Tab_child-sharing"), reverse("council:child-sharing", args=[child.pk]))
    crumbs = involvement_crumbs(child, page, panel, (say(f"children.Sharing_{heading}"), ""))
    return page | {"breadcrumbs": crumbs, "heading": say(f"children.Sharing_{heading}")}


def _form_page(holder: Holder, preview: Preview) -> dict[str, Any]:
    content = content_of(preview.submission, preview.child, language=active_language(), formatted=True)
    return _page(holder, preview.child, "Share") | {
        "content": content,
        "entry": preview.entry,
        "files": [_file_row(each, preview.entry) for each in preview.files],
    }


def _standing(user: User, entry: PortalUser | None, user_type: str) -> Details:
    if entry is None:
        return Details(suggested_relation(user, user_type=user_type))
    return Details(
        entry.relation, entry.young_person, entry.parental_responsibility, entry.authenticated, entry.reason
    )


def _choices(users: list[User], types: dict[int, str], there: set[int]) -> list[tuple[User, str, bool]]:
    return [(user, type_words(types[user.pk]), user.pk in there) for user in users]


def _option(person: PortalUser, user_type: str) -> dict[str, str]:
    hint = say("children.Sharing_Share_Card", relation=person.relation, type=type_words(user_type))
    return {"value": str(person.pk), "text": str(person.user), "hint": hint}


def _file_row(file: StoredFile, entry: Entry) -> FileRow:
    href = reverse("council:entry-file", args=[entry.pk, file.pk]) if files.may_be_served(file) else ""
    return replace(file_row(file), href=href)


def _lines(shown: list[SharedForm]) -> list[Line]:
    opened, forms = queries.opened(shown), queries.forms_behind(one.entry for one in shown)
    titles = {number: title_of(form, active_language()) for number, form in forms.items()}
    return [_line(one, titles.get(one.entry.source_id, ""), opened=str(one.pk) in opened) for one in shown]


def _line(shared: SharedForm, title: str, *, opened: bool) -> Line:
    state = "opened" if opened else "waiting"
    if shared.stopped_at:
        state = "stopped"
    elif not shared.recipient.authenticated:
        state = "paused"
    return Line(shared, title, state, say(f"children.Sharing_State_{state}"))


def _happened(change: Change) -> tuple[Change, str, list[dict[str, str]]]:
    name = "Authenticated" if change.authenticated else "NotAuthenticated"
    heading = say(f"children.Sharing_History_{name}", name=change.portal_user.user)
    rows = [("Email", change.email), ("Relation", change.relation)]
    for key, ticked in (("YoungPerson", change.young_person), ("Parental", change.parental_responsibility)):
        rows.append((key, say("children.Sharing_Yes" if ticked else "children.Sharing_No")))
    rows.append(("Reason", change.reason))
    return change, heading, [{"key": say(f"children.Sharing_{key}"), "value": value} for key, value in rows]
