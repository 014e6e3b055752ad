"""The pages of what goes on between a person and the council about a child: one table, drawn on each.

``families/_sections.html`` draws them. A page of them gives its context ``sections_at(request, here)``.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.work.advice import queries as advice

# Page → its name, and how many things wait there for a person.
SECTIONS: dict[str, tuple[str, Callable[[User], int]]] = {
    "shared": ("send.Shared_Heading", lambda _user: 0),
    "asked": ("send.Advice_Heading", advice.waiting_for),
    "processes": ("send.Ehc_Section", lambda _user: 0),
}


def sections_at(request: HttpRequest, here: str) -> list[tuple[str, str, bool]]:
    """Address, words and whether it is ``here``, of each at the portal where the person is."""
    portal = request.resolver_match.namespace if request.resolver_match else "families"
    found = []
    for name, (words, waits) in SECTIONS.items():
        count = waits(who(request))
        said = say("send.Sections_Waiting", words=say(words), count=count) if count else say(words)
        found.append((reverse(f"{portal}:{name}"), said, name == here))
    return found
