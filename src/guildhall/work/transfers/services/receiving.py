"""Downloading a file at its other end."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Event, Transfer
from .sending import NotNow
from .uploading import note, refuse_others

State, Towards = Transfer.State, Transfer.Towards


def receive(transfer: Transfer, *, holder: Holder, by: User, now: datetime) -> StoredFile:
    """Note that the other end downloads the file; the file. Raises NotUsing, NotNow, CannotCheckAgain.

    It is scanned again first where that is due, so that nobody is noted who gets nothing.
    """
    _refuse_others(transfer, holder)
    if transfer.file is not None:
        files.check_again(transfer.file, now=now)
    return _noted(transfer, by=by, now=now)


@transaction.atomic
def _noted(transfer: Transfer, *, by: User, now: datetime) -> StoredFile:
    transfer = hold(transfer)
    file = transfer.file
    if transfer.state not in Transfer.ON_THE_WAY or file is None:
        raise NotNow(texts.say("schools.Error_Transfer_Gone"))
    if not file_queries.may_be_served(file):
        raise NotNow(texts.say("schools.Error_Transfer_Scan", state=file_queries.state_words(file)))
    if transfer.state == State.SENT:
        transfer.state, transfer.received_by, transfer.received_at = State.RECEIVED, by, now
        transfer.save(update_fields=["state", "received_by", "received_at"])
    note(transfer, Event.Act.DOWNLOAD, school=transfer.destination, by=by, now=now)
    return file


def _refuse_others(transfer: Transfer, holder: Holder) -> None:
    """Whoever has no end of it opens nothing; what nobody receives has no other end."""
    if transfer.destination is None and transfer.towards != Towards.COUNCIL:
        raise NotNow(texts.say("schools.Error_Transfer_Gone"))
    refuse_others(holder, transfer.destination)
