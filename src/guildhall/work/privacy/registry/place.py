"""What a place is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from ..subject import Subject

Finder = Callable[[Subject], Q]


@dataclass(frozen=True)
class Place:
    """How rows of ``model`` are found and shown.

    ``find``: for what a lookup cannot say. ``others``: fields whose values may be about somebody else, in
    any pack; ``others_to_user`` and ``others_to_child`` only in a pack of that kind. ``hidden``: field → why
    its value is given to nobody. ``nobody``: why no row is about a person; then the rest is empty. ``names``:
    field of ``others`` → the field with the number of the account that it names; it stays if that is theirs.
    """

    model: str
    user: tuple[str, ...] = ()
    child: tuple[str, ...] = ()
    find: Finder | None = None
    others: tuple[str, ...] = ()
    others_to_user: tuple[str, ...] = ()
    others_to_child: tuple[str, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    nobody: str = ""
    names: tuple[tuple[str, str], ...] = ()


def secret(*names: str) -> tuple[tuple[str, str], ...]:
    """Fields that are given to nobody because they let somebody in."""
    return tuple((name, "It lets somebody in.") for name in names)


def nobody(why: str, *models: str) -> tuple[Place, ...]:
    """Places of models whose rows are about no person."""
    return tuple(Place(model, nobody=why) for model in models)
