"""Gathering what is held about a person: pages of rows, by the places of the registry."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, DateTimeField, Field, Model, Q, QuerySet

from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from .registry import PLACES, Place
from .subject import Subject

ROWS = 200
ACTS = "as"
"""In a row that says only what a person did: the fields that name them."""


@dataclass(frozen=True)
class Gathered:
    """A row as a pack has it. ``others``: names of fields that may be about somebody else."""

    fields: dict[str, Any]
    others: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        written = json.dumps({"fields": self.fields, "others": self.others}, cls=DjangoJSONEncoder)
        found: dict[str, Any] = json.loads(written)
        return found


def labels() -> list[str]:
    """Every model there is, in the order in which they are gathered."""
    return sorted(model._meta.label for model in apps.get_models(include_auto_created=True))


def about(label: str, subject: Subject) -> QuerySet[Any] | None:
    """The rows that are about ``subject``; None for a model that can have none."""
    place = PLACES.get(label)
    lookups = () if place is None else (place.user if subject.kind == "user" else place.child)
    wanted = Q(pk__in=[])
    for lookup in lookups:
        wanted |= Q(**{lookup: subject.id})
    if place is not None and place.find is not None:
        wanted |= place.find(subject)
    return _rows(label, wanted) if lookups or (place and place.find) else None


def acted(label: str, subject: Subject) -> QuerySet[Any] | None:
    """The rows to which an account did something, without being what they are about."""
    names = [each.name for each in _keys_to(label, User)]
    if subject.kind != "user" or not names:
        return None
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(**{name: subject.id})
    found = about(label, subject)
    rows = _rows(label, wanted)
    return rows if found is None else rows.exclude(pk__in=found.values("pk"))


def _rows(label: str, wanted: Q) -> QuerySet[Any]:
    return apps.get_model(label)._default_manager.filter(wanted).order_by("pk").distinct()


def page(label: str, subject: Subject, *, after: str) -> tuple[list[Gathered], str]:
    """The next rows of ``label`` after the key ``after``, and where the next page begins; "" at the end.

    What a row is about comes first, then what the person did; a key begins with "a" or "d" accordingly.
    """
    way, _, key = (after or "a:").partition(":")
    found = (about if way == "a" else acted)(label, subject)
    rows = list(_beyond(found, key)[:ROWS]) if found is not None else []
    shown = [_told(row, label, subject) if way == "a" else _act(row, subject) for row in rows]
    if len(rows) == ROWS:
        return shown, f"{way}:{rows[-1].pk}"
    return shown, "d:" if way == "a" else ""


def _beyond(found: QuerySet[Any], key: str) -> QuerySet[Any]:
    return found.filter(pk__gt=key) if key else found


def _told(row: Model, label: str, subject: Subject) -> Gathered:
    place = PLACES[label]
    hidden = dict(place.hidden)
    fields, others = {}, [*place.others, *_others_to(place, subject)]
    for each in row._meta.concrete_fields:
        if each.name in hidden:
            continue
        fields[each.name] = _value(row, each)
        if _leads_elsewhere(row, each, subject):
            others.append(each.name)
    return Gathered(fields, sorted(set(others) - _own_names(row, place, subject)))


def _own_names(row: Model, place: Place, subject: Subject) -> set[str]:
    """The fields that name somebody, and here the person of the pack."""
    if subject.kind != "user":
        return set()
    return {name for name, number in place.names if getattr(row, number) == subject.id}


def _others_to(place: Place, subject: Subject) -> tuple[str, ...]:
    return place.others_to_user if subject.kind == "user" else place.others_to_child


def _act(row: Model, subject: Subject) -> Gathered:
    """Only that the person did something, in which field it is written, and when."""
    keys = [each.name for each in _keys_to(row._meta.label, User) if getattr(row, each.attname) == subject.id]
    moments = {
        each.name: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if isinstance(each, DateTimeField)
    }
    return Gathered({"pk": str(row.pk), ACTS: keys} | moments)


def _value(row: Model, each: "Field[Any, Any]") -> Any:
    value = getattr(row, each.attname)
    if isinstance(each, BinaryField):
        return base64.b64encode(bytes(value)).decode() if value is not None else None
    return value


def _leads_elsewhere(row: Model, each: "Field[Any, Any]", subject: Subject) -> bool:
    """Whether a foreign key names another person than the one the pack is about."""
    value = getattr(row, each.attname)
    if value is None or not each.is_relation or each.related_model not in {User, Child}:
        return False
    return (each.related_model is User, value) != (subject.kind == "user", subject.id)


def _keys_to(label: str, model: type[Model]) -> Iterator["Field[Any, Any]"]:
    for each in apps.get_model(label)._meta.concrete_fields:
        if each.is_relation and each.related_model is model:
            yield each
