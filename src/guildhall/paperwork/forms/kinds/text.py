"""Words on one line, words on many lines, and information that asks nothing."""

from typing import Any

from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.markdown import to_html, to_plain, to_simple_html
from guildhall.foundation.kit.typed import one_line, paragraphs, was_cut
from guildhall.foundation.texts import queries as texts

from ..shape import Question
from .base import Context, Entry, Kind, Problem


def within(text: str, question: Question, *, most: int, part: str = "") -> str:
    """``text`` if it is not longer than ``most`` characters. Raises Problem."""
    if len(text) > most:
        raise Problem("TooLong", question, part=part, most=f"{most:,}", over=f"{len(text) - most:,}")
    return text


def _whole(text: str, raw: Any, question: Question) -> str:
    if was_cut(raw):
        raise Problem("TooLongCut", question, most=f"{question.max_length:,}")
    return within(text, question, most=question.max_length)


class Text(Kind):
    name = "text"
    takes = frozenset({"max_length", "spell_check"})
    nature = "words"
    longest = 250

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return _whole(one_line(raw), raw, question)

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [value]

    def render(self, entry: Entry) -> SafeString:
        return components.text_field(
            entry.field,
            value=entry.value,
            maxlength=entry.question.max_length,
            spellcheck=entry.question.spell_check,
        )


class Memo(Kind):
    name = "memo"
    takes = frozenset({"max_length", "spell_check"})
    nature = "words"
    longest = 10_000

    def check(self, raw: Any, question: Question, context: Context) -> str:
        return _whole(paragraphs(raw), raw, question)

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        """Plain lines, as written where nothing in it is formatting."""
        return to_plain(value) if _is_formatted(value) else value.split("\n")

    def show(self, value: Any, question: Question, language: str) -> list[str]:
        return [to_simple_html(value)] if _is_formatted(value) else self.speak(value, question, language)

    def render(self, entry: Entry) -> SafeString:
        return components.textarea_field(
            entry.field,
            attrs={
                f"data-format-{name}": texts.say(f"shared.Format_{name.title()}", entry.language)
                for name in ("bold", "italic", "list", "numbers")
            },
            value=entry.value,
            rows=10,
            maxlength=entry.question.max_length,
            spellcheck=True,
        )


def _is_formatted(value: str) -> bool:
    """Whether bold, italics or lists are in ``value``, so that its plain lines differ from what was typed."""
    written = [line.strip() for line in value.split("\n") if line.strip()]
    return written != [line.strip() for line in to_plain(value)]


class Information(Kind):
    """Words between questions; nothing is answered."""

    name = "information"
    nature = "nothing"
    answerable = False
    posted = False

    def check(self, raw: Any, question: Question, context: Context) -> None:
        return None

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return []

    def render(self, entry: Entry) -> SafeString:
        return components.inset(to_html(entry.words))
