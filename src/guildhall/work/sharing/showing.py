"""A shared form in words: the same for the officer who looks before sharing, its reader, and the printout."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.documents import Document, Section
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.markdown import to_plain
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child


@dataclass(frozen=True)
class Panel:
    """A step of the form, or a row of one that repeats: label and lines of each answer."""

    title: str
    pairs: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Content:
    """What there is to read of a form about ``child``, in ``language``."""

    child: Child
    title: str
    reference: str
    language: str
    panels: list[Panel]


def title_of(submission: Submission, language: str) -> str:
    """The form's title."""
    return forms.definition_of(submission.version_id).title.in_(language)


def content_of(submission: Submission, child: Child, *, language: str, formatted: bool) -> Content:
    """Every answer; where anybody lives is left out for a child whose address is restricted.

    ``formatted``: memos as safe HTML for a page, else as plain lines for a document.
    """
    definition = forms.definition_of(submission.version_id)
    files = submissions.files_of_submission(submission)
    groups = spoken.sections(
        definition,
        submission.answers,
        language,
        lambda code: [each for each in files if each.question == code],
        today=timezone.localdate(submission.sent_at),
        formatted=formatted,
    )
    panels = [_panel(group, definition, hides=child.restricted, formatted=formatted) for group in groups]
    title = definition.title.in_(language)
    return Content(child, title, submission.reference, language, panels)


def document_of(content: Content, *, reader: User, now: datetime) -> Document:
    """The authority's printout of a form, its headings numbered in sequence (SP-227, SP-248)."""
    at, language = timezone.localtime(now), content.language
    front = [(say("send.Shared_Reference", language), content.reference)]
    front.append((say("send.Shared_About", language), content.child.name))
    if content.child.born_on:
        front.append((say("send.Shared_Born", language), speech.day(content.child.born_on)))
    return Document(
        title=content.title,
        reference=content.reference,
        language=language,
        front=front,
        sections=[_section(number, panel, language) for number, panel in enumerate(content.panels, 1)],
        footer=say(
            "send.Shared_Printed",
            language,
            authority=authority.name_of_authority(language),
            who=reader,
            day=speech.day(at),
            time=speech.clock(at),
        ),
    )


def _panel(group: spoken.SpokenGroup, definition: Definition, *, hides: bool, formatted: bool) -> Panel:
    title = f"{group.title}: {group.rows_heading}" if group.rows_heading else group.title
    pairs = []
    for pair in group.pairs:
        lines = pair.lines
        if hides and pair.code in definition.places and lines:
            lines = [say("send.Shared_PlaceHidden")]
        elif definition.question_by_code[pair.code].kind == "memo" and not formatted:
            lines = to_plain("\n".join(lines))
        pairs.append((pair.label, lines))
    return Panel(title, pairs)


def _section(number: int, panel: Panel, language: str) -> Section:
    nothing = say("send.Shared_NotAnswered", language)
    rows = [(label, [str(line) for line in lines] or [nothing]) for label, lines in panel.pairs]
    empty = "" if rows else say("send.Shared_NothingAdded", language)
    return Section(f"{number}. {panel.title}", rows, empty)
