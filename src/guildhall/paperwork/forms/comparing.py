"""Two states of a form compared in words: what was added, deleted, moved, reworded, asked differently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any

from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say

from .bounds import DateBound
from .conditions import All, AnyOf, Comparison, Condition, Not
from .kinds.table import KINDS
from .shape import Definition, Group, Option, Question, Repeats, Words
from .wording import date_in

_FORM_WORDS = ("title", "subtitle", "description", "guidance", "declaration")
_QUESTION_WORDS = ("text", "hint", "tooltip", "missing")
_NAMED = {
    "portal": "Filter",
    "audience": "Filter",
    "destination": "Destination",
    "style": "Style",
    "kind": "Kind",
    "identity": "Identity",
    "reuse": "Reuse",
}
"""Which settings have values that the builder calls by names of their own."""
_TOLD_APART = frozenset({"code", "when", "mandatory", "options", *_QUESTION_WORDS})


@dataclass(frozen=True)
class Difference:
    """One sentence about ``group`` and ``question`` (as the form calls them; empty for the form itself).

    ``before`` and ``after`` are the words of a text that was reworded, in ``language``.
    """

    sentence: str
    group: str = ""
    question: str = ""
    before: str = ""
    after: str = ""
    language: str = ""

    @property
    def reworded(self) -> bool:
        return bool(self.language)


def differences(old: Definition, new: Definition, language: str) -> list[Difference]:
    """Everything in which ``new`` differs from ``old``, said in ``language``, in the order of ``new``."""
    return list(_Comparing(old, new, language).all())


def condition_in_words(condition: Condition, definition: Definition, language: str, depth: int = 0) -> str:
    """``condition`` as part of a sentence: the answer to “Your school” is “Yes” …"""
    match condition:
        case Not(part):
            inner = condition_in_words(part, definition, language, depth + 1)
            return say("send.Condition_Not", language, part=inner)
        case All(parts) | AnyOf(parts):
            joiner = say(f"send.Condition_{type(condition).__name__}", language)
            said = f" {joiner} ".join(
                condition_in_words(part, definition, language, depth + 1) for part in parts
            )
            return f"({said})" if depth and len(parts) > 1 else said
        case Comparison():
            return _comparison(condition, definition, language)


def _comparison(test: Comparison, definition: Definition, language: str) -> str:
    question = definition.question_by_code.get(test.question)
    asked = question.text.in_(language) if question else test.question
    if test.operator == "answered":
        return say(f"send.Condition_answered_{bool(test.value)}", language, question=asked)
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    either = f" {say('send.Condition_AnyOf', language)} "
    said = either.join(f"“{_value(value, question, language)}”" for value in values)
    return say(f"send.Condition_{test.operator}", language, question=asked, value=said)


def _value(value: Any, question: Question | None, language: str) -> str:
    options = KINDS[question.kind].options_of(question) if question and question.kind else ()
    chosen = next((option for option in options if option.id == value), None)
    return chosen.text.in_(language) if chosen else str(value)


class _Comparing:
    def __init__(self, old: Definition, new: Definition, language: str) -> None:
        self.old, self.new, self.language = old, new, language

    def all(self) -> Iterator[Difference]:
        for key in _FORM_WORDS:
            yield from self._words(key, getattr(self.old, key), getattr(self.new, key))
        for each in fields(Definition):
            if each.name not in (*_FORM_WORDS, "code", "groups"):
                yield from self._setting(
                    each.name, getattr(self.old, each.name), getattr(self.new, each.name)
                )
        moved = _moved([g.key for g in self.old.groups], [g.key for g in self.new.groups])
        for group in self.new.groups:
            yield from self._group(group, moved=group.key in moved)
        for group in self.old.groups:
            if group.key not in self.new.group_by_key:
                yield Difference(self._say("GroupDeleted", title=group.title), self._title(group))
            yield from self._deleted(group)

    def _group(self, group: Group, *, moved: bool) -> Iterator[Difference]:
        title, before = self._title(group), self.old.group_by_key.get(group.key)
        if before is None:
            yield Difference(self._say("GroupAdded", title=group.title), title)
        else:
            if moved:
                yield Difference(self._say("GroupMoved", title=group.title), title)
            yield from self._words("title", before.title, group.title, title)
            yield from self._words("guidance", before.guidance, group.guidance, title)
            yield from self._when(before.when, group.when, title)
            yield from self._repeats(before.repeats, group.repeats, title)
        codes = [q.code for q in before.questions] if before else []
        shifted = _moved(codes, [q.code for q in group.questions])
        for question in group.questions:
            yield from self._question(question, group, shifted=question.code in shifted)

    def _question(self, question: Question, group: Group, *, shifted: bool) -> Iterator[Difference]:
        where = (self._title(group), question.text.in_(self.language))
        before = self.old.question_by_code.get(question.code)
        if before is None:
            yield Difference(self._say("Added"), *where)
            return
        home = self.old.group_of[question.code]
        if home.key != group.key:
            yield Difference(self._say("MovedFrom", title=home.title), *where)
        elif shifted:
            yield Difference(self._say("Moved"), *where)
        for key in _QUESTION_WORDS:
            yield from self._words(key, getattr(before, key), getattr(question, key), *where)
        yield from self._mandatory(before.mandatory, question.mandatory, *where)
        yield from self._when(before.when, question.when, *where)
        yield from self._options(before, question, *where)
        for each in fields(Question):
            if each.name not in _TOLD_APART:
                yield from self._setting(
                    each.name, getattr(before, each.name), getattr(question, each.name), *where
                )

    def _deleted(self, group: Group) -> Iterator[Difference]:
        for question in group.questions:
            if question.code not in self.new.question_by_code:
                words = question.text.in_(self.language)
                yield Difference(self._say("Deleted"), self._title(group), words)

    def _words(self, key: str, before: Words, after: Words, *where: str) -> Iterator[Difference]:
        part = say(f"send.Part_{key}", self.language)
        for tongue in ("en", "cy"):
            said, now = before.in_(tongue), after.in_(tongue)
            if said != now:
                name = f"Words_{tongue}" if said and now else f"Words_{'Added' if now else 'Gone'}_{tongue}"
                sentence = self._say(name, part=part)
                group, question = (*where, "", "")[:2]
                yield Difference(sentence, group, question, said, now, tongue)

    def _mandatory(
        self, before: bool | Condition, after: bool | Condition, *where: str
    ) -> Iterator[Difference]:
        if before == after:
            return
        if isinstance(after, bool):
            yield Difference(self._say("Mandatory" if after else "Optional"), *where)
        else:
            rule = condition_in_words(after, self.new, self.language)
            yield Difference(self._say("MandatoryIf", rule=rule), *where)

    def _when(self, before: Condition | None, after: Condition | None, *where: str) -> Iterator[Difference]:
        if before == after:
            return
        old = condition_in_words(before, self.old, self.language) if before else ""
        new = condition_in_words(after, self.new, self.language) if after else ""
        name = "WhenChanged" if old and new else "WhenAdded" if new else "WhenGone"
        yield Difference(self._say(name, before=old, after=new), *where)

    def _options(self, before: Question, after: Question, *where: str) -> Iterator[Difference]:
        known, now = before.option_by_id, after.option_by_id
        for option in after.options:
            if option.id not in known:
                yield Difference(self._say("OptionAdded", option=option.text), *where)
            elif known[option.id] != option:
                yield from self._option(known[option.id], option, *where)
        for option in before.options:
            if option.id not in now:
                yield Difference(self._say("OptionGone", option=option.text), *where)
        if _moved(list(known), list(now)):
            yield Difference(self._say("OptionsMoved"), *where)

    def _option(self, before: Option, after: Option, *where: str) -> Iterator[Difference]:
        yield from self._words("option", before.text, after.text, *where)
        yield from self._words("hint", before.hint, after.hint, *where)
        if before.exclusive != after.exclusive:
            yield from self._setting("exclusive", before.exclusive, after.exclusive, *where)

    def _repeats(self, before: Repeats | None, after: Repeats | None, *where: str) -> Iterator[Difference]:
        if before and after:
            yield from self._words("item", before.item, after.item, *where)
            before = replace(before, item=after.item)
        yield from self._setting("repeats", before, after, *where)

    def _setting(self, name: str, before: Any, after: Any, *where: str) -> Iterator[Difference]:
        if before != after:
            part = say(f"send.Part_{name}", self.language)
            values = {"part": part, "before": self._plain(name, before), "after": self._plain(name, after)}
            yield Difference(self._say("Setting", **values), *where)

    def _plain(self, name: str, value: Any) -> str:
        known = f"administration.Build_{_NAMED.get(name)}_{str(value).replace('-', '_')}"
        if known in catalogue():
            return say(known, self.language)
        match value:
            case bool():
                return self._say("Yes" if value else "No")
            case None | "":
                return self._say("No" if name == "repeats" else "None")
            case 0 if name == "max_length":
                return self._say("None")
            case Repeats():
                return self._say("Repeats", least=value.least, most=value.most)
            case DateBound():
                return self._bound(value)
        return str(value)

    def _bound(self, bound: DateBound) -> str:
        if bound.fixed:
            return date_in(bound.fixed, self.language)
        for unit, count in _spans(bound):
            span = self._say(f"Span_{unit if abs(count) > 1 else unit[:-1]}", count=abs(count))
            return self._say("Before_Today" if count < 0 else "After_Today", span=span)
        return self._say("Today")

    def _title(self, group: Group) -> str:
        return group.title.in_(self.language)

    def _say(self, name: str, **values: Any) -> str:
        said = {key: v.in_(self.language) if isinstance(v, Words) else v for key, v in values.items()}
        return say(f"send.Compare_{name}", self.language, **said)


def _spans(bound: DateBound) -> Iterator[tuple[str, int]]:
    """The distance from today as a count of the largest unit that it was written in."""
    if bound.months:
        yield ("months", bound.months) if bound.months % 12 else ("years", bound.months // 12)
    if bound.days:
        yield ("days", bound.days) if bound.days % 7 else ("weeks", bound.days // 7)


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """What stands in another place among what both have: as little as makes the one order the other."""
    known, now = [one for one in before if one in set(after)], [one for one in after if one in set(before)]
    blocks = SequenceMatcher(None, known, now, autojunk=False).get_matching_blocks()
    kept = {known[block.a + step] for block in blocks for step in range(block.size)}
    return set(now) - kept
