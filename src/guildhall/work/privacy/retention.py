"""What the schedule can say how long to keep: each kind with its starts, its mark and its people.

A mark names a thing even in an older copy of the data, where a number could mean another one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Decision, Mention, Merge
from guildhall.work.annualreviews.models import Plan
from guildhall.work.cases.models import Case, CaseEvent
from guildhall.work.meals.models import Pupil

from . import kept_accounts, kept_audit

Held = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """``starts``: name → lookup of the day from which a period counts. ``holds``: whose hold keeps a row.

    ``of``: whose a row is, for the kind and number of a person. ``listed``, for things that are no rows of a
    table: those that began before a day, after the key of one.
    """

    key: str
    starts: dict[str, str]
    rows: Callable[[], QuerySet[Any]]
    of: Callable[[str, int], Q]
    mark: Callable[[Any], str]
    find: Callable[[str], Any]
    holds: Callable[[Any], Iterable[Held]]
    listed: Callable[[date, str], Iterable[Any]] | None = None

    def started(self, row: Any, start: str) -> date | None:
        """The day on which the period of ``row`` began, if it has."""
        value = row
        for name in self.starts[start].split("__"):
            value = getattr(value, name, None) if value is not None else None
        if isinstance(value, datetime):
            return timezone.localdate(value)
        return value


def _forms() -> QuerySet[Case]:
    return Case.objects.select_related("submission", "mention__child")


def _forms_of(kind: str, number: int) -> Q:
    return Q(mention__child=number) if kind == "child" else Q(submission__sender=number)


def _holds_of_form(case: Case) -> Iterable[Held]:
    yield "case", case.reference
    yield "user", str(case.submission.sender_id)
    if case.mention.child_id:
        yield "child", str(case.mention.child_id)


def _messages() -> QuerySet[Message]:
    """Those that are no part of what became of a form: they go with it."""
    return Message.objects.filter(~Exists(CaseEvent.objects.filter(message=OuterRef("pk"))))


def _messages_of(kind: str, number: int) -> Q:
    return Q(pk=None) if kind == "child" else Q(to=number) | Q(from_user=number)


def _holds_of_message(message: Message) -> Iterable[Held]:
    yield "user", str(message.to_id)
    yield "user", str(message.from_user_id)
    yield "case", message.about


def _reviewed_no_more() -> QuerySet[Plan]:
    """The mentions of annual reviews that go with the record, because the pupil is reviewed no more."""
    return Plan.objects.filter(ended_at__isnull=False).values("mention")  # type: ignore[return-value]


def _records() -> QuerySet[Child]:
    """Records with no form left that is tied to them, of children on no list: forms go first, by their own
    period.

    One that gave way to another record stays as long as that one: the two may be taken apart again.
    """
    mentions, decisions, merges, lists = (
        Mention.objects.filter(child=OuterRef("pk")).exclude(pk__in=_reviewed_no_more()),
        Decision.objects.filter(child=OuterRef("pk")).exclude(mention__in=_reviewed_no_more()),
        Merge.objects.filter(gone=OuterRef("pk"), undone_at=None),
        Pupil.objects.filter(child=OuterRef("pk"), removed_at=None),
    )
    return Child.objects.filter(~Exists(mentions), ~Exists(decisions), ~Exists(merges), ~Exists(lists))


def _mark_of_record(child: Child) -> str:
    return f"{child.pk}@{child.added_at.isoformat()}"


def _record(mark: str) -> Child | None:
    number, _, added = mark.partition("@")
    found = _records().filter(pk=int(number)).first()
    return found if found is not None and found.added_at.isoformat() == added else None


def _mark_of_account(user: User) -> str:
    return f"{user.pk}@{user.registered_at.isoformat()}"


def _account(mark: str) -> Any:
    number, _, registered = mark.partition("@")
    found = kept_accounts.accounts().filter(pk=int(number)).first()
    return found if found is not None and found.registered_at.isoformat() == registered else None


CLASSES: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "forms",
            {"decided": "decided_at", "received": "received_at", "born": "mention__child__born_on"},
            _forms,
            _forms_of,
            lambda case: str(case.reference),
            lambda mark: _forms().filter(reference=mark).first(),
            _holds_of_form,
        ),
        Kind(
            "messages",
            {"sent": "sent_at", "removed": "removed_at"},
            _messages,
            _messages_of,
            lambda message: str(message.pk),
            lambda mark: _messages().filter(pk=mark).first(),
            _holds_of_message,
        ),
        Kind(
            "records",
            {"born": "born_on", "added": "added_at", "removed": "removed_at"},
            _records,
            lambda kind, number: Q(pk=number if kind == "child" else None),
            _mark_of_record,
            _record,
            lambda child: [("child", str(child.pk))],
        ),
        Kind(
            "accounts",
            {"used": "used_at"},
            kept_accounts.accounts,
            lambda kind, number: Q(pk=number if kind == "user" else None),
            _mark_of_account,
            _account,
            lambda user: [("user", str(user.pk))],
        ),
        # Entries of held people are left where they are; nobody can ask to have the audit erased.
        Kind(
            "audit",
            {"written": "over_on"},
            Entry.objects.none,
            lambda kind, number: Q(pk=None),
            lambda day: str(day.pk),
            kept_audit.day,
            lambda day: [],
            kept_audit.days,
        ),
    )
}
