"""What every kind of question can do, and what passes between it and the rest of the forms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from django.http import QueryDict
from django.utils.safestring import SafeString

from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import scrub
from guildhall.foundation.texts import queries as texts

from ..shape import Option, Question, Words
from ..wording import date_in

# What a person sees nothing of: spaces of every width, joiners, marks of direction.
_UNSEEN = (
    "".join(filter(str.isspace, map(chr, range(0x3001))))
    + "\xad\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164"
)


class HeldFile(Protocol):
    """An uploaded file, as much of it as a form shows."""

    @property
    def id(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def bytes(self) -> int: ...


class Establishment(Protocol):
    """A school or setting of the register."""

    @property
    def urn(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def town(self) -> str: ...
    @property
    def postcode(self) -> str: ...


@dataclass(frozen=True)
class Context:
    """What checking an answer may need besides the answer.

    ``establishments`` finds establishments by name or URN; without it a name is taken as written.
    """

    today: date
    establishments: Callable[[str], Sequence[Establishment]] | None = None


class Problem(Exception):
    """An answer that cannot be taken: a text of the catalogue, said in the reader's language.

    ``part`` names the input within the question (``day``, ``postcode``) that the problem is about.
    ``absent``: there is no answer at all, for which the question may have words of its own.
    """

    def __init__(
        self, text: str, question: Question, *, part: str = "", absent: bool = False, **values: Any
    ) -> None:
        super().__init__(text)
        self.text = text
        self.question = question
        self.part = part
        self.absent = absent
        self.values = values

    @property
    def field_id(self) -> str:
        """The id of the input the problem is beside."""
        return f"{self.question.field_id}-{self.part}" if self.part else self.question.field_id

    def say(self, language: str | None = None) -> str:
        """The problem and how to put it right; in the language of the request unless given."""
        language = language or active_language()
        if self.absent and self.question.missing:
            return self.question.missing.in_(language)
        values = {name: _said(value, language) for name, value in self.values.items()}
        name = f"shared.Error_Answer_{self.text}"
        return texts.say(name, language, question=self.question.text.in_(language), **values)


def _said(value: Any, language: str) -> str:
    if isinstance(value, date):
        return date_in(value, language)
    return value.in_(language) if isinstance(value, Words) else str(value)


@dataclass(frozen=True)
class Entry:
    """One question as it is to be drawn: ``value`` is an answer, what was typed, or None.

    ``stars``: the page marks what must be answered with a star, instead of what may be left out.
    """

    question: Question
    language: str
    value: Any = None
    problem: str = ""
    problem_part: str = ""
    files: Sequence[HeldFile] = ()
    page_heading: bool = False
    required: bool = False
    stars: bool = False
    establishments: Callable[[str], Sequence[Establishment]] | None = None

    @property
    def optional(self) -> bool:
        """Whether the page says that nobody has to answer; one with stars says who has to instead."""
        return not self.required and not self.stars

    @property
    def words(self) -> str:
        return self.question.text.in_(self.language)

    @property
    def field(self) -> Field:
        """The question as the kit takes it."""
        question = self.question
        return Field(
            name=question.field_id,
            label=self.words,
            hint=question.hint.in_(self.language),
            tooltip=question.tooltip.in_(self.language),
            problem=self.problem,
            required=self.required,
            optional=self.optional,
            page_heading=self.page_heading,
        )


class Kind:
    """One kind of question. Values are JSON; None is no answer.

    ``takes`` lists the definition keys that only some kinds have, ``nature`` says what conditions may
    compare, ``longest`` is the length allowed when the definition gives none. ``posted``: the answer is in
    what a page posts. ``missing`` names the words for no answer, ``missing_part`` the input they are beside.
    """

    name: ClassVar[str]
    takes: ClassVar[frozenset[str]] = frozenset()
    nature: ClassVar[str] = "other"
    longest: ClassVar[int] = 0
    answerable: ClassVar[bool] = True
    posted: ClassVar[bool] = True
    missing: ClassVar[str] = "Missing"
    missing_part: ClassVar[str] = ""

    def options_of(self, question: Question) -> Sequence[Option]:
        """The answers that may be chosen."""
        return question.options

    def read(self, data: QueryDict, question: Question) -> Any:
        """What was typed, as posted, without what cannot be stored."""
        return scrub(data.get(question.field_id, ""))

    def is_blank(self, raw: Any) -> bool:
        return raw is None or (isinstance(raw, str) and not raw.strip(_UNSEEN))

    def check(self, raw: Any, question: Question, context: Context) -> Any:
        """The answer that ``raw`` stands for; an answer stands for itself. Raises Problem."""
        raise NotImplementedError

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        """The answer in words, as lines."""
        raise NotImplementedError

    def show(self, value: Any, question: Question, language: str) -> list[str]:
        """The answer in words for a page, where a line may be safe HTML."""
        return self.speak(value, question, language)

    def render(self, entry: Entry) -> SafeString:
        """The field, filled in, with its problem beside it."""
        raise NotImplementedError
