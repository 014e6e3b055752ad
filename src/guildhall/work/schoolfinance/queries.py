"""Reading statements and returns, starting from who asks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit.models import Entry
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.people.responsibilities.models import Assignment

from . import rules
from .models import Asked, Line, Return, Statement, Upload, Version

State = Return.State
NEWEST = 50
READ = "schoolfinance.statement_read"
STATES = ("open", "late", "sent", "back")
CONDITIONS = ("published", "corrected", "withdrawn")
_AT_ONCE = 500
_NOTHING = Decimal(0)


def reads(holder: Holder, school_id: int) -> bool:
    """Whether a responsibility of ``holder`` at the school opens its statements and returns."""
    return responsibilities.opens(holder, school_id, rules.SYSTEM)


def readers_of(school_ids: Collection[int]) -> dict[int, list[User]]:
    """School → who can sign in and read there; one statement for each 500 schools."""
    found: dict[int, dict[int, User]] = {}
    wanted = sorted(school_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Assignment.objects.filter(
            place__school_id__in=wanted[start : start + _AT_ONCE],
            place__membership__ended_at=None,
            place__membership__locked_at=None,
            place__user__state=User.State.ACTIVE,
            responsibility__retired_at=None,
        )
        for one in rows.select_related("place__user", "responsibility").order_by("place"):
            if rules.SYSTEM in one.responsibility.systems:
                found.setdefault(one.place.school_id, {})[one.place.user_id] = one.place.user
    return {pk: list(people.values()) for pk, people in found.items()}


# Statements.


def _statements() -> QuerySet[Statement]:
    income, spent = Q(lines__kind=Line.Kind.INCOME), Q(lines__kind=Line.Kind.EXPENDITURE)
    return Statement.objects.select_related("school", "published_by", "withdrawn_by").annotate(
        income=Coalesce(Sum("lines__actual", filter=income), _NOTHING),
        spent=Coalesce(Sum("lines__actual", filter=spent), _NOTHING),
    )


def statements_of(holder: Holder, school_id: int) -> QuerySet[Statement]:
    """What a school reads of its statements, the newest month first: each month's newest version."""
    return versions_at(holder, school_id).filter(current=True)


def versions_at(holder: Holder, school_id: int) -> QuerySet[Statement]:
    """The same with the earlier versions of months whose newest version was not withdrawn."""
    if not reads(holder, school_id):
        return Statement.objects.none()
    own = Statement.objects.filter(school_id=school_id)
    gone = own.filter(current=True, withdrawn_at__isnull=False).values("month")
    rows = _statements().filter(school_id=school_id, withdrawn_at=None).exclude(month__in=gone)
    return rows.order_by("-month", "-version")


def all_statements(holder: Holder) -> QuerySet[Statement]:
    """Every version of every school's statements, for the council's finance team."""
    return _statements() if rules.handles(holder) else Statement.objects.none()


def month_of(holder: Holder, month: date) -> QuerySet[Statement]:
    """The newest versions of a month by name of the school, for the finance team."""
    rows = all_statements(holder).filter(month=month, current=True)
    return rows.order_by("school__name", "school_id")


def without(holder: Holder, month: date) -> QuerySet[Establishment]:
    """Open schools of which nothing was published for a month."""
    if not rules.handles(holder):
        return Establishment.objects.none()
    known = Statement.objects.filter(month=month, current=True).values("school")
    return Establishment.objects.filter(closed_on=None).exclude(pk__in=known).order_by("name", "pk")


@dataclass(frozen=True)
class Month:
    """A month of statements: how many schools have one, were corrected or withdrawn, and have looked."""

    month: date
    schools: int
    corrected: int
    withdrawn: int
    published_at: datetime
    looked: int


