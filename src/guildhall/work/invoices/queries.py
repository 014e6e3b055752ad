"""Reading batches and what is not sent yet, starting from who asks."""

from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from guildhall.foundation.access.holder import Holder
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities import queries as responsibilities

from . import rules
from .models import Batch, CostCode, Event, Line, Upload

State = Batch.State
NEWEST = 50
_FAR = Case(*(When(state=state, then=far) for far, state in enumerate(State.values)))
SORTS: dict[str, tuple[Any, ...]] = {
    "sent": (F("sent_at"),),
    "reference": (F("reference"),),
    "school": (F("school__name"), "sent_at"),
    "count": (F("count"), "sent_at"),
    "gross": (F("gross"), "sent_at"),
    "state": (_FAR, "sent_at"),
}


def sends(holder: Holder, school_id: int) -> bool:
    """Whether ``holder`` sends invoices for the school: a supervisor, or responsible for what opens this."""
    return school_id in holder.supervised or responsibilities.opens(holder, school_id, rules.SYSTEM)


def batches_of(holder: Holder, school_id: int, *, sort: str = "-sent") -> QuerySet[Batch]:
    """What a school has sent, for whoever sends it."""
    if not sends(holder, school_id):
        return Batch.objects.none()
    return _sorted(_batches().filter(school_id=school_id), sort)


def all_batches(holder: Holder, *, sort: str = "sent") -> QuerySet[Batch]:
    """What every school has sent, for the council's finance team."""
    return _sorted(_batches(), sort) if rules.handles(holder) else Batch.objects.none()


def _batches() -> QuerySet[Batch]:
    return Batch.objects.select_related("school", "sent_by", "closed_by")


def _sorted(rows: QuerySet[Batch], sort: str) -> QuerySet[Batch]:
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["sent"])
    way = first.desc() if sort.startswith("-") else first.asc()
    return rows.order_by(way, *rest, "pk")


def waiting_count(holder: Holder) -> int:
    """How many batches nobody of the finance team has dealt with."""
    return all_batches(holder).filter(state__in=[State.SENT, State.TAKEN]).count()


def schools_with(holder: Holder) -> QuerySet[Establishment]:
    """The schools that have sent something, by name, for the finance team."""
    sent = all_batches(holder).order_by().values("school")
    return Establishment.objects.filter(pk__in=sent).order_by("name", "pk")


def lines_of(batch: Batch) -> QuerySet[Line]:
    """The invoices of a batch, in the order of its file."""
    return Line.objects.filter(batch=batch).order_by("position", "pk")


def marked_first(lines: QuerySet[Line]) -> QuerySet[Line]:
    """The same lines, those first that the council says something is wrong with."""
    wrong = Case(When(problem="", then=1), default=0)
    return lines.order_by(wrong, "position", "pk")


def among(batches: QuerySet[Batch], words: str) -> QuerySet[Batch]:
    """Those whose reference, file, school or an invoice of theirs has ``words`` in it."""
    lines = Line.objects.filter(Q(number__iexact=words) | Q(supplier__icontains=words))
    sought = Q(reference__icontains=words) | Q(file_name__icontains=words) | Q(school__name__icontains=words)
    return batches.filter(sought | Q(pk__in=lines.values("batch")))


def events_of(batch: Batch) -> list[Event]:
    """What happened to a batch, in order."""
    return list(Event.objects.filter(batch=batch).select_related("by").order_by("at", "pk"))


def uploads_of(holder: Holder, school_id: int) -> QuerySet[Upload]:
    """What was read in at a school and is not sent, newest first, for whoever sends its invoices."""
    return files_of(holder, school_id).filter(batch=None).defer("rows")


def files_of(holder: Holder, school_id: int) -> QuerySet[Upload]:
    """The same with those that were sent."""
    if not sends(holder, school_id):
        return Upload.objects.none()
    rows = Upload.objects.filter(school_id=school_id).select_related("by", "batch")
    return rows.order_by("-read_at", "-pk")


def answered_to(user: User, school_id: int) -> list[Batch]:
    """The newest batches that ``user`` sent for a school and the council returned or accepted."""
    rows = Batch.objects.filter(school_id=school_id, sent_by=user)
    return list(
        rows.filter(state__in=[State.RETURNED, State.ACCEPTED]).order_by("-closed_at", "-pk")[:NEWEST]
    )


def codes() -> QuerySet[CostCode]:
    """The cost codes that the authority takes; none of them: it takes every code."""
    return CostCode.objects.order_by("code", "pk")


def codes_among(words: str) -> QuerySet[CostCode]:
    """The codes in which, or in whose names, ``words`` are found."""
    return codes().filter(Q(code__icontains=words) | Q(name__icontains=words))
