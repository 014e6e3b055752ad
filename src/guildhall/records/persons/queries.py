"""Finding the adults in the records, and whose portal account is whose. It starts from who asks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Prefetch, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User
from guildhall.records.children.folding import words
from guildhall.records.children.models import Child

from .models import Change, Link, Person, Relation
from .rules import email_key, may_see_persons, name_key, same_email, same_name

MOST_WORDS, MOST_SUGGESTED, MOST_HISTORY = 6, 10, 100
SORTED_BY = {"name": ("surname", "forename"), "role": ("role", "surname"), "added": ("added_at",)}


@dataclass(frozen=True)
class Suggestion:
    """Somebody in the records who may be behind an account, and what agrees."""

    person: Person
    email: bool
    name: bool


def persons_seen_by(holder: Holder) -> QuerySet[Person]:
    """The adults in the records, with the children they belong to; none for who does not read children."""
    return all_persons(holder).filter(removed_at=None)


def all_persons(holder: Holder) -> QuerySet[Person]:
    """The same, and those who were removed."""
    if not may_see_persons(holder):
        return Person.objects.none()
    return Person.objects.select_related("added_by", "removed_by").prefetch_related(_relations())


def search(holder: Holder, typed: str, *, sort: str = "name") -> QuerySet[Person]:
    """The adults whose name, role, email, telephone or reference has every word typed, in that order."""
    rows = persons_seen_by(holder)
    for word in typed.split()[:MOST_WORDS]:
        rows = rows.filter(_has(word))
    down = "-" if sort.startswith("-") else ""
    columns = SORTED_BY.get(sort.removeprefix("-"), SORTED_BY["name"])
    return rows.order_by(*(f"{down}{column}" for column in columns), "pk")


def relations_of(holder: Holder, child: Child) -> QuerySet[Relation]:
    """The adults of ``child``, by name."""
    if not may_see_persons(holder):
        return Relation.objects.none()
    rows = Relation.objects.filter(child=child, ended_at=None, person__removed_at=None)
    persons = Prefetch("person", Person.objects.prefetch_related(_relations()))
    return rows.prefetch_related(persons).order_by("person__surname", "person__forename", "pk")


def children_of(person: Person) -> list[Child]:
    """The children to whom ``person`` belongs now."""
    return [relation.child for relation in person.relations.all() if relation.ended_at is None]


def suggestions(holder: Holder, user: User) -> list[Suggestion]:
    """Who in the records may be behind the account: the same email or the same name; best first."""
    by_email = Q(email_key=email_key(user.email or "")) & ~Q(email_key="")
    by_name = Q(name_key=name_key(user.forename, user.surname))
    rows = persons_seen_by(holder).filter(by_email | by_name).order_by("surname", "forename", "pk")
    found = [Suggestion(one, same_email(one, user), same_name(one, user)) for one in rows[:MOST_SUGGESTED]]
    return sorted(found, key=lambda each: (not each.email, not each.name))


def links_of(users: Collection[int]) -> dict[int, Link]:
    """Account → the link that stands. For those who may see the accounts; one statement, however many."""
    rows = Link.objects.filter(user__in=list(users), undone_at=None, person__removed_at=None)
    return {link.user_id: link for link in rows.select_related("person", "linked_by")}


def person_of(user: User) -> Person | None:
    """Whom an officer said the account belongs to."""
    link = links_of([user.pk]).get(user.pk)
    return link.person if link else None


def links_seen_by(holder: Holder) -> QuerySet[Link]:
    """Every link with its person and account, also undone ones; none for who sees no adults."""
    rows = Link.objects.select_related("person", "user", "linked_by", "undone_by")
    return rows if may_see_persons(holder) else rows.none()


def links_about(users: Collection[int] = (), *, person: Person | None = None) -> list[Link]:
    """Every link of these accounts or of ``person``, also undone ones, newest first."""
    wanted = Q(user__in=list(users)) | (Q(person=person) if person else Q())
    rows = Link.objects.filter(wanted).select_related("person", "user", "linked_by", "undone_by")
    return list(rows.order_by("-linked_at", "-pk")[:MOST_HISTORY])


def history_of(person: Person) -> list[Change]:
    """Every state of ``person``, newest first."""
    return list(person.changes.select_related("by").order_by("-version")[:MOST_HISTORY])


def known(holder: Holder, pks: Iterable[int]) -> dict[int, Person]:
    """Those of the numbers that ``holder`` may see."""
    return {person.pk: person for person in persons_seen_by(holder).filter(pk__in=list(pks))}


def _relations() -> "Prefetch[str]":
    standing = Relation.objects.filter(ended_at=None, child__removed_at=None)
    return Prefetch("relations", standing.select_related("child").order_by("pk"))


def _has(word: str) -> Q:
    found = Q(role__icontains=word) | Q(email__icontains=word) | Q(telephone__icontains=word)
    if folded := words(word):
        found |= reduce(and_, (Q(name_key__contains=each) for each in folded))
    if word[:2].upper() == "PN" and word[2:].isascii() and word[2:].isdigit() and len(word) < 14:
        found |= Q(pk=int(word[2:]))
    return found
