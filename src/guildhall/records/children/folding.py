"""Names and postcodes brought to one shape, so that spelling habits do not hide that they are the same."""

import re
from functools import lru_cache

from guildhall.foundation.kit.identifiers import fold_name

# More marks that people type for an apostrophe than the kit knows; one before its letter is one too.
_APOSTROPHES = re.compile(r"['’‘ʼʻʹ`´ʿʾ′＇]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """``name`` in lower case without marks and apostrophes; hyphens and runs of space become one space."""
    return _NOT_LETTERS.sub(" ", fold_name(_APOSTROPHES.sub("", name))).strip()


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of ``name``, folded: “Smith-Jones” gives smith, jones; “O’Brien” gives obrien."""
    return tuple(fold(name).split())


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """``name`` folded to one word, as the keys of a record are kept: “Ann-Marie” and “Ann Marie” agree."""
    return fold(name).replace(" ", "")[:100]


@lru_cache(maxsize=20_000)
def postcode_key(postcode: str) -> str:
    """Letters and digits of ``postcode`` in upper case, at most 8: “gu1 4ab” gives GU14AB."""
    return re.sub(r"[^A-Z0-9]", "", postcode.upper())[:8]


@lru_cache(maxsize=20_000)
def sound(name: str) -> str:
    """A rough key of how a folded name sounds: its first letter and its consonants, doubled ones once.

    Letters that British, Welsh and borrowed spellings exchange are one: c k q g, s z x, f v ph, d t, b p.
    """
    for spelt, heard in _SPELLINGS:
        name = name.replace(spelt, heard)
    heard = name.translate(_LETTERS)
    kept = heard[:1] + "".join(letter for letter in heard[1:] if letter not in "aeiouywh")
    return "".join(letter for at, letter in enumerate(kept) if at == 0 or letter != kept[at - 1])[:5]


_SPELLINGS = (
    *(("sch", "s"), ("ph", "f"), ("ch", "k"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "sy")),
    ("c", "k"),
)
_LETTERS = str.maketrans("qgzxvtjb", "kkssfdip")
