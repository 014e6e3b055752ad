"""What was chosen of a form, as a document."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from guildhall.foundation.documents import Document, Section
from guildhall.foundation.kit import speech
from guildhall.foundation.texts.queries import say

from .printing_choice import Choice
from .printing_panels import Answer, Form, Panel, Part


def document_of(form: Form, chosen: Choice, *, who: str, now: datetime) -> Document:
    """The chosen panels, numbered in sequence (SP-227), with notes pages or guidance as the kind says."""
    panels = [panel for panel in form.panels if panel.key in chosen.panels]
    sections: list[Section] = []
    for number, panel in enumerate(panels, 1):
        first, *more = _panel(panel, number, chosen)
        new_page = bool(sections) and (chosen.breaks or chosen.kind == "notes")
        sections += [replace(first, starts_page=new_page), *more]
    at = timezone.localtime(now)
    return Document(
        title=form.title,
        reference=form.reference,
        language=form.language,
        front=[(say("children.Print_Reference"), form.reference)],
        sections=sections,
        footer=say("children.Print_Printed", day=speech.day(at), time=speech.clock(at), who=who),
        guidance="\n".join(form.guidance) if chosen.kind == "guidance" else "",
    )


def file_name(form: Form, extension: str) -> str:
    """Title and reference (SP-235)."""
    return f"{form.title} {form.reference}.{extension}".replace("/", "-").replace("\\", "-")


def _panel(panel: Panel, number: int, chosen: Choice) -> Iterator[Section]:
    guidance = "\n".join(panel.guidance) if chosen.kind == "guidance" else ""
    heading = f"{number}. {panel.title}"
    plain = [part for part in panel.parts if not part.heading]
    rows = [row for part in plain for row in _rows(part, chosen)]
    empty = not any(part.answers for part in panel.parts)
    yield Section(heading, rows, say("children.Print_Empty") if empty else "", guidance)
    for part in panel.parts:
        if part.heading:
            yield Section(part.heading, list(_rows(part, chosen)), level=3)
    if chosen.kind == "notes":
        yield Section(say("children.Print_Notes", panel=panel.title), starts_page=True)


def _rows(part: Part, chosen: Choice) -> Iterator[tuple[str, list[str]]]:
    for answer in part.answers:
        if answer.key in chosen.questions:
            yield answer.label, _lines(answer)


def _lines(answer: Answer) -> list[str]:
    return answer.lines or [say("children.Panel_NotAnswered")]
