"""Pupils and amendments as pages show them, at the schools' door and at the council's."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.pagination import Page, page_of, sorting_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.work.meals import queries, sheets
from guildhall.work.meals.details import DAYS, FIELDS, Details, changed_fields, details_of
from guildhall.work.meals.models import Amendment, Pupil
from guildhall.work.meals.wording import field_name, kind_name, source_name, year_name

Kind, State = Amendment.Kind, Amendment.State
COLOURS = {
    State.WAITING: "yellow",
    State.SENT: "blue",
    State.ACCEPTED: "green",
    State.REFUSED: "red",
    State.WITHDRAWN: "grey",
}
PER_PAGE, WHOLE = 50, 5_000


def list_page(request: HttpRequest, pupils: QuerySet[Pupil]) -> dict[str, Any]:
    """A list as it was searched: a page of it, or with ?whole everybody; the reading is kept."""
    words = one_line(request.GET.get("pupil"))[:100]
    found = queries.among(pupils, words) if words else pupils
    shown = page_of(found, request, WHOLE if "whole" in request.GET else PER_PAGE)
    looked_at(request, shown, "list")
    return {
        "page": shown,
        "sorting": sorting_of(request, among=tuple(queries.SORTS), default="name"),
        "rows": [pupil_row(one) for one in shown],
        "words": words,
    }


def sorted_as_asked(request: HttpRequest) -> str:
    """The key of queries.SORTS that the request asks for."""
    return sorting_of(request, among=tuple(queries.SORTS), default="name").current


def sheet(request: HttpRequest, pupils: Iterable[Pupil]) -> HttpResponse:
    """A list as a spreadsheet to take away; the reading is kept."""
    found = list(pupils)
    looked_at(request, found, "export")
    return taken_away(sheets.sheet_of(found), "xlsx", say("schools.Meals_FileName"))


def looked_at(request: HttpRequest, pupils: Iterable[Pupil] | Page[Pupil], surface: str) -> None:
    """Keep that the children of these were read, by the authority's record where there is one."""
    found = list(pupils)
    detail = {"shown": [one.child_id for one in found if one.child_id], "pupils": [one.pk for one in found]}
    audit.looked(request, about=("children", "list"), surface=surface, detail=detail)


def looked_at_one(request: HttpRequest, about: Pupil | Amendment) -> None:
    """Keep that the child of a pupil, or of an amendment, was read."""
    pupil = about if isinstance(about, Pupil) else about.pupil
    audit.looked(request, about=about, child=pupil.child_id if pupil else None)


def pupil_row(one: Pupil) -> dict[str, Any]:
    """One line of a list."""
    return {
        "pupil": one,
        "year": year_name(one.year_group),
        "kind": kind_name(one.kind),
        "source": source_name(one.source),
    }


def pupil_facts(one: Pupil) -> list[dict[str, str]]:
    """What the list says of a pupil, as rows of a summary."""
    return _facts(details_of(one))


def _facts(details: Details) -> list[dict[str, str]]:
    return [{"key": field_name(name), "value": _spoken(name, details)} for name in FIELDS]


def amendment_row(one: Amendment) -> dict[str, Any]:
    """One line of what was asked."""
    return {
        "amendment": one,
        "heading": heading_of(one),
        "state": say(f"schools.Amendment_State_{one.state.title()}"),
        "colour": COLOURS[State(one.state)],
        "asked": _by(one.asked_by, one.asked_at),
        "authorised": _authorised(one),
        "answer": one.answer,
    }


def heading_of(one: Amendment) -> str:
    """What is asked, with the name of the pupil."""
    return say(f"schools.Amendment_Heading_{one.kind.title()}", name=_name(one))


def _name(one: Amendment) -> str:
    told = one.before or one.details
    return f"{told['forename']} {told['surname']}"


def amendment_page(one: Amendment) -> dict[str, Any]:
    """One amendment: what it changes, who asked and decided, and how far it has come."""
    row = amendment_row(one)
    facts = _facts(Details.from_json(one.before or one.details))
    compared = _compared(one) if one.kind == Kind.CHANGE else []
    return row | {"rows": _steps(one, row), "facts": facts, "compared": compared}


def _steps(one: Amendment, row: dict[str, Any]) -> list[dict[str, str]]:
    told = [("Asked", row["asked"]), ("Reason", one.reason), ("Authorised", row["authorised"])]
    if one.closed_by and one.closed_at:
        told.append((one.state.title(), _by(one.closed_by, one.closed_at)))
    if one.answer:
        told.append(("Answer", one.answer))
    return [{"key": say(f"schools.Amendment_{name}"), "value": value} for name, value in told]


def _authorised(one: Amendment) -> str:
    if one.authorised_by and one.authorised_at:
        return _by(one.authorised_by, one.authorised_at)
    if one.sent_at:
        return say("schools.Amendment_NotNeeded")
    return say("schools.Amendment_NotYet") if one.is_open else "-"


def _by(user: User, at: datetime) -> str:
    return say("schools.Amendment_By", name=str(user), day=speech.day(timezone.localtime(at)))


def _compared(one: Amendment) -> list[dict[str, Any]]:
    """Field by field what the list said and what the school asks for."""
    before, after = Details.from_json(one.before), Details.from_json(one.details)
    changed = changed_fields(before, after)
    return [
        {
            "name": field_name(name),
            "before": _spoken(name, before),
            "after": _spoken(name, after),
            "changed": name in changed,
        }
        for name in FIELDS
    ]


def _spoken(name: str, details: Details) -> str:
    value = getattr(details, name)
    if not value:
        return say("schools.Amendment_Empty")
    if name in DAYS:
        assert isinstance(value, date)
        return speech.day(value)
    if name == "year_group":
        return year_name(value)
    return kind_name(value) if name == "kind" else str(value)
