"""How many things wait behind an entry of the menu: one query each, asked only when the entry is drawn."""

from collections.abc import Callable

from django.http import HttpRequest

from guildhall.doors.schools.post.tile import unread_here
from guildhall.foundation.access.doors import holder_of
from guildhall.mail.messages import queries as mail
from guildhall.records.linkage import queries as linkage
from guildhall.work.cases import queries as cases


def messages(request: HttpRequest) -> int:
    """Messages that the person has not read."""
    return mail.unread_count(request.user)  # type: ignore[arg-type]


def review(request: HttpRequest) -> int:
    """Forms of the officer's teams that nobody has opened."""
    return cases.unopened_count(holder_of(request))


def matching(request: HttpRequest) -> int:
    """Children who wait to be matched."""
    return linkage.waiting_count(holder_of(request))


COUNTS: dict[str, Callable[[HttpRequest], int]] = {
    "messages": messages,
    "review": review,
    "matching": matching,
    "post": unread_here,
}