def months(holder: Holder) -> list[Month]:
    """The months of which something was published, the newest first; two statements."""
    if not rules.handles(holder):
        return []
    rows = (
        Statement.objects.filter(current=True)
        .values("month")
        .annotate(
            schools=Count("pk"),
            corrected=Count("pk", filter=Q(version__gt=1)),
            withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
            latest=Max("published_at"),
        )
        .order_by("-month")[: rules.MONTHS_BACK]
    )
    counted = list(rows)
    oldest = counted[-1]["month"] if counted else None
    current = (
        Statement.objects.filter(current=True, month__gte=oldest) if oldest else Statement.objects.none()
    )
    month_by_pk = dict(current.values_list("pk", "month"))
    seen = lookers(month_by_pk)
    looked: dict[date, int] = {}
    for pk in seen:
        looked[month_by_pk[pk]] = looked.get(month_by_pk[pk], 0) + 1
    return [
        Month(
            one["month"],
            one["schools"],
            one["corrected"],
            one["withdrawn"],
            one["latest"],
            looked.get(one["month"], 0),
        )
        for one in counted
    ]


def lookers(statements: Iterable[int]) -> dict[int, list[str]]:
    """Statement → the names of those of the school who have looked at it, in order, from the audit."""
    keys, found = [str(pk) for pk in statements], dict[int, list[str]]()
    for start in range(0, len(keys), _AT_ONCE):
        rows = Entry.objects.filter(
            about_kind="schoolfinance.statement", about_id__in=keys[start : start + _AT_ONCE], verb=READ
        )
        for about, name in rows.order_by("about_id", "by_name").values_list("about_id", "by_name").distinct():
            found.setdefault(int(about), []).append(name)
    return found


def history_of(statement: Statement) -> QuerySet[Statement]:
    """Every version of a school's month, the newest first."""
    rows = Statement.objects.filter(school_id=statement.school_id, month=statement.month)
    return rows.select_related("published_by", "withdrawn_by").order_by("-version")


def in_condition(rows: QuerySet[Statement], condition: str) -> QuerySet[Statement]:
    """Those of ``rows`` in one of CONDITIONS, which are as published, corrected or withdrawn."""
    if condition == "withdrawn":
        return rows.filter(withdrawn_at__isnull=False)
    stands = rows.filter(withdrawn_at=None)
    return stands.filter(version__gt=1) if condition == "corrected" else stands.filter(version=1)


def lines_of(statement: Statement) -> list[Line]:
    """Its accounts: income before expenditure, each in the order of the file."""
    rows = list(Line.objects.filter(statement=statement).order_by("position", "pk"))
    return sorted(rows, key=lambda one: one.kind != Line.Kind.INCOME)


def month_earlier(statement: Statement) -> Statement | None:
    """What the school's statement of the month before says now, if it has one in the same year of account."""
    before = rules.month_before(statement.month)
    if rules.year_of(before) != rules.year_of(statement.month):
        return None
    rows = Statement.objects.filter(school_id=statement.school_id, month=before, current=True)
    return rows.filter(withdrawn_at=None).first()


def uploads_of(by: User) -> QuerySet[Upload]:
    """What an officer read in and has not published, the newest first."""
    return Upload.objects.filter(by=by).order_by("-read_at", "-pk")


def newest_of(holder: Holder, school_id: int, *, since: datetime) -> list[Statement]:
    """What was published for a school of late."""
    return list(statements_of(holder, school_id).filter(published_at__gte=since)[:NEWEST])


# Returns.


def all_asked(holder: Holder, *, today: date) -> QuerySet[Asked]:
    """Every return that was asked for: how many schools were asked, have sent, must correct and are late."""
    if not rules.handles(holder):
        return Asked.objects.none()
    rows = Asked.objects.select_related("asked_by", "withdrawn_by").annotate(
        schools=Count("returns"),
        sent=Count("returns", filter=Q(returns__state=State.SENT)),
        back=Count("returns", filter=Q(returns__state=State.BACK)),
        late=Count(
            "returns",
            filter=Q(withdrawn_at=None, due_on__lt=today) & ~Q(returns__state=State.SENT),
        ),
    )
    return rows.order_by("-due_on", "-pk")


