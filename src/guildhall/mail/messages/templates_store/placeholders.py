"""The placeholders of templates. Their names on the page are site texts (administration.Placeholder_…).

A template keeps ``{forename}`` for what the page calls, say, "[First name]", so that the authority can call
it something else later and no template breaks.
"""

import re

from guildhall.foundation.outbox import letters
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

# The name in a template → the text of its name on the page, and what it stands for in an account.
PLACEHOLDERS: dict[str, tuple[str, str]] = {
    "title": ("Title", "title"),
    "forename": ("Forename", "forename"),
    "surname": ("Surname", "surname"),
    "bus_phone": ("BusPhone", "work_phone"),
    "mobile": ("Mobile", "mobile"),
    "home_phone": ("HomePhone", "home_phone"),
}
_KEPT = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


def token(name: str, language: str | None = None) -> str:
    """What the page calls the placeholder ``name``."""
    return texts.say(f"administration.Placeholder_{PLACEHOLDERS[name][0]}", language)


def to_kept(words: str) -> str:
    """``words`` as they were typed, with the placeholders of either language by their own names."""
    tokens = {token(name, language): name for name in PLACEHOLDERS for language in ("en", "cy")}
    longest_first = sorted(tokens, key=len, reverse=True)
    typed = re.compile("|".join(re.escape(each) for each in longest_first))
    return typed.sub(lambda found: f"{{{tokens[found[0]]}}}", words)


def to_shown(words: str, language: str) -> str:
    """``words`` as they are kept, with the placeholders as the page calls them in ``language``."""
    return _KEPT.sub(lambda found: token(found[1], language), words)


def fill_line(words: str, person: User) -> str:
    """A subject with what is known of ``person`` in it. Values are data: they are not filled again."""
    said = _KEPT.sub(lambda found: _value(found[1], person), words)
    return " ".join(said.split())


def fill_body(words: str, person: User) -> str:
    """A body (Markdown) with what is known of ``person`` in it, shown letter for letter."""
    return _KEPT.sub(lambda found: letters.escape(_value(found[1], person)), words)


def _value(name: str, person: User) -> str:
    return str(getattr(person, PLACEHOLDERS[name][1]) or "")
