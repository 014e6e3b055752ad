"""Emails that say that something waits. They name no pupil, no school and no file."""

from datetime import datetime

from django.urls import reverse

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.outbox.email import put_email
from guildhall.people.accounts.services import proofs
from guildhall.people.membership.addresses import at_school
from guildhall.people.organisations.models import Team

from .. import queries, rules
from ..models import Transfer


def tell_destination(transfer: Transfer, what: str, *, now: datetime) -> None:
    """A file is available, waits still, or was withdrawn: the end of the name of the email."""
    if transfer.destination_id:
        _tell_school(transfer.destination_id, what, transfer, now)
    elif transfer.towards == Transfer.Towards.COUNCIL:
        _tell_team(transfer, what, now)


def tell_sender(transfer: Transfer, what: str, *, now: datetime) -> None:
    """The pupil of the file was claimed."""
    if transfer.source_id:
        _tell_school(transfer.source_id, what, transfer, now)


def _tell_school(school_id: int, what: str, transfer: Transfer, now: datetime) -> None:
    link = at_school(school_id, "schools:transfer", transfer.pk)
    if what == "Withdrawn":  # its page is no longer theirs
        link = at_school(school_id, "schools:file-transfer")
    for place in queries.users_of(school_id):
        if not place.user.email:
            continue
        proofs.tell(
            place.user,
            f"Transfer_{what}",
            key=f"transfer-{what.lower()}:{transfer.pk}:{place.user_id}:{now.timestamp()}",
            now=now,
            link=link,
        )


def _tell_team(transfer: Transfer, what: str, now: datetime) -> None:
    to = Team.objects.filter(key=rules.TEAM).values_list("email", flat=True).first()
    if to and setting("mail.notify"):
        put_email(
            to,
            subject=f"account.EmailSubject_Transfer_{what}",
            body=f"text-blocks.Email_TransferCouncil_{what}",
            language="en",
            key=f"transfer-{what.lower()}:{transfer.pk}:{now.timestamp()}",
            now=now,
            link=reverse("council:transfer", args=[transfer.pk]),
        )
