"""Looking through a copy for anything that was replaced while it was made."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import CharField, Field, JSONField, Model, TextField

from guildhall.records.children import folding

from .disguise import Disguise

_MARK = re.compile(r"[\w.+'@-]+")
_WORD = re.compile(r"[^\W\d_]+")
_LEADS_TO_NOBODY = 6


def leaks(
    models: Iterable[type[Model]], disguise: Disguise, *, using: str, rules: dict[str, dict[str, str]]
) -> list[str]:
    """``model.field`` where a mark of a person is left, or in a field with a rule also a part of a name.

    Never what was found: it goes to a screen.
    """
    marks = frozenset(mark for mark in disguise.marks if len(mark) >= _LEADS_TO_NOBODY)
    found = set()
    for model in models:
        ruled = {name for name, rule in rules.get(model._meta.label, {}).items() if rule not in _AS_IT_WAS}
        for each in _told(model):
            names = disguise.names if each.name in ruled else frozenset()
            values = model._base_manager.using(using).values_list(each.name, flat=True)
            for value in values.iterator(chunk_size=500):
                if _left(value, marks, names, disguise.known):
                    found.add(f"{model._meta.label}.{each.name}")
                    break
    return sorted(found)


_AS_IT_WAS = {"same", "blank"}


def _told(model: type[Model]) -> Iterator["Field[Any, Any]"]:
    for each in model._meta.concrete_fields:
        if isinstance(each, CharField | TextField | JSONField):
            yield each


def _left(value: Any, marks: frozenset[str], names: Iterable[str], known: frozenset[str]) -> bool:
    return any(_told_by(words, marks, names) for words in strings(value) if words not in known)


def _told_by(words: str, marks: frozenset[str], names: Any) -> bool:
    digits = re.sub(r"\D", "", words)
    shapes = {words.lower(), words, digits, folding.postcode_key(words), *_MARK.findall(words.lower())}
    return bool(shapes & marks) or any(folding.fold(word) in names for word in _WORD.findall(words))


def strings(value: Any) -> Iterator[str]:
    """Every word that JSON holds, however deep, but not what it is called."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)
