"""What an officer asks the list of forms for: filters and order. Nothing here reads the request."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from guildhall.people.accounts.models import User

from .models import Case
from .moves import ACTIONABLE

# Key of a heading → the column that it sorts by (SP-184). Nothing else may be asked for.
COLUMNS: dict[str, str] = {
    "form": "form_title",
    "submitter": "submitter_name",
    "child": "child_name",
    "born": "child_born_on",
    "received": "received_at",
    "reference": "reference",
    "status": "status",
}
FIRST_COME = "received"

# Of what is counted and can be paged through: who needs more, filters. A count is then cheap at any size.
MOST = 10_000

TO_DO, EVERY, ANSWERED = "", "all", "answered"
STATUSES = (TO_DO, EVERY, ANSWERED, *Case.Status.values)

ANYBODY, MINE, NOBODY = "", "mine", "nobody"
ASSIGNED = (ANYBODY, MINE, NOBODY)


@dataclass(frozen=True)
class Asked:
    """The filters of a list. ``kind`` is a form's code; ``start`` and ``end`` are inclusive local days.

    ``status``: TO_DO (forms that can be actioned), EVERY, ANSWERED (with an unread answer) or a status.
    ``assigned``: to ANYBODY or nobody, MINE (to the officer who asks) or NOBODY.
    """

    kind: str = ""
    start: date | None = None
    end: date | None = None
    status: str = TO_DO
    assigned: str = ANYBODY


def narrowed(cases: QuerySet[Case], asked: Asked, *, officer: User) -> QuerySet[Case]:
    """The ones of ``cases`` that fit what ``officer`` asked for (SP-183, SP-185, SP-186)."""
    if asked.status == TO_DO:
        cases = cases.filter(status__in=ACTIONABLE)
    elif asked.status == ANSWERED:
        # These are few; asked for by id, no database walks through all the others in order.
        answered = cases.filter(answered_at__isnull=False).values_list("pk", flat=True)
        cases = cases.filter(pk__in=list(answered[:MOST]))
    elif asked.status != EVERY:
        cases = cases.filter(status=asked.status)
    if asked.assigned != ANYBODY:
        cases = cases.filter(owner=officer if asked.assigned == MINE else None)
    if asked.kind:
        cases = cases.filter(form_code=asked.kind)
    if asked.start:
        cases = cases.filter(received_at__gte=_midnight(asked.start))
    if asked.end:
        cases = cases.filter(received_at__lt=_midnight(asked.end + timedelta(days=1)))
    return cases


def ordered(cases: QuerySet[Case], sort: str, *, language: str) -> QuerySet[Case]:
    """``cases`` by a key of COLUMNS ("-key" for descending), the same order every time."""
    column = COLUMNS[sort.removeprefix("-")]
    if column == "form_title" and language == "cy":
        column = "form_title_cy"
    down = "-" if sort.startswith("-") else ""
    return cases.order_by(f"{down}{column}", f"{down}id")


def rows_of(cases: QuerySet[Case], first: int, last: int) -> list[Case]:
    """The rows from ``first`` up to, not including, ``last``, of ordered ``cases``.

    The ids come first, from an index; the rows themselves are then read for these alone.
    """
    ids = list(cases.values_list("pk", flat=True)[first:last])
    found = Case.objects.select_related("owner").in_bulk(ids)
    return [found[each] for each in ids]


def count_of(cases: QuerySet[Case]) -> int:
    """How many ``cases`` there are, up to MOST + 1, which stands for more."""
    return cases.order_by()[: MOST + 1].count()


def _midnight(day: date) -> datetime:
    """The moment at which ``day`` begins where the authority is."""
    return timezone.make_aware(datetime.combine(day, time.min))
