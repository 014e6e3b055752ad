"""Keeping the adults in the authority's records. Whose account is whose is in ``links``."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..models import Change, Person, Relation
from ..rules import email_key, name_key

LONGEST = {"forename": 100, "surname": 100, "role": 100, "email": 254, "telephone": 40, "address": 500}
LONGEST_RELATION = 100
_TELEPHONE = re.compile(r"[0-9+()\-. /#xX]*(?:ext\.? ?[0-9]+)?")


@dataclass(frozen=True)
class Details:
    """What an officer writes of a person."""

    surname: str
    forename: str = ""
    role: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""

    @classmethod
    def of(cls, kept: Person | Change) -> "Details":
        return cls(**{field.name: getattr(kept, field.name) for field in fields(cls)})

    def problems(self) -> dict[str, str]:
        """What must be put right, by field."""
        found = {}
        if not self.surname:
            found["surname"] = texts.say("children.Person_Error_Surname")
        if self.email and not _is_address(self.email):
            found["email"] = texts.say("children.Person_Error_Email")
        if not _TELEPHONE.fullmatch(self.telephone):
            found["telephone"] = texts.say("children.Person_Error_Telephone")
        for name, most in LONGEST.items():
            if len(getattr(self, name)) > most:
                found[name] = texts.say("children.Error_TooLong", most=most)
        return found


@again_when_first_or_crossed
def add_person(
    details: Details, *, child: Child | None = None, relation: str = "", key: UUID, by: User, now: datetime
) -> Person:
    """Enter a person, as the ``relation`` of ``child`` where one is named; the same ``key`` enters one.

    Raises Refusals.
    """
    _demand(details.problems() | (relation_problems(relation) if child else {}))
    made = Person.objects.filter(key=key).first()
    if made is not None:
        return made
    person = Person(key=key, added_at=now, added_by=by)
    _write(person, details, by=by, now=now)
    audit.record("persons.added", by=by, about=person, child=child.pk if child else None, now=now)
    if child:
        relate(person, child=child, relation=relation, by=by, now=now)
    return person


@again_when_crossed
def change_person(person: Person, *, details: Details, seen: int, by: User, now: datetime) -> Person:
    """Change a person whom the officer opened at version ``seen``. What changes nothing is not kept.

    Raises Refusals, ChangedMeanwhile.
    """
    _demand(details.problems())
    person = _held(person, seen)
    before = Details.of(person)
    if before == details:
        return person
    person.version += 1
    _write(person, details, by=by, now=now)
    changed = [field.name for field in fields(details) if _differs(before, details, field.name)]
    audit.record("persons.changed", by=by, about=person, now=now, detail={"fields": changed})
    return person


@again_when_crossed
def remove_person(person: Person, *, seen: int, by: User, now: datetime) -> Person:
    """Take a person out of lists and searches; ``put_back_person`` undoes it. Raises ChangedMeanwhile."""
    person = _held(person, seen)
    if person.removed_at is None:
        person.removed_at, person.removed_by = now, by
        _next_state(person, by=by, now=now)
        audit.record("persons.removed", by=by, about=person, now=now)
    return person


@again_when_crossed
def put_back_person(person: Person, *, by: User, now: datetime) -> Person:
    """Undo a removal."""
    person = hold(person)
    if person.removed_at is not None:
        person.removed_at = person.removed_by = None
        _next_state(person, by=by, now=now)
        audit.record("persons.put_back", by=by, about=person, now=now)
    return person


@again_when_first_or_crossed
def relate(person: Person, *, child: Child, relation: str, by: User, now: datetime) -> Relation:
    """Say what ``person`` is to ``child``; other words end the earlier relation. Raises Refusals."""
    _demand(relation_problems(relation))
    person = hold(person)
    standing = Relation.objects.select_for_update().filter(person=person, child=child, ended_at=None).first()
    if standing and standing.relation == relation:
        return standing
    if standing:
        _end(standing, by=by, now=now)
    made = Relation.objects.create(person=person, child=child, relation=relation, added_at=now, added_by=by)
    audit.record("persons.related", by=by, about=person, child=child.pk, now=now)
    return made


@again_when_crossed
def end_relation(relation: Relation, *, by: User, now: datetime) -> Relation:
    """Say that a person no longer belongs to a child. Again changes nothing."""
    relation = hold(relation)
    if relation.ended_at is None:
        _end(relation, by=by, now=now)
        about, child = relation.person, relation.child_id
        audit.record("persons.relation_ended", by=by, about=about, child=child, now=now)
    return relation


def forget_persons_of(child: Child) -> int:
    """Delete those who belong or belonged to ``child`` alone, because that record goes; how many rows."""
    others = Relation.objects.filter(person=OuterRef("person")).exclude(child=child)
    only = Relation.objects.filter(~Exists(others), child=child).values_list("person", flat=True)
    return Person.objects.filter(pk__in=list(only)).delete()[0]


def relation_problems(relation: str) -> dict[str, str]:
    """What must be put right about the words of a relation."""
    if not relation:
        return {"relation": texts.say("children.Person_Error_Relation")}
    if len(relation) > LONGEST_RELATION:
        return {"relation": texts.say("children.Error_TooLong", most=LONGEST_RELATION)}
    return {}


def _demand(problems: dict[str, str]) -> None:
    if problems:
        raise Refusals(problems)


def _held(person: Person, seen: int) -> Person:
    person = hold(person)
    if person.version != seen:
        raise ChangedMeanwhile(texts.say("children.Person_Error_Changed"))
    return person


def _end(relation: Relation, *, by: User, now: datetime) -> None:
    relation.ended_at, relation.ended_by = now, by
    relation.save(update_fields=["ended_at", "ended_by"])


def _next_state(person: Person, *, by: User, now: datetime) -> None:
    person.version += 1
    _write(person, Details.of(person), by=by, now=now)


def _write(person: Person, details: Details, *, by: User, now: datetime) -> None:
    """Keep the person as ``details`` say, and the same in the history."""
    values = {field.name: getattr(details, field.name) for field in fields(details)}
    for name, value in values.items():
        setattr(person, name, value)
    person.name_key = name_key(details.forename, details.surname)
    person.email_key = email_key(details.email)
    person.save()
    removed = person.removed_at is not None
    Change.objects.create(person=person, version=person.version, by=by, at=now, removed=removed, **values)


def _differs(before: Details, after: Details, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
