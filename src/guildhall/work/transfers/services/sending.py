"""Sending a file once its pupils were looked at, taking it back, and discarding one that was not sent."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import queries, rules
from ..models import Event, Transfer
from . import telling
from .removing import empty, remove
from .uploading import note, refuse_others

State, Towards = Transfer.State, Transfer.Towards


class NotNow(Refusal):
    """The file is no longer, or not yet, where this could be done."""


@transaction.atomic
def send(transfer: Transfer, reason: str = "", *, holder: Holder, by: User, now: datetime) -> Transfer:
    """Send a file that was checked; sending it again changes nothing. The other end is told.

    A file towards nobody who receives it takes one of rules.REASONS. Raises NotUsing, NotNow, and Refusals
    with the field ``reason``.
    """
    refuse_others(holder, transfer.source)
    hold_name(f"transfers:{transfer.name}")
    transfer = _held(transfer)
    if transfer.state in Transfer.ON_THE_WAY:
        return transfer
    if transfer.state != State.CHECKED:
        raise NotNow(texts.say("schools.Error_Transfer_NotNow"))
    _refuse_unchecked(transfer)
    _refuse_twin(transfer)
    wanted = rules.REASONS.get(Towards(transfer.towards), ())
    if wanted and reason not in wanted:
        raise Refusal(texts.say(f"schools.Error_Transfer_Reason_{transfer.towards.title()}"), field="reason")
    transfer.reason = reason if wanted else ""
    put_on_the_way(transfer, by=by, now=now)
    note(transfer, Event.Act.SEND, school=transfer.source, by=by, now=now)
    telling.tell_destination(transfer, "Available", now=now)
    return transfer


def put_on_the_way(transfer: Transfer, *, by: User, now: datetime) -> None:
    """Say that the file is sent, when it is chased and until when it is kept."""
    today = timezone.localdate(now)
    transfer.state, transfer.sent_by, transfer.sent_at = State.SENT, by, now
    nowhere = transfer.towards in {Towards.LEFT, Towards.LOST}
    transfer.keep_until = today + (rules.LOST_KEPT if nowhere else rules.KEPT)
    if not nowhere:
        transfer.chase_on = queries.day_after(transfer.destination_id, today, count=rules.CHASED_AFTER)
    transfer.save(update_fields=["state", "reason", "sent_by", "sent_at", "keep_until", "chase_on"])


def _refuse_unchecked(transfer: Transfer) -> None:
    """Nothing is sent before it was scanned."""
    if transfer.file is None or not file_queries.may_be_served(transfer.file):
        words = file_queries.state_words(transfer.file) if transfer.file else ""
        raise NotNow(texts.say("schools.Error_Transfer_Scan", state=words))


def _refuse_twin(transfer: Transfer) -> None:
    if Transfer.objects.filter(name=transfer.name, state__in=Transfer.ON_THE_WAY).exists():
        raise NotNow(texts.say("schools.Error_Transfer_Twin"))


def _held(transfer: Transfer) -> Transfer:
    """The file, held until the transaction ends. Raises NotNow where it is gone."""
    if not Transfer.objects.filter(pk=transfer.pk).exists():
        raise NotNow(texts.say("schools.Error_Transfer_NotNow"))
    return hold(transfer)


@transaction.atomic
def withdraw(transfer: Transfer, *, holder: Holder, by: User, now: datetime) -> Transfer:
    """Take a file back before anybody downloaded it; its content is deleted. Raises NotUsing, NotNow."""
    refuse_others(holder, transfer.source)
    transfer = _held(transfer)
    if transfer.state != State.SENT:
        raise NotNow(texts.say("schools.Error_Transfer_Withdraw"))
    transfer.state = State.WITHDRAWN
    transfer.save(update_fields=["state"])
    empty(transfer, by=by, now=now)
    note(transfer, Event.Act.WITHDRAW, school=transfer.source, by=by, now=now)
    if transfer.destination_id:
        telling.tell_destination(transfer, "Withdrawn", now=now)
    return transfer


@transaction.atomic
def discard(transfer: Transfer, *, holder: Holder, by: User, now: datetime) -> None:
    """Forget a file that was not sent. Raises NotUsing, NotNow."""
    refuse_others(holder, transfer.source)
    transfer = _held(transfer)
    if transfer.state != State.CHECKED:
        raise NotNow(texts.say("schools.Error_Transfer_NotNow"))
    key = str(transfer.pk)
    remove(transfer, by=by, now=now)
    audit.record("transfers.discarded", by=by, about=("transfers.transfer", key), now=now)
