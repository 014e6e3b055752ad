"""What the pages of adults show of a person, with where they live only for who may know it."""

from typing import Any

from django.urls import reverse

from guildhall.doors.council.showing import crumbs
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.speech import clock, day
from guildhall.foundation.texts.queries import say
from guildhall.records.persons import queries
from guildhall.records.persons.models import Change, Link, Person
from guildhall.records.persons.rules import may_see_home
from guildhall.records.persons.services import Details

Row = dict[str, Any]
_FIELDS = ("forename", "surname", "role", "email", "telephone", "address")


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of adults."""
    return crumbs((say("children.Persons_Heading"), reverse("council:persons") if more else ""), *more)


def trail_of(person: Person, *more: tuple[str, str]) -> list[tuple[str, str]]:
    here = reverse("council:person", args=[person.pk]) if more else ""
    return trail((person.name, here), *more)


def facts(holder: Holder, person: Person) -> list[Row]:
    """What is known of ``person``."""
    return _rows(Details.of(person), hides=not may_see_home(queries.children_of(person), holder))


def history(holder: Holder, person: Person) -> list[tuple[str, str, list[Row]]]:
    """Every state, newest first: heading, when and by whom, and what it said."""
    hides = not may_see_home(queries.children_of(person), holder)
    states = queries.history_of(person)
    return [
        (_heading(one), _when(one.at, str(one.by)), _rows(Details.of(one), hides=hides)) for one in states
    ]


def link_lines(links: list[Link]) -> list[tuple[Link, str]]:
    """Links in words: who said so and when, and who took it back."""
    return [(link, _link_words(link)) for link in links]


def children_lines(person: Person) -> list[tuple[Any, str]]:
    """The children of ``person`` with the words of the relation."""
    return [(one.child, one.relation) for one in person.relations.all()]


def short(holder: Holder, person: Person) -> str:
    """One line to recognise somebody by."""
    home = may_see_home(queries.children_of(person), holder)
    first = person.address.splitlines()[0] if person.address and home else ""
    return ", ".join(part for part in (person.role, person.email, person.telephone, first) if part)


def _rows(details: Details, *, hides: bool) -> list[Row]:
    values = {name: getattr(details, name) for name in _FIELDS}
    if hides and values["address"]:
        values["address"] = say("matching.Hidden")
    lines = {name: value.splitlines() if name == "address" else value for name, value in values.items()}
    return [
        {"key": say(f"children.Person_{name.capitalize()}"), "value": value or say("matching.Nothing")}
        for name, value in lines.items()
    ]


def _heading(change: Change) -> str:
    if change.version == 1:
        return say("children.Person_History_Added")
    return say("children.Person_History_Removed" if change.removed else "children.Person_History_Changed")


def _when(at: Any, who: str) -> str:
    return say("children.Person_When", day=day(at), time=clock(at), who=who)


def _link_words(link: Link) -> str:
    words = say("children.Link_Made", day=day(link.linked_at), time=clock(link.linked_at), who=link.linked_by)
    if link.undone_at:
        undone: dict[str, Any] = {
            "day": day(link.undone_at),
            "time": clock(link.undone_at),
            "who": link.undone_by,
        }
        words = f"{words} {say('children.Link_Undone', **undone)}"
    return words
