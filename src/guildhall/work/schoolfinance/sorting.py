"""In which order lists of statements and returns stand, by the column that somebody chose."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Case, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Lower

from guildhall.foundation.kit.speech import active_language

from .models import Return, Version

Row = TypeVar("Row", bound=Model)
State = Return.State
STATEMENTS: Mapping[str, Any] = {
    "school": F("school__name"),
    "income": F("income"),
    "spent": F("spent"),
    "net": F("income") - F("spent"),
}
COUNTED: Mapping[str, Any] = {
    "due": F("due_on"),
    **{one: F(one) for one in ("schools", "sent", "back", "late")},
}


def asked_columns() -> dict[str, Any]:
    """The columns of what was asked for; titles go by the language of the page."""
    return {"title": _called("title"), **COUNTED}


def return_columns(today: date) -> dict[str, Any]:
    """The columns of returns: what is late comes before what is to correct, to send, and sent."""
    late = Q(asked__due_on__lt=today) & ~Q(state=State.SENT)
    state = Case(
        When(late, then=Value(0)),
        When(state=State.BACK, then=Value(1)),
        When(state=State.OPEN, then=Value(2)),
        default=Value(3),
    )
    sent = Version.objects.filter(of=OuterRef("pk")).order_by("-number").values("sent_at")[:1]
    return {
        "title": _called("asked__title"),
        "school": F("school__name"),
        "due": F("asked__due_on"),
        "state": state,
        "sent": Subquery(sent),
    }


def _called(words: str) -> Lower:
    return Lower(KeyTextTransform(active_language(), words))


def in_order(rows: QuerySet[Row], columns: Mapping[str, Any], sort: str) -> QuerySet[Row]:
    """``rows`` by one of ``columns``, or by it backwards where ``sort`` begins with "-"."""
    column = columns[sort.removeprefix("-")]
    backwards = sort.startswith("-")
    return rows.order_by(column.desc(nulls_last=True) if backwards else column.asc(nulls_last=True), "pk")
