"""Gathering a pack in steps, checking it, releasing it, and forgetting it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import refuse_stale
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from .. import gathering
from ..models import Pack, PackPart, Request
from ..rules import RELEASED_FOR
from ..subject import Subject

PAGES_A_STEP = 25
UNRELEASED_FOR = timedelta(days=60)


class NotReady(Refusal):
    """The pack is not at the place where this can be done to it."""


class CheckedByYou(Refusal):
    """Whoever checked a pack does not release it."""


@transaction.atomic
def begin_pack(request: Request, *, now: datetime) -> Pack:
    """Have everything gathered that is held about the person of ``request``."""
    pack = Pack.objects.create(request=request, begun_at=now)
    outbox.put("privacy-pack", {"pack": pack.pk}, key=f"privacy-pack:{pack.pk}:", now=now)
    return pack


def gather(pack: Pack, *, now: datetime, pages: int = PAGES_A_STEP) -> Pack:
    """Gather up to ``pages`` pages more, each in a transaction of its own; what is done stays done."""
    for _ in range(pages):
        pack = _gather_page(pack, now=now)
        if pack.state != Pack.State.GATHERING:
            return pack
    return pack


@transaction.atomic
def _gather_page(pack: Pack, *, now: datetime) -> Pack:
    """The next page that has a row; models with nothing about the person are passed by."""
    pack = hold(pack)
    if pack.state != Pack.State.GATHERING:
        return pack
    subject = Subject(pack.request.subject_kind, pack.request.subject_id)
    while label := next((each for each in gathering.labels() if each >= pack.at_model), ""):
        after = pack.after if label == pack.at_model else ""
        rows, beyond = gathering.page(label, subject, after=after)
        # "!" sorts before every sign of a name, so nothing lies between.
        pack.at_model, pack.after = (label, beyond) if beyond else (f"{label}!", "")
        if rows:
            return _kept(pack, label, rows)
    return _ready(pack, now=now)


def _kept(pack: Pack, label: str, rows: list[gathering.Gathered]) -> Pack:
    number = pack.parts.filter(model=label).count() + 1
    PackPart.objects.create(pack=pack, model=label, number=number, rows=[each.plain() for each in rows])
    pack.save(update_fields=["at_model", "after"])
    return pack


def _ready(pack: Pack, *, now: datetime) -> Pack:
    pack.state, pack.ready_at = Pack.State.READY, now
    pack.expires_at = now + UNRELEASED_FOR
    pack.save(update_fields=["state", "ready_at", "expires_at"])
    audit.record("privacy.pack_ready", by=None, about=pack, now=now, child=_child(pack))
    return pack


@transaction.atomic
def check_pack(pack: Pack, *, kept: list[str], by: User, now: datetime) -> Pack:
    """Say which marked fields stay in, and ask somebody else to release the pack. Raises NotReady."""
    pack = hold(pack)
    if pack.state not in {Pack.State.READY, Pack.State.CHECKED}:
        raise NotReady(say("administration.Error_Privacy_NotReady"))
    pack.state, pack.kept = Pack.State.CHECKED, sorted(kept)
    pack.checked_at, pack.checked_by = now, by
    pack.save(update_fields=["state", "kept", "checked_at", "checked_by"])
    audit.record(
        "privacy.pack_checked", by=by, about=pack, now=now, child=_child(pack), detail={"kept": pack.kept}
    )
    return pack


@transaction.atomic
def send_pack_back(pack: Pack, *, by: User, now: datetime) -> Pack:
    """Have it checked again. Raises NotReady."""
    pack = _at(pack, Pack.State.CHECKED)
    pack.state = Pack.State.READY
    pack.save(update_fields=["state"])
    audit.record("privacy.pack_sent_back", by=by, about=pack, now=now, child=_child(pack))
    return pack


@transaction.atomic
def release_pack(pack: Pack, *, by: User, now: datetime, checked: str | None = None) -> Pack:
    """Let the pack be downloaded, for a while. ``checked``: when that was, as the page showed it (ISO).

    Raises NotReady, ChangedMeanwhile, CheckedByYou.
    """
    pack = _at(pack, Pack.State.CHECKED)
    assert pack.checked_at is not None
    refuse_stale(checked, pack.checked_at.isoformat(), say("administration.Error_Privacy_CheckedAgain"))
    if pack.checked_by_id == by.pk:
        raise CheckedByYou(say("administration.Error_Privacy_SamePerson"))
    pack.state, pack.released_at, pack.released_by = Pack.State.RELEASED, now, by
    pack.expires_at = now + RELEASED_FOR
    pack.save(update_fields=["state", "released_at", "released_by", "expires_at"])
    audit.record("privacy.pack_released", by=by, about=pack, now=now, child=_child(pack))
    return pack


@transaction.atomic
def forget_packs(*, now: datetime, most: int = 50) -> int:
    """Delete what the packs whose time is over hold; how many there were."""
    over = Pack.objects.select_for_update().filter(expires_at__lte=now).exclude(state=Pack.State.GONE)
    gone = list(over.order_by("pk")[:most])
    for pack in gone:
        pack.parts.all().delete()
        pack.state = Pack.State.GONE
        pack.save(update_fields=["state"])
        audit.record("privacy.pack_gone", by=None, about=pack, now=now, child=_child(pack))
    return len(gone)


def _at(pack: Pack, state: str) -> Pack:
    pack = hold(pack)
    if pack.state != state:
        raise NotReady(say("administration.Error_Privacy_NotReady"))
    return pack


def _child(pack: Pack) -> Any:
    request = pack.request
    return request.subject_id if request.subject_kind == Request.Subject.CHILD else None
