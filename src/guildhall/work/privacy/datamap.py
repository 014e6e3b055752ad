"""The data map: what every table holds of people, what for, on what ground, and how long.

It is declared in ``datamap.yaml``, one entry a model; a test fails while a field of a model is not in it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say

from .registry import PLACES

PURPOSES = (
    *("account", "family", "record", "matching", "forms", "eligibility", "school"),
    *("messages", "consent", "privacy", "audit", "running", "setup", "framework"),
)
# Public task (Article 6(1)(e)), and legal obligation (Article 6(1)(c)).
BASES = ("task", "obligation")
KEEPINGS = ("forms", "messages", "records", "accounts", "audit", "drafts", "pack", "months", "short", "use")


@dataclass(frozen=True)
class Table:
    """One model. ``personal``: fields that say something of a person. ``special``: perhaps of health."""

    model: str
    purpose: str
    basis: str
    keeping: str
    personal: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    special: bool = False

    @property
    def hidden(self) -> frozenset[str]:
        """Fields that are given to nobody, the person included."""
        place = PLACES.get(self.model)
        return frozenset(dict(place.hidden)) if place else frozenset()


@cache
def tables() -> dict[str, Table]:
    """Every model that is declared, by its label."""
    declared: dict[str, dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("datamap.yaml").read_text(encoding="utf-8")
    )
    return {label: _table(label, declared[label]) for label in sorted(declared)}


def _table(label: str, said: dict[str, Any]) -> Table:
    lists: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    return Table(label, **lists)


def undeclared() -> list[str]:
    """``model.field`` of every field of a model of the house that the map does not have."""
    missing = []
    for model in apps.get_models():
        table = tables().get(model._meta.label)
        known = {*table.personal, *table.plain} if table else set()
        names = [field.name for field in model._meta.concrete_fields]
        missing += [f"{model._meta.label}.{name}" for name in names if name not in known]
    return sorted(missing)


def gone() -> list[str]:
    """What the map has that no model has any more, or has twice."""
    odd = []
    for table in tables().values():
        try:
            fields = {field.name for field in apps.get_model(table.model)._meta.concrete_fields}
        except LookupError:
            odd.append(table.model)
            continue
        named = [*table.personal, *table.plain]
        odd += [f"{table.model}.{name}" for name in sorted(set(named)) if name not in fields]
        odd += [f"{table.model}.{name}" for name in sorted(set(table.personal) & set(table.plain))]
    return odd


def of_people() -> list[Table]:
    """The models that hold something of a person."""
    return [table for table in tables().values() if table.personal]


def as_document() -> str:
    """The map as a page of the documentation, in English."""
    lines = [
        "# Data map",
        "",
        "Made from `src/guildhall/work/privacy/datamap.yaml` by",
        "`./guildhall privacy map --write docs/data-map.md`.",
        "",
        "Every table that holds something of a person: what for, on what ground, how long, and in which",
        "fields. A star marks tables that may tell of health or disability. How long each class is kept is",
        "set in Administration, Privacy, How long things are kept.",
        "",
        "| Table | What for | Legal ground | Kept with | Fields |",
        "| --- | --- | --- | --- | --- |",
    ]
    for table in of_people():
        name = f"{table.model}{' *' if table.special else ''}"
        words = (catalogue()[_name(what, code)]["en"] for what, code in _codes(table))
        lines.append(f"| {name} | {' | '.join(words)} | {', '.join(table.personal)} |")
    return "\n".join([*lines, ""])


def _codes(table: Table) -> tuple[tuple[str, str], ...]:
    return ("Purpose", table.purpose), ("Basis", table.basis), ("Keeping", table.keeping)


def word(what: str, code: str) -> str:
    """A purpose, a ground or a keeping in words."""
    return say(_name(what, code))


def _name(what: str, code: str) -> str:
    return f"administration.DataMap_{what}_{code}"
