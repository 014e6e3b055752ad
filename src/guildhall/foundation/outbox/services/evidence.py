"""Keeping what is known of the way of an email: the mail server's answer, and reports that came later."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from guildhall.foundation.audit import services as audit

from ..models import Delivery


def hash_of(task_key: str) -> str:
    """What stands for the task in the Message-ID and the file name; it tells nothing about the person."""
    return sha256(task_key.encode()).hexdigest()[:32]


def sent(key: str, *, now: datetime) -> None:
    """The mail server took the email with that key; what was known of an earlier try is over."""
    _keep(key, {"sent_at": now, "delivered_at": None, "bounced_at": None, "code": ""})


@transaction.atomic
def refused(key: str, *, code: str, now: datetime) -> None:
    """The mail server refused it for good, with that ``code``. It is told once, however often it is tried."""
    if Delivery.objects.filter(key=key, bounced_at__isnull=False).exists():
        return
    _keep(key, {"bounced_at": now, "code": code})
    audit.record("outbox.bounced", by=None, about=("outbox", hash_of(key)), now=now, detail={"code": code})


@transaction.atomic
def bounced(mark: str, *, code: str, now: datetime) -> bool:
    """A mail system reported that the email with that ``mark`` did not arrive; False if there is none."""
    delivery = Delivery.objects.select_for_update().filter(mark=mark, sent_at__isnull=False).first()
    if delivery is None:
        return False
    if delivery.bounced_at is None:
        delivery.bounced_at, delivery.code = now, code
        delivery.save(update_fields=["bounced_at", "code"])
        audit.record("outbox.bounced", by=None, about=("outbox", mark), now=now, detail={"code": code})
    return True


def delivered(mark: str, *, now: datetime) -> bool:
    """A mail system reported that it put the email into the reader's mailbox; False if there is none."""
    known = Delivery.objects.filter(Q(sent_at__isnull=False), mark=mark)
    return bool(known.update(delivered_at=Coalesce(F("delivered_at"), now)))


def forget(deliveries: Collection[Delivery]) -> int:
    """Forget what is known of these emails; how many. Whoever asks knows that nobody needs it any more."""
    return Delivery.objects.filter(pk__in=[each.pk for each in deliveries]).delete()[0]


def _keep(key: str, known: dict[str, datetime | str | None]) -> None:
    Delivery.objects.update_or_create(key=key, defaults={**known, "mark": hash_of(key)})
