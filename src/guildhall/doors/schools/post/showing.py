"""How an item of post is drawn: its line in a list, its level, and the part of the post that a list shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.mail.post.asked import COUNTING, Asked
from guildhall.mail.post.models import Posting, ReturnedFile
from guildhall.mail.post.queries import Item
from guildhall.mail.post.wording import sensitivity_words
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.people.responsibilities.rules import Sensitivity

from ..forms import word
from ..showing import current

# The parts of one's post, in the order of the page: the text's name, and the address.
VIEWS = (
    ("Inbox", ""),
    ("Unread", "?view=unread"),
    ("ToDo", "?view=all&to_do=yes"),
    ("Old", "?view=old"),
    ("Archived", "?view=archived"),
    ("All", "?view=all"),
)
FILTERS = ("responsibility", "sensitivity", "q")
COLOURS = {"returned": "blue", "accepted": "green", "sent-back": "yellow", "replaced": "grey"}


@dataclass(frozen=True)
class Tag:
    """A filter in use, in words, and the address without it."""

    words: str
    href: str


def reached(request: HttpRequest, pk: int) -> Item:
    """An item that this person may see at the school they work for now, else Http404."""
    found = post.item(current(request), pk)
    if found is None:
        raise Http404
    return found


def own(request: HttpRequest, pk: int) -> Item:
    """The same, of their own post: not what they see only as supervisor, nor what was withdrawn."""
    found = reached(request, pk)
    if found.as_supervisor or found.withdrawn:
        raise Http404
    return found


def levels() -> list[tuple[str, str]]:
    """Every sensitivity level with its name."""
    return [(one, sensitivity_words(one)) for one in Sensitivity.values]


def areas() -> list[tuple[str, str]]:
    """Every responsibility with its name."""
    return [(str(one.pk), one.called) for one in responsibilities.offered()]


def line(item: Item, query: str) -> dict[str, Any]:
    """An item in the list of one's own post. ``query`` is the list's, to come back to it."""
    return {
        "item": item,
        "href": reverse("schools:post-item", args=[item.posting.pk]) + query,
        "level": sensitivity_words(item.posting.sensitivity),
        "areas": [one.called for one in item.through],
    } | state_of(item.posting, done=item.done, returned=item.returned)


def state_of(posting: Posting, *, done: bool, returned: str) -> dict[str, Any]:
    """What an item asks of the school, by when, and where it stands."""
    act_by = None if done else posting.act_by
    file_by = None if returned in COUNTING else posting.file_by
    asks = []
    if posting.asks_action:
        asks.append(_ask("Done" if done else "Act", "green" if done else "yellow", act_by))
    if posting.wants_file:
        asks.append(_ask(f"File{word(returned)}", COLOURS.get(returned, "yellow"), file_by))
    return {"asks": asks, "late": any(by and by < timezone.localdate() for by in (act_by, file_by))}


def _ask(name: str, colour: str, by: date | None) -> dict[str, str]:
    return {"words": say(f"schools.PostState_{name}"), "colour": colour, "by": day(by) if by else ""}


def returned_line(row: ReturnedFile) -> dict[str, Any]:
    """A file that the school returned, with what became of it."""
    return {
        "row": row,
        "words": say(f"schools.PostReturned_{word(row.state)}"),
        "colour": COLOURS[row.state],
    }


def tags(query: QueryDict, asked: Asked) -> list[Tag]:
    """The filters in use beside the view, each with the address that drops it and keeps the others."""
    named = dict(areas()) if asked.responsibility else {}
    used = {
        "responsibility": named.get(str(asked.responsibility), ""),
        "sensitivity": sensitivity_words(asked.sensitivity),
        "q": asked.words,
    }
    return [Tag(words, without(query, name) or "?") for name, words in used.items() if words]


def without(query: QueryDict, *names: str) -> str:
    """The query of a list with none of ``names`` in it, at its first page; "" when nothing is left."""
    kept = query.copy()
    for name in (*names, "page"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}" if kept else ""
