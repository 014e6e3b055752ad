"""What the council does about withdrawals, whom it tells, and which emails people want."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.meanwhile import refuse_stale, stamp_of
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import codes
from guildhall.people.accounts.models import User

from .. import queries
from ..models import EmailPreference, NotifiedAddress, Withdrawal


@transaction.atomic
def mark_actioned(withdrawal: Withdrawal, *, by: User, now: datetime) -> None:
    """Keep that the council did what a withdrawal asks for; the first mark counts."""
    rows = Withdrawal.objects.filter(pk=withdrawal.pk, actioned_at=None)
    if rows.update(actioned_at=now, actioned_by=by):
        audit.record("consent.actioned", by=by, about=withdrawal, now=now)


@transaction.atomic
def take_mark_back(withdrawal: Withdrawal, *, by: User, now: datetime) -> None:
    """Undo ``mark_actioned``."""
    rows = Withdrawal.objects.filter(pk=withdrawal.pk, actioned_at__isnull=False)
    if rows.update(actioned_at=None, actioned_by=None):
        audit.record("consent.not_actioned", by=by, about=withdrawal, now=now)


@transaction.atomic
def change_notified(addresses: Iterable[str], *, seen: str | None = None, by: User, now: datetime) -> None:
    """Tell these email addresses, each once, of every withdrawal from now on; capitals do not count.

    ``seen``: the stamp of those that the page showed, if any. Raises ChangedMeanwhile.
    """
    hold_name("consent-emails")
    wanted = list(dict.fromkeys(address.lower() for address in addresses))
    before = queries.notified()
    refuse_stale(seen, stamp_of(before), say("shared.Error_Meanwhile"))
    NotifiedAddress.objects.exclude(email__in=wanted).delete()
    NotifiedAddress.objects.bulk_create(
        [NotifiedAddress(email=one, added_at=now, added_by=by) for one in wanted if one not in before],
        ignore_conflicts=True,
    )
    if before != wanted:
        detail = {"before": before, "after": wanted}
        audit.record("consent.emails_changed", by=by, about=("consent", "emails"), now=now, detail=detail)


@transaction.atomic
def send_test_email(addresses: Iterable[str], *, by: User, now: datetime) -> int:
    """Send each of ``addresses`` an email that says it is a test; how many were sent."""
    each = list(dict.fromkeys(addresses))
    for address in each:
        put_email(
            address,
            subject="account.EmailSubject_ConsentTest",
            body="text-blocks.Email_ConsentTest",
            language=by.language,
            key=f"consent-test-{int(now.timestamp() * 1000)}-{codes.name_digest(address)}",
            now=now,
            link=reverse("administration:consent-emails"),
        )
    audit.record(
        "consent.test_sent", by=by, about=("consent", "emails"), now=now, detail={"count": len(each)}
    )
    return len(each)


@transaction.atomic
def choose_emails(user: User, *, now: datetime, **wanted: bool) -> None:
    """Keep which emails (fields of EmailPreference) ``user`` wants; what is not named stays as it is."""
    EmailPreference.objects.update_or_create(user=user, defaults=wanted | {"changed_at": now})
    audit.record("account.emails_chosen", by=user, about=user, now=now, detail=wanted)
