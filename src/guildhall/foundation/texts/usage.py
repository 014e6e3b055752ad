"""Where the portal uses its texts: found once a process, by reading the program's own files."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from django.apps import apps

from .catalogue import catalogue

_NAME = re.compile(r"([a-z][a-z-]*\.[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*_?)(\{?)")


def places_of(name: str) -> list[str]:
    """The files that use the text ``area.key``, as "room: file"; several may make its name of parts."""
    exact, made = _uses()
    found = exact.get(name, set()).union(
        *(files for start, files in made.items() if name.startswith(start) and name != start)
    )
    return sorted(found)


@cache
def _uses() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    exact: dict[str, set[str]] = defaultdict(set)
    made: dict[str, set[str]] = defaultdict(set)
    for room, path in _files():
        where = f"{room}: {path.name}"
        for found in _NAME.finditer(path.read_text(encoding="utf-8")):
            if found[2] or found[1].endswith("_"):
                made[found[1]].add(where)
            elif found[1] in catalogue():
                exact[found[1]].add(where)
    return exact, made


def _files() -> list[tuple[str, Path]]:
    rooms = [room for room in apps.get_app_configs() if room.name.startswith("guildhall.")]
    return [
        (room.name.removeprefix("guildhall."), path)
        for room in rooms
        for pattern in ("**/*.py", "**/*.html")
        for path in Path(room.path).glob(pattern)
        if "migrations" not in path.parts
    ]
