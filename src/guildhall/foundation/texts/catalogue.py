"""The portal's own wording, read from ``texts/<area>.yaml`` in every room.

A file maps a key to its words: ``Key: {en: …, cy: …}``. The area is the file's name; several rooms may
add keys to one area, and no key is given twice. Words hold placeholders as ``{name}``.
"""

from functools import cache
from pathlib import Path

import yaml
from django.apps import apps

LANGUAGES = ("en", "cy")

# Every scalar as a string: a key may be called Yes, and words may look like numbers. Read by libyaml, where
# it is there, because every process begins with this and the other reader takes ten times as long.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class CatalogueError(Exception):
    """A catalogue file is wrong: the message names the file and the key."""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """``area.key`` → language → words, from the files of every installed room."""
    found: dict[str, dict[str, str]] = {}
    for room in apps.get_app_configs():
        for path in sorted((Path(room.path) / "texts").glob("*.yaml")):
            _read(path, found)
    return found


def _read(path: Path, found: dict[str, dict[str, str]]) -> None:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (builds only text)
    for key, words in (content or {}).items():
        name = f"{path.stem}.{key}"
        if name in found:
            raise CatalogueError(f"{path}: {name} is already in the catalogue")
        if not isinstance(words, dict) or not words.get("en"):
            raise CatalogueError(f"{path}: {name} has no English")
        found[name] = {language: words[language] for language in LANGUAGES if words.get(language)}
