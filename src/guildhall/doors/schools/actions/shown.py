"""Actions as pages show them. One from post that its reader may not see has no words, only its state."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say
from guildhall.work.actions import rules
from guildhall.work.actions.models import Action, Step
from guildhall.work.actions.moves import Move
from guildhall.work.actions.wording import source_words, status_words, word

Source, Status, Act = Action.Source, Action.Status, Step.Act
COLOURS = {
    Status.OPEN: "blue",
    Status.IN_PROGRESS: "yellow",
    Status.DONE: "green",
    Status.CANCELLED: "grey",
}
NAMES = {"title": "Title", "due_on": "DueOn", "source": "Source", "visited_on": "VisitedOn"}


def title_of(one: Any) -> str:
    """What is to be done, for who may read it."""
    return str(one.title) if one.readable else say("schools.Action_Veiled")


def owner_words(one: Any) -> str:
    """Whose it is; who has left is said to have."""
    if one.owner is None:
        return say("schools.Action_NoOwner")
    return say("schools.Action_OwnerGone", name=str(one.owner)) if one.gone else str(one.owner)


def about_of(one: Any) -> tuple[str, str]:
    """What it comes from in words, and its address; nothing of post that its reader may not see."""
    if one.source == Source.VISIT:
        return day(one.visited_on), ""
    if one.source == Source.POST and one.readable:
        return one.posting.title, reverse("schools:post-item", args=[one.posting_id])
    if one.source == Source.CASE:
        return one.case.reference, reverse("schools:case", args=[one.case_id])
    return "", ""


def row_of(one: Any, today: date) -> dict[str, Any]:
    """One line of the list."""
    about, about_href = about_of(one)
    return {
        "action": one,
        "title": title_of(one),
        "href": reverse("schools:action", args=[one.pk]) if one.readable else "",
        "source": source_words(one.source),
        "about": about,
        "about_href": about_href,
        "owner": owner_words(one),
        "late": one.late(today),
        "status": status_words(one.status),
        "colour": COLOURS[one.status],
    }


def line_of(one: Any, today: date) -> list[str]:
    """One line of the spreadsheet, as sheets.COLUMNS."""
    row = row_of(one, today)
    closed = timezone.localdate(one.closed_at).isoformat() if one.closed_at else ""
    return [
        *(row["title"], row["source"], row["about"], row["owner"], one.due_on.isoformat()),
        *(say("schools.Yes") if row["late"] else "", row["status"]),
        *(timezone.localdate(one.made_at).isoformat(), closed, one.reason if one.readable else ""),
    ]


def moves_of(one: Action) -> dict[str, bool]:
    """What may be done about it now."""
    return {
        "may_start": rules.can(one, Move.START),
        "may_stop": rules.can(one, Move.STOP),
        "may_finish": rules.can(one, Move.FINISH),
        "may_cancel": rules.can(one, Move.CANCEL),
        "may_reopen": rules.can(one, Move.REOPEN),
        "may_change": rules.may_change(one),
    }


def step_of(step: Step) -> dict[str, Any]:
    """A line of the history in words."""
    return {
        "step": step,
        "words": _did(step),
        "note": step.words,
        "changes": [_changed(name, *pair) for name, pair in step.changes.items() if name in NAMES],
    }


def _did(step: Step) -> str:
    _, after = step.changes.get("owner", (None, None))
    if step.act == Act.MADE and after is None:
        return say("schools.ActionStep_MadeForSchool", by=str(step.by))
    return say(f"schools.ActionStep_{word(step.act)}", by=str(step.by), owner=after or "")


def _changed(name: str, before: Any, after: Any) -> dict[str, str]:
    return {
        "name": say(f"schools.Action_{NAMES[name]}"),
        "before": _spoken(name, before),
        "after": _spoken(name, after),
    }


def _spoken(name: str, value: Any) -> str:
    if not value:
        return "-"
    if name in {"due_on", "visited_on"}:
        return day(date.fromisoformat(value))
    return source_words(value) if name == "source" else str(value)
