"""Reading consent: what is current, who has answered what, and the lists of its administrators."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Count, Model, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.stamps import Kept
from guildhall.people.accounts.models import ConsentGiven, ConsentStatement, User

from .models import EmailPreference, NotifiedAddress, Question, Scheduled, Withdrawal

Row = TypeVar("Row", bound=Model)

# Families and professionals use the portal by consent. Staff and schools work in it by their duties.
ASKED_DOORS = frozenset({"families", "professionals"})
MOST_WORDS = 6


@dataclass(frozen=True)
class Search:
    """What a list is searched for; empty means all. From ``since`` on, up to but not at ``until``."""

    words: str = ""
    answer: str = ""
    status: str = ""
    since: datetime | None = None
    until: datetime | None = None


def _newest() -> int:
    return int(ConsentStatement.objects.latest("published_at", "pk").pk)


_current: Kept[int] = Kept("consent", _newest)


def current_id() -> int:
    """The id of the statement published last; no query in a process that knows it."""
    return _current.get()


def current() -> ConsentStatement:
    """The statement published last."""
    return ConsentStatement.objects.latest("published_at", "pk")


def is_asked(holder: Holder) -> bool:
    """Whether the person behind ``holder`` uses the portal by consent."""
    return bool(holder.doors & ASKED_DOORS)


def has_agreed(user: User, statement_id: int) -> bool:
    """Whether ``user`` agreed to the statement ``statement_id``."""
    answer = ConsentGiven.Answer.AGREED
    return ConsentGiven.objects.filter(user=user, statement_id=statement_id, answer=answer).exists()


def last_answer(user: User) -> ConsentGiven | None:
    """What ``user`` answered last."""
    return ConsentGiven.objects.filter(user=user).order_by("-at", "-pk").first()


def wants_email(user: User) -> bool:
    """Whether ``user`` wants an email when a message waits for them."""
    return not EmailPreference.objects.filter(user=user, message_waiting=False).exists()


def email_preference(user: User) -> EmailPreference:
    """Which emails ``user`` wants: every kind, until they choose."""
    return EmailPreference.objects.filter(user=user).first() or EmailPreference(user=user)


def notified() -> list[str]:
    """The email addresses that are told when somebody withdraws consent."""
    return list(NotifiedAddress.objects.order_by("pk").values_list("email", flat=True))


def questions(holder: Holder) -> QuerySet[Question]:
    """The library, newest first, for those who manage consent."""
    return _managed(holder, Question.objects.select_related("changed_by").order_by("-pk"))


def waiting(holder: Holder) -> QuerySet[Scheduled]:
    """What is scheduled and not yet published, soonest first."""
    rows = Scheduled.objects.filter(statement=None).select_related("question", "scheduled_by")
    return _managed(holder, rows.order_by("publish_at", "pk"))


def published(holder: Holder) -> QuerySet[ConsentStatement]:
    """Every published statement, newest first."""
    return _managed(
        holder,
        ConsentStatement.objects.select_related("scheduled__scheduled_by").order_by("-published_at", "-pk"),
    )


def answers_to(statement: ConsentStatement) -> dict[str, int]:
    """How often each answer was given to ``statement``."""
    rows = ConsentGiven.objects.filter(statement=statement).values_list("answer").annotate(Count("pk"))
    return {str(answer): 0 for answer in ConsentGiven.Answer} | dict(rows)


def withdrawals(holder: Holder, search: Search) -> QuerySet[Withdrawal]:
    """Who withheld or withdrew consent. ``search.status``: "todo", "actioned" or "agreed"."""
    rows = Withdrawal.objects.select_related("user", "given", "actioned_by")
    rows = rows.filter(_asked(search, answer="given__answer"))
    states = {
        "todo": Q(actioned_at=None, ended_at=None),
        "actioned": Q(actioned_at__isnull=False),
        "agreed": Q(ended_at__isnull=False),
    }
    return _managed(holder, rows.filter(states.get(search.status, Q())))


def histories(holder: Holder, search: Search) -> QuerySet[ConsentGiven]:
    """When each person agreed, withheld or withdrew."""
    return _managed(
        holder, ConsentGiven.objects.select_related("user").filter(_asked(search, answer="answer"))
    )


def history_of(holder: Holder, user_id: int) -> tuple[User, list[ConsentGiven]] | None:
    """A person with their whole history, newest first; None for somebody who never answered."""
    rows = ConsentGiven.objects.filter(user_id=user_id).select_related("user", "statement")
    found = list(_managed(holder, rows.order_by("-at", "-pk")))
    return (found[0].user, found) if found else None


def withdrawal_of(holder: Holder, pk: int) -> Withdrawal | None:
    """The withdrawal ``pk``, for those who manage consent."""
    return _managed(holder, Withdrawal.objects.select_related("user", "given")).filter(pk=pk).first()


def _asked(search: Search, *, answer: str) -> Q:
    wanted = Q()
    for word in search.words.split()[:MOST_WORDS]:
        wanted &= (
            Q(user__forename__icontains=word)
            | Q(user__surname__icontains=word)
            | Q(user__email__icontains=word)
            | Q(user__former_email__icontains=word)
        )
    if search.answer:
        wanted &= Q(**{answer: search.answer})
    if search.since:
        wanted &= Q(at__gte=search.since)
    if search.until:
        wanted &= Q(at__lt=search.until)
    return wanted


def _managed(holder: Holder, rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows if holder.may(Permission.MANAGE_CONSENT) else rows.none()
