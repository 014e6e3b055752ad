"""Everybody in the demonstration."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.linkage.identity import Identity


@dataclass
class Cast:
    """The people by how they sign in; ``children`` are the authority's records with how they were made."""

    today: date
    staff: dict[str, User] = field(default_factory=dict)
    professionals: list[User] = field(default_factory=list)
    families: list[User] = field(default_factory=list)
    children: list[tuple[Child, Identity]] = field(default_factory=list)


@cache
def script() -> dict[str, Any]:
    """The table of people, schools and names."""
    return yaml.safe_load((Path(__file__).parent / "cast.yaml").read_text(encoding="utf-8"))