def asked_among(rows: QuerySet[Asked], words: str) -> QuerySet[Asked]:
    """Those whose title has ``words`` in it, in either language."""
    return rows.filter(Q(title__en__icontains=words) | Q(title__cy__icontains=words))


def late_count(holder: Holder, *, today: date) -> int:
    """How many schools' returns are late."""
    if not rules.handles(holder):
        return 0
    rows = Return.objects.filter(asked__withdrawn_at=None, asked__due_on__lt=today)
    return rows.exclude(state=State.SENT).count()


def _versions() -> Prefetch:
    rows = Version.objects.select_related("sent_by", "back_by").order_by("-number")
    return Prefetch("versions", queryset=rows, to_attr="sent")


def returns_to(holder: Holder, asked: Asked) -> QuerySet[Return]:
    """What each school did about a return, by name of the school, for the finance team."""
    if not rules.handles(holder):
        return Return.objects.none()
    rows = Return.objects.filter(asked=asked).select_related("school", "asked", "saved_by")
    return rows.prefetch_related(_versions()).order_by("school__name", "school_id")


def in_state(rows: QuerySet[Return], state: str, *, today: date) -> QuerySet[Return]:
    """Those in one of STATES; a late one is not in time any more and not with the council."""
    late = Q(asked__due_on__lt=today) & ~Q(state=State.SENT)
    return rows.filter(late) if state == "late" else rows.filter(~late, state=state)


def state_of(one: Return, *, today: date) -> str:
    """Which of STATES a return is in."""
    if one.state != State.SENT and one.asked.due_on < today:
        return "late"
    return str(one.state)


def returns_of(holder: Holder, school_id: int) -> QuerySet[Return]:
    """What a school is asked and was asked, what is due last at the head, for whoever answers there."""
    if not reads(holder, school_id):
        return Return.objects.none()
    rows = Return.objects.filter(school_id=school_id, asked__withdrawn_at=None)
    rows = rows.select_related("asked", "school", "saved_by").prefetch_related(_versions())
    return rows.order_by(F("asked__due_on").desc(), "-pk")


def waiting_at(holder: Holder, school_id: int) -> list[Return]:
    """What a school has still to send, what is due first at the head."""
    rows = returns_of(holder, school_id).exclude(state=State.SENT)
    return list(rows.order_by("asked__due_on", "pk")[:NEWEST])


def sent_versions(holder: Holder) -> QuerySet[Version]:
    """Everything that schools have sent, for the finance team."""
    if not rules.handles(holder):
        return Version.objects.none()
    return Version.objects.select_related("of__asked", "of__school", "sent_by", "back_by")


def own_versions(holder: Holder, school_id: int) -> QuerySet[Version]:
    """Everything that a school has sent, for whoever answers there."""
    rows = Version.objects.filter(of__in=returns_of(holder, school_id).order_by().values("pk"))
    return rows.select_related("of__asked", "of__school", "sent_by", "back_by")


def to_remind(now: datetime) -> list[Return]:
    """What is due within a week and not sent, of which the school was not reminded."""
    today = timezone.localdate(now)
    soon = today + rules.REMIND_BEFORE
    rows = _untold().filter(reminded_at=None, asked__due_on__gte=today, asked__due_on__lte=soon)
    return list(rows[:_AT_ONCE])


def to_chase(now: datetime) -> list[Return]:
    """What is late, of which the school was not told."""
    today = timezone.localdate(now)
    return list(_untold().filter(late_at=None, asked__due_on__lt=today)[:_AT_ONCE])


def _untold() -> QuerySet[Return]:
    rows = Return.objects.filter(asked__withdrawn_at=None).exclude(state=State.SENT)
    return rows.select_related("asked", "school").order_by("pk")
