"""Answers that are chosen from a list: yes or no, one, one from a drop-down, several."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Option as Choice
from guildhall.foundation.kit.typed import scrub
from guildhall.foundation.texts import queries as texts

from ..shape import Option, Question, Words
from .base import Context, Entry, Kind, Problem


class _Choice(Kind):
    """A kind whose answers are listed in the question."""

    takes = frozenset({"options"})

    def choices(self, entry: Entry) -> list[Choice]:
        """The options as the kit draws them."""
        return [
            Choice(
                option.id,
                option.text.in_(entry.language),
                hint=option.hint.in_(entry.language),
                exclusive=option.exclusive,
            )
            for option in self.options_of(entry.question)
        ]


class ChooseOne(_Choice):
    name = "choose_one"
    nature = "option"
    missing = "MissingChoice"

    def check(self, raw: Any, question: Question, context: Context) -> str:
        chosen = scrub(raw).strip()
        if all(chosen != option.id for option in self.options_of(question)):
            raise Problem("NotAnOption", question)
        return chosen

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [option.text.in_(language) for option in self.options_of(question) if option.id == value]

    def render(self, entry: Entry) -> SafeString:
        return components.radios_field(entry.field, options=self.choices(entry), value=_chosen(entry.value))


class DropDown(ChooseOne):
    name = "drop_down"

    def render(self, entry: Entry) -> SafeString:
        blank = texts.say("shared.Choose_One", entry.language)
        return components.select_field(
            entry.field, options=self.choices(entry), value=_chosen(entry.value), blank=blank
        )


class YesNo(ChooseOne):
    """Yes, no, or blank, to which an answer that nobody must give can go back (SP-140).

    Said with the portal's own words, which an authority may change.
    """

    name = "yes_no"
    takes = frozenset()
    _options = (Option("yes", Words("Yes", "Ie")), Option("no", Words("No", "Na")))

    def options_of(self, question: Question) -> Sequence[Option]:
        return self._options

    def choices(self, entry: Entry) -> list[Choice]:
        answers = [Choice(option.id, _yes_or_no(option.id, entry.language)) for option in self._options]
        if entry.required:
            return answers
        return [*answers, Choice("", texts.say("shared.Leave_Blank", entry.language))]

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [_yes_or_no(value, language)]

    def render(self, entry: Entry) -> SafeString:
        return components.radios_field(
            entry.field, options=self.choices(entry), value=_chosen(entry.value), inline=True
        )


def _yes_or_no(value: str, language: str) -> str:
    return texts.say("shared.Yes" if value == "yes" else "shared.No", language)


class ChooseSeveral(_Choice):
    """Any number of options, in the order of the form; an exclusive one only by itself."""

    name = "choose_several"
    nature = "options"
    missing = "MissingChoices"

    def read(self, data: QueryDict, question: Question) -> list[str]:
        most = len(question.options) + 1
        return [scrub(one)[:200] for one in data.getlist(question.field_id)[:most] if one.strip()]

    def is_blank(self, raw: Any) -> bool:
        return not raw

    def check(self, raw: Any, question: Question, context: Context) -> list[str]:
        chosen = set(raw) if isinstance(raw, list) and all(isinstance(one, str) for one in raw) else {""}
        if chosen - question.option_by_id.keys():
            raise Problem("NotAnOption", question)
        for option in question.options:
            if option.exclusive and option.id in chosen and len(chosen) > 1:
                raise Problem("NotTogether", question, option=option.text)
        return [option.id for option in question.options if option.id in chosen]

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [option.text.in_(language) for option in question.options if option.id in value]

    def render(self, entry: Entry) -> SafeString:
        values = entry.value if isinstance(entry.value, list) else []
        return components.checkboxes_field(entry.field, options=self.choices(entry), values=values)


def _chosen(value: Any) -> str:
    return value if isinstance(value, str) else ""
