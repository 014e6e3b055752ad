"""What a form is made of, once its definition has been read: frozen, so that one copy serves everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .bounds import DateBound
from .conditions import Condition, comparisons_in

LANGUAGES = ("en", "cy")
RESERVED_KEYS = frozenset({"summary", "new"})
"""Words that stand in addresses where the key of a group does, so that no group can be called so."""


@dataclass(frozen=True)
class Words:
    """The same words in English and in Welsh. Empty words count as false."""

    en: str = ""
    cy: str = ""

    def in_(self, language: str) -> str:
        return self.cy if language.startswith("cy") else self.en

    def __bool__(self) -> bool:
        return bool(self.en)


NO_WORDS = Words()


@dataclass(frozen=True)
class Option:
    """One answer that may be chosen. ``id`` is stored and never changes; ``exclusive`` is "none of these"."""

    id: str
    text: Words
    hint: Words = NO_WORDS
    exclusive: bool = False


@dataclass(frozen=True)
class Question:
    """A question of a form. ``kind`` names the class in ``kinds`` that owns all that follows from it.

    ``mandatory`` is a yes, a no or a condition; ``missing`` are the words shown when it has no answer.
    ``minimum`` and ``maximum`` bound numbers and dates. ``identity`` is the part of the subject's
    identity that the answer gives. ``reuse`` is ask, suggest or fill.
    """

    code: str
    kind: str
    text: Words
    hint: Words = NO_WORDS
    tooltip: Words = NO_WORDS
    missing: Words = NO_WORDS
    mandatory: bool | Condition = False
    when: Condition | None = None
    max_length: int = 0
    minimum: Decimal | DateBound | None = None
    maximum: Decimal | DateBound | None = None
    decimals: int = 2
    multiple: bool = False
    most: int = 1
    spell_check: bool = False
    options: tuple[Option, ...] = ()
    identity: str = ""
    chronology: bool = False
    reportable: bool = False
    reuse: str = "ask"
    inherit_multiple: bool = False

    @cached_property
    def field_id(self) -> str:
        """The name and id of the input on the page."""
        return f"q-{self.code.lower()}"

    @cached_property
    def option_by_id(self) -> Mapping[str, Option]:
        return {option.id: option for option in self.options}


@dataclass(frozen=True)
class Repeats:
    """How often a group is answered, and what one of its rows is called ("parent or carer")."""

    least: int
    most: int
    item: Words


@dataclass(frozen=True)
class Group:
    """A question group: one step of the form. ``key`` is its place in the address."""

    key: str
    number: int
    title: Words
    guidance: Words = NO_WORDS
    repeats: Repeats | None = None
    when: Condition | None = None
    questions: tuple[Question, ...] = ()

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of question that the group asks."""
        return frozenset(question.kind for question in self.questions)

    @cached_property
    def deciding(self) -> tuple[Question, ...]:
        """The questions on whose answers others of the group depend."""
        rules = [rule for question in self.questions for rule in (question.when, question.mandatory)]
        codes = {one.question for rule in rules for one in comparisons_in(rule)}
        return tuple(question for question in self.questions if question.code in codes)


@dataclass(frozen=True)
class Definition:
    """A form as published. ``groups`` are in the order of their numbers."""

    code: str
    title: Words
    subtitle: Words
    description: Words
    portal: str
    audience: str
    style: str
    destination: str
    guidance: Words
    declaration: Words
    open_overview: bool
    emergency: bool
    groups: tuple[Group, ...]

    @cached_property
    def group_by_key(self) -> Mapping[str, Group]:
        return {group.key: group for group in self.groups}

    @cached_property
    def question_by_code(self) -> Mapping[str, Question]:
        return {question.code: question for group in self.groups for question in group.questions}

    @cached_property
    def group_of(self) -> Mapping[str, Group]:
        """The group of each question, by the question's code."""
        return {question.code: group for group in self.groups for question in group.questions}

    @cached_property
    def about_somebody(self) -> bool:
        """Whether the form asks who it is about; a census of places does not."""
        return any(question.identity for question in self.question_by_code.values())

    @cached_property
    def reportable(self) -> frozenset[str]:
        """The codes of the questions that figures are counted from."""
        return frozenset(code for code, question in self.question_by_code.items() if question.reportable)

    @cached_property
    def places(self) -> frozenset[str]:
        """The codes of the questions that ask where somebody lives, which is hidden for some children."""
        asked = self.question_by_code.items()
        return frozenset(code for code, question in asked if question.kind in {"address", "postcode"})

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of question that the form asks."""
        return frozenset[str]().union(*(group.kinds for group in self.groups))
