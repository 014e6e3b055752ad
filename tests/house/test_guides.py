"""What the developers' guide and the decisions name is there."""

import re
import tomllib
from pathlib import Path

import pytest

from .source import SOURCE

ROOT = SOURCE.parents[1]
GUIDE = ROOT / "docs/guides/developers.md"
BASES = (ROOT, SOURCE, SOURCE / "foundation", ROOT / "tests", ROOT / "tests/faults")
PATH = re.compile(r"`((?:\./)?[a-z][\w.-]*/[\w./-]*|[a-z]\w*\.(?:py|md|toml|csv|lock))`")
IN_EVERY_ROOM = frozenset({"texts/", "templates/"})


@pytest.mark.parametrize(
    "page", [GUIDE, *sorted((ROOT / "docs/decisions").glob("*.md"))], ids=lambda page: page.stem
)
def test_every_file_and_folder_that_is_named_is_there(page: Path) -> None:
    named = set(PATH.findall(page.read_text(encoding="utf-8"))) - IN_EVERY_ROOM

    assert not {path for path in named if not _is_there(path)}


def test_the_guide_lists_every_room_on_its_floor_from_left_to_right() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    placed: dict[str, list[str]] = {}
    for layer in reversed(contracts["contracts"][0]["layers"]):
        _, floor, *room = layer.split(".")
        placed.setdefault(floor, []).extend(room)

    rows = re.findall(r"^\| `(\w+)` \| ([\w, ]*\w)", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)

    assert {floor: rooms.split(", ") for floor, rooms in rows} == {
        floor: rooms for floor, rooms in placed.items() if rooms
    }


def _is_there(path: str) -> bool:
    return any((base / f"{path}{end}").exists() for base in BASES for end in ("", ".py"))
