"""The panels of a form as they are printed: the dates, the subject, then the steps of the form."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.markdown import to_lines, to_plain
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.children.models import Child
from guildhall.records.children.rules import may_see_address
from guildhall.records.chronology.models import Entry

from .children_pages import Panel as ShownPanel
from .children_pages import dates_panel, subject_panel


@dataclass(frozen=True)
class Answer:
    """A question with its answer as lines. ``key`` is the same for a question in every row of a step."""

    key: str
    label: str
    lines: list[str]


@dataclass(frozen=True)
class Part:
    """The answers under one heading; "" where they stand under the panel's own."""

    heading: str
    answers: list[Answer]


@dataclass(frozen=True)
class Panel:
    """A panel by its number on the chronology (SP-219), with its guidance notes as plain lines."""

    key: str
    title: str
    parts: list[Part] = field(default_factory=list)
    guidance: list[str] = field(default_factory=list)

    @property
    def questions(self) -> dict[str, str]:
        """Key → label of each question, once."""
        return {answer.key: answer.label for part in self.parts for answer in part.answers}


@dataclass(frozen=True)
class Form:
    """What may be printed of a form; ``guidance`` are the notes of the form itself, none for no notes."""

    title: str
    reference: str
    language: str
    panels: list[Panel]
    guidance: list[str]


def form_of(
    submission: Submission, entry: Entry, *, child: Child | None, holder: Holder, language: str
) -> Form:
    """``submission`` as ``holder`` sees it; with ``child``, a record that may hide where the child lives."""
    definition = forms.definition_of(submission.version_id)
    hides = child is not None and not may_see_address(child, holder)
    first = [dates_panel(entry, submission), subject_panel(entry, child, holder)]
    return Form(
        title=definition.title.in_(language),
        reference=submission.reference,
        language=language,
        panels=[*map(_plain, first), *_steps(submission, definition, language, hides=hides)],
        guidance=to_lines(definition.guidance.in_(language)),
    )


def _plain(shown: ShownPanel) -> Panel:
    answers = [
        Answer(f"{shown.number}:{count}", label, list(lines))
        for count, (label, lines) in enumerate(shown.pairs)
    ]
    return Panel(shown.number, shown.title, [Part("", answers)])


def _steps(submission: Submission, definition: Definition, language: str, *, hides: bool) -> Iterable[Panel]:
    files = submissions.files_of_submission(submission)
    groups = spoken.sections(
        definition,
        submission.answers,
        language,
        lambda code: [each for each in files if each.question == code],
        today=timezone.localdate(submission.sent_at),
    )
    hidden = definition.places if hides else frozenset[str]()
    places: dict[str, list[spoken.SpokenGroup]] = {}
    for group in groups:
        places.setdefault(group.place, []).append(group)
    for number, (place, rows) in enumerate(places.items(), 2):
        key = f"{number:03}"
        guidance = to_lines(definition.group_by_key[place].guidance.in_(language))
        parts = [Part(row.rows_heading, _answers(row, key, definition, hidden)) for row in rows]
        yield Panel(key, rows[0].title, parts, guidance)


def _answers(
    row: spoken.SpokenGroup, key: str, definition: Definition, hidden: frozenset[str]
) -> list[Answer]:
    return [Answer(f"{key}:{pair.code}", pair.label, _lines(pair, definition, hidden)) for pair in row.pairs]


def _lines(pair: spoken.Spoken, definition: Definition, hidden: frozenset[str]) -> list[str]:
    if pair.code in hidden and pair.lines:
        return [say("matching.Hidden")]
    if definition.question_by_code[pair.code].kind == "memo":
        return to_plain("\n".join(pair.lines))
    return [str(line) for line in pair.lines]
