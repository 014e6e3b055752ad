"""Editing a few texts in both languages on one page, with preview, history and going back to a version.

Announcements, the footer's pages and the tiles of the families' home are edited with it.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString

from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit import components, markdown
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import rules
from guildhall.foundation.texts import services as texts
from guildhall.foundation.texts.catalogue import LANGUAGES, catalogue
from guildhall.foundation.texts.models import Override
from guildhall.foundation.texts.queries import fill, say

LONGEST_LINE = 200
LONGEST_BLOCK = 20_000
MOST_VERSIONS = 50


class ChangedMeanwhile(Refusal):
    """Somebody else saved one of the texts after the page was drawn."""


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
    """An earlier wording: what it was before ``entry``."""

    entry: Entry
    label: str
    language: str
    before: str
    after: str


def read(pieces: list[Piece], posted: QueryDict) -> Written:
    """What was typed, with line ends as one sign; both languages are needed."""
    found = Written({})
    for piece in pieces:
        for language in LANGUAGES:
            name = piece.field(language)
            words = posted.get(name, "").replace("\r\n", "\n").strip()
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
            word = "administration.Set_InEnglish" if language == "en" else "administration.Set_InWelsh"
            common: dict[str, Any] = {
                "name": piece.field(language),
                "label": say(word, label=say(piece.label)),
                "value": typed.words[piece.name, language] if typed else written(piece.name, language),
                "problem": typed.problems.get(piece.field(language), "") if typed else "",
                "tooltip": say(
                    "administration.Wording_Tooltip" if piece.block else "administration.Wording_Line"
                ),
                "attrs": {"lang": language},
            }
            if piece.block:
                drawn.append(components.textarea_field(**common, rows=12))
            else:
                drawn.append(components.text_field(**common))
    return drawn


def preview(pieces: list[Piece], typed: Written) -> list[tuple[str, str, SafeString]]:
    """(label, language, how it will look) of every text; placeholders are filled as far as they are known."""
    shown = []
    for piece in pieces:
        for language in LANGUAGES:
            words = fill(typed.words[piece.name, language], language, {})
            body = markdown.to_html(words) if piece.block else SafeString(escape(words))
            shown.append((say(piece.label), language, body))
    return shown


def written(name: str, language: str) -> str:
    """The words of a text as they are kept, with their placeholders."""
    area, _, key = name.partition(".")
    own = Override.objects.filter(area=area, key=key, language=language).values_list("value", flat=True)
    return own.first() or catalogue()[name].get(language, "")


def seen_of(pieces: list[Piece]) -> str:
    """What stands for the wording as it is now; it moves with every change."""
    everything = "\0".join(written(piece.name, language) for piece in pieces for language in LANGUAGES)
    return hashlib.sha256(everything.encode()).hexdigest()[:24]


@transaction.atomic
def keep(pieces: list[Piece], typed: Written, *, seen: str, by: Any, now: datetime) -> int:
    """Save what differs; how many texts did. Raises ChangedMeanwhile."""
    if seen != seen_of(pieces):
        raise ChangedMeanwhile(say("administration.Wording_ChangedMeanwhile"))
    changed = 0
    for (name, language), words in typed.words.items():
        if words != written(name, language):
            original = catalogue()[name].get(language) == words
            texts.change_text(name, language=language, value="" if original else words, by=by, now=now)
            changed += 1
    return changed


def versions(pieces: list[Piece]) -> list[Version]:
    """The changes of these texts, newest first."""
    labels = {piece.name: say(piece.label) for piece in pieces}
    entries = [
        entry
        for name in labels
        for entry in audit.history_of(("text", name))
        .filter(verb="texts.changed")
        .order_by("-pk")[:MOST_VERSIONS]
    ]
    entries.sort(key=lambda entry: -entry.pk)
    return [_version(entry, labels[entry.about_id]) for entry in entries[:MOST_VERSIONS]]


def _changes_of(name: str) -> QuerySet[Entry]:
    return audit.history_of(("text", name)).filter(verb="texts.changed").order_by("-pk")


def go_back(pieces: list[Piece], entry_id: int, *, by: Any, now: datetime) -> bool:
    """Give a text the wording that it had before the change ``entry_id``; False when there is none such."""
    found = next((one for one in versions(pieces) if one.entry.pk == entry_id), None)
    if found is None:
        return False
    before = found.entry.detail.get("before") or ""
    texts.change_text(found.entry.about_id, language=found.language, value=before, by=by, now=now)
    return True


def _version(entry: Entry, label: str) -> Version:
    language = str(entry.detail.get("language", "en"))
    original = catalogue().get(entry.about_id, {}).get(language, "")
    before, after = (str(entry.detail.get(key) or original) for key in ("before", "after"))
    return Version(entry, label, language, before, after)
