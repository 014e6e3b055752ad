"""The folded keys by which a record is found."""

from itertools import product

from .folding import key, postcode_key, sound, words
from .models import AlsoKey, Child

Key = tuple[str, str]
KEYS = frozenset({"surname_key", "forename_key", "postcode_key", "surname_sound", "forename_sound"})
"""The columns of a child that follow from the others."""


def set_keys(child: Child) -> None:
    """Bring the keys in ``child``'s own columns up to date with its names and postcode; saves nothing."""
    child.surname_key = key(child.surname)
    child.forename_key = key(child.forename)
    child.postcode_key = postcode_key(child.postcode)
    child.surname_sound = sound(child.surname_key)
    child.forename_sound = sound(child.forename_key)


def also_keys(child: Child) -> set[Key]:
    """(kind, value) of every further name and postcode ``child`` is found by, beside its own columns."""
    kinds = AlsoKey.Kind
    surnames = [child.surname, *(name.get("surname", "") for name in child.other_names)]
    forenames = [child.forename, *(name.get("forename", "") for name in child.other_names)]
    postcodes = {postcode_key(address.get("postcode", "")) for address in child.other_addresses}
    surname_keys, forename_keys = _spellings(surnames), _spellings(forenames)
    both = {with_initial(surname, forename) for surname, forename in product(surname_keys, forename_keys)}
    own = {with_initial(child.surname_key, child.forename_key)}
    return (
        {(kinds.SURNAME.value, value) for value in surname_keys - {child.surname_key}}
        | {(kinds.FORENAME.value, value) for value in forename_keys - {child.forename_key}}
        | {(kinds.INITIAL.value, value) for value in both - own}
        | {(kinds.POSTCODE.value, value) for value in postcodes - {"", child.postcode_key}}
    )


def with_initial(surname: str, forename: str) -> str:
    """A folded surname and the initial of a forename: few children share it even where many share one."""
    return f"{surname[:90]} {forename[:1]}"


def _spellings(names: list[str]) -> set[str]:
    """Every name as one word, and every part of it that is longer than two letters."""
    whole = {key(name) for name in names}
    parts = {part for name in names for part in words(name) if len(part) > 2}
    return (whole | parts) - {""}
