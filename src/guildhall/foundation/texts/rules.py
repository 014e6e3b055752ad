"""What a text may hold: its placeholders, its length, its lines."""

import re
from hashlib import sha256

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import scrub

from . import queries
from .areas import MARKDOWN
from .catalogue import catalogue

# What every text may hold, and none has to.
ALWAYS = frozenset({"authority", "portal"})
LONGEST_PLAIN = 2_000
LONGEST_BLOCK = 20_000
LONGEST_SUBJECT = 200
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_ONE_LINE = ("EmailSubject_", "Subject_", "Placeholder_")
TOKENS = "administration.Placeholder_"


class BadText(Refusal):
    """The words hold something that this text may not hold, or are too long."""


class LacksPlaceholders(Refusal):
    """The words leave out something that the portal would have filled in, such as a link or a code."""


def placeholders(words: str) -> set[str]:
    """The names in ``{braces}``."""
    return set(_PLACEHOLDER.findall(words))


def own_placeholders(name: str) -> set[str]:
    """What the portal fills in for the text ``area.key``, beside what it fills in everywhere."""
    return set().union(*(placeholders(words) for words in catalogue()[name].values())) - ALWAYS


def is_markdown(name: str) -> bool:
    return name.partition(".")[0] in MARKDOWN


def longest(name: str) -> int:
    """How many characters the text may have."""
    if name.partition(".")[2].startswith(_ONE_LINE):
        return LONGEST_SUBJECT
    return LONGEST_BLOCK if is_markdown(name) else LONGEST_PLAIN


def digest(words: str) -> str:
    """What stands for the English that a Welsh text was written for."""
    return sha256(words.encode()).hexdigest()


def tidy(words: str) -> str:
    """What was typed, scrubbed, with nothing but words at both ends; spaces at line ends mean something."""
    return scrub(words).strip()


def demand(name: str, words: str) -> None:
    """Raise BadText unless ``words`` may stand for the text ``area.key``."""
    if len(words) > (most := longest(name)):
        raise _bad("Long", most=f"{most:,}")
    if "\n" in words and name.partition(".")[2].startswith(_ONE_LINE):
        raise _bad("OneLine")
    known = own_placeholders(name)
    if unknown := placeholders(words) - known - ALWAYS:
        raise _bad("Unknown", unknown=_listed(unknown), known=_listed(known | ALWAYS))
    if name.startswith(TOKENS):
        _demand_own_token(name, words)


def demand_placeholders(name: str, words: str) -> None:
    """Raise LacksPlaceholders when something that the portal fills in is left out."""
    if lacking := own_placeholders(name) - placeholders(words):
        said = queries.say("administration.Error_Texts_Lacks", lacking=_listed(lacking))
        raise LacksPlaceholders(said, field="value")


def _demand_own_token(name: str, words: str) -> None:
    others = [other for other in catalogue() if other.startswith(TOKENS) and other != name]
    taken = {queries.written(other, tongue).casefold() for other in others for tongue in ("en", "cy")}
    if any(words.casefold() in other or other in words.casefold() for other in taken) or len(words) < 3:
        raise _bad("Token")


def _bad(why: str, **values: str) -> BadText:
    return BadText(queries.say(f"administration.Error_Texts_{why}", **values), field="value")


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
