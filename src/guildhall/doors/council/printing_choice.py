"""What an officer chose to print, and how."""

from dataclasses import dataclass, field

from django.http import QueryDict

from guildhall.foundation.texts.queries import say

from .printing_panels import Form, Panel

KINDS = ("normal", "notes", "guidance")
FORMATS = ("docx", "pdf")


@dataclass
class Choice:
    """The keys of the panels and of the questions to print; kind, format, page breaks; what is wrong."""

    panels: set[str]
    questions: set[str]
    kind: str = KINDS[0]
    format: str = FORMATS[0]
    breaks: bool = False
    problems: dict[str, str] = field(default_factory=dict)


def kinds_of(form: Form) -> list[str]:
    """The document types that ``form`` may have: Guidance only where it has notes (SP-230)."""
    return [kind for kind in KINDS if kind != "guidance" or form.guidance]


def everything(form: Form) -> Choice:
    """All of ``form``, as the options first stand."""
    keys = {panel.key for panel in form.panels}
    return Choice(keys, {key for panel in form.panels for key in panel.questions})


def read(data: QueryDict, form: Form) -> Choice:
    """What was chosen; "select" in ``data`` ticks all or nothing and keeps the rest."""
    chosen = everything(form) if data.get("select") == "all" else Choice(set(), set())
    if "select" not in data:
        _read_panels(chosen, data, form)
    chosen.kind, chosen.format = data.get("kind", KINDS[0]), data.get("format", FORMATS[0])
    chosen.breaks = data.get("breaks") == "yes"
    if "select" not in data and not chosen.panels:
        chosen.problems["panels"] = say("children.Print_Error_Nothing")
    if chosen.kind not in kinds_of(form):
        chosen.problems["kind"] = say("children.Print_Error_Kind")
    if chosen.format not in FORMATS:
        chosen.problems["format"] = say("children.Print_Error_Format")
    return chosen


def _read_panels(chosen: Choice, data: QueryDict, form: Form) -> None:
    ticked, was = set(data.getlist("panel")), set(data.getlist("was"))
    asked = set(data.getlist("question"))
    for panel in form.panels:
        questions = _questions(panel, asked, ticked=panel.key in ticked, was=panel.key in was)
        if questions is not None:
            chosen.panels.add(panel.key)
            chosen.questions |= questions


def _questions(panel: Panel, asked: set[str], *, ticked: bool, was: bool) -> set[str] | None:
    """The questions of ``panel`` to print; None when it is left out.

    Without a script the boxes do not move each other. A panel that was drawn ticked and is not ticked now
    was taken out; one that was not is in as soon as any of its questions is (SP-228).
    """
    own = set(panel.questions)
    found = own & asked
    if ticked:
        return found or own
    return found if found and not was else None
