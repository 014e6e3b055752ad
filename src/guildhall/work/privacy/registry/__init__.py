"""Where every model of the house stands toward people. A model without a place here fails the tests.

A place says by which lookups a row is about an account (``user``) or a child (``child``), or that its rows
are about nobody. Whoever merely did something to a row is found without being named here: every other
foreign key to an account is followed too (see ``gathering``).
"""

from . import foundation, nobody, paperwork, people, records, work
from .place import Place

__all__ = ["PLACES", "Place"]

PLACES: dict[str, Place] = {
    place.model: place
    for room in (people, records, paperwork, work, foundation, nobody)
    for place in room.PLACES
}
