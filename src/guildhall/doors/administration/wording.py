"""Editing a few texts in both languages on one page, with preview, history and going back to a version.

Announcements, the footer's pages and the tiles of the families' home are edited with it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components, markdown
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts import history, rules
from guildhall.foundation.texts import services as texts
from guildhall.foundation.texts.catalogue import LANGUAGES, catalogue
from guildhall.foundation.texts.models import Change
from guildhall.foundation.texts.queries import fill, say, written

LONGEST_LINE = 200
LONGEST_BLOCK = 20_000
MOST_VERSIONS = 50


@dataclass(frozen=True)
class Piece:
    """One text: its name (``area.Key``), the text that labels it, and whether it is a long block."""

    name: str
    label: str
    block: bool = False

    def field(self, language: str) -> str:
        return f"{self.name.replace('.', '_').replace('-', '_').lower()}-{language}"


@dataclass
class Written:
    """What somebody typed: (name, language) → words, and what is wrong with it by field."""

    words: dict[tuple[str, str], str]
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Version:
    """An earlier wording: what it was before ``change``."""

    change: Change
    label: str
    language: str
    before: str
    after: str


def read(pieces: list[Piece], posted: QueryDict) -> Written:
    """What was typed; both languages are needed."""
    found = Written({})
    for piece in pieces:
        for language in LANGUAGES:
            name = piece.field(language)
            words = rules.tidy(posted.get(name, ""))
            found.words[piece.name, language] = words
            if not words:
                found.problems[name] = say(f"administration.Wording_Error_{language}", label=say(piece.label))
            elif len(words) > (most := LONGEST_BLOCK if piece.block else LONGEST_LINE):
                label = say(piece.label)
                found.problems[name] = say("administration.Set_Error_Long", label=label, most=most)
            elif problem := _problem(piece.name, words):
                found.problems[name] = problem
    return found


def _problem(name: str, words: str) -> str:
    try:
        rules.demand(name, words)
    except Refusal as refusal:
        return refusal.message
    return ""


def draw(pieces: list[Piece], typed: Written | None = None) -> list[SafeString]:
    """Fields for every text, English then Welsh."""
    drawn = []
    for piece in pieces:
        for language in LANGUAGES:
            tooltip = "administration.Wording_Tooltip" if piece.block else "administration.Wording_Line"
            field = Field(
                name=piece.field(language),
                label=_labelled(piece, language),
                tooltip=say(tooltip),
                problem=typed.problems.get(piece.field(language), "") if typed else "",
            )
            words = typed.words[piece.name, language] if typed else written(piece.name, language)
            if piece.block:
                drawn.append(components.textarea_field(field, value=words, rows=12, attrs={"lang": language}))
            else:
                drawn.append(components.text_field(field, value=words, attrs={"lang": language}))
    return drawn


def _labelled(piece: Piece, language: str) -> str:
    word = "administration.Set_InEnglish" if language == "en" else "administration.Set_InWelsh"
    return say(word, label=say(piece.label))


def preview(pieces: list[Piece], typed: Written) -> list[tuple[str, str, SafeString]]:
    """(label, language, how it will look) of every text; placeholders are filled as far as they are known."""
    shown = []
    for piece in pieces:
        for language in LANGUAGES:
            words = fill(typed.words[piece.name, language], language, {})
            body = markdown.to_html(words) if piece.block else SafeString(escape(words))
            shown.append((_labelled(piece, language), language, body))
    return shown


def seen_of(pieces: list[Piece]) -> str:
    """The revisions of the wording as it is now, in the order of the fields; any change moves one."""
    known = history.revisions(piece.name for piece in pieces)
    return ".".join(str(known.get(one, 0)) for one in _texts_of(pieces))


def keep(pieces: list[Piece], typed: Written, *, seen: str, by: Any, now: datetime) -> None:
    """Save what differs. Raises ChangedMeanwhile when ``seen`` is not ``seen_of`` any more."""
    shown = _revisions(pieces, seen)
    texts.change_texts(
        [texts.Wanted(*one, words, shown.get(one, -1)) for one, words in typed.words.items()], by=by, now=now
    )


def versions(pieces: list[Piece]) -> list[Version]:
    """The changes of these texts, newest first."""
    labels = {piece.name: say(piece.label) for piece in pieces}
    changes = [
        (one, label) for name, label in labels.items() for one in history.changes_of(name)[:MOST_VERSIONS]
    ]
    changes.sort(key=lambda pair: -pair[0].pk)
    return [_version(change, label) for change, label in changes[:MOST_VERSIONS]]


def go_back(pieces: list[Piece], change_id: int, *, seen: str, by: Any, now: datetime) -> bool:
    """Give a text the wording that it had before the change ``change_id``; False when there is none such.

    Raises ChangedMeanwhile when ``seen`` is not ``seen_of`` the text any more.
    """
    found = next((one for one in versions(pieces) if one.change.pk == change_id), None)
    if found is not None:
        change = found.change
        text = (f"{change.area}.{change.key}", change.language)
        shown = _revisions(pieces, seen)
        texts.restore_change(change, seen=shown.get(text, -1), by=by, now=now)
    return found is not None


def _revisions(pieces: list[Piece], seen: str) -> dict[tuple[str, str], int]:
    """Text and language → the revision of it in ``seen`` (as ``seen_of`` makes it)."""
    return dict(zip(_texts_of(pieces), [number(one) for one in seen.split(".")], strict=False))


def _texts_of(pieces: list[Piece]) -> list[tuple[str, str]]:
    return [(piece.name, language) for piece in pieces for language in LANGUAGES]


def _version(change: Change, label: str) -> Version:
    name = f"{change.area}.{change.key}"
    original = catalogue().get(name, {}).get(change.language, "")
    return Version(change, label, change.language, change.before or original, change.after or original)
