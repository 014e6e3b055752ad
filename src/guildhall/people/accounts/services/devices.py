"""Where people are signed in: their browsers and sessions, and ending those."""

from datetime import datetime, timedelta

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting

from .. import codes
from ..models import BrowserSession, Device, User
from . import proofs


@transaction.atomic
def note_device(
    user: User,
    *,
    key: str,
    browser: str,
    system: str,
    now: datetime,
    remember: bool = False,
    proved: bool = False,
) -> Device:
    """Keep that ``user`` signed in where the cookie is ``key``; tells them when it is a new device.

    ``proved``: by both steps, and not just by the email that recovered the account.
    ``remember``: that browser is not asked for the second step for a time. Staff are always asked.
    """
    first = not Device.objects.filter(user=user).exists()
    device, new = Device.objects.get_or_create(
        user=user,
        key_digest=codes.key_digest(key),
        defaults={"browser": browser, "system": system, "first_at": now, "last_at": now},
    )
    device.browser, device.system, device.last_at, device.ended_at = browser, system, now, None
    if proved:
        device.proved_at = device.proved_at or now
    if remember and may_remember(user):
        device.remembered_until = now + timedelta(days=setting("two_step.remember_days"))
    device.save()
    if new and not first and setting("accounts.tell_new_device"):
        proofs.tell(user, "NewDevice", key=f"device-{device.pk}", now=now)
        audit.record("account.new_device", by=user, about=user, now=now)
    return device


def may_remember(user: User) -> bool:
    """Whether a browser of ``user`` may go without the second step for a time."""
    return bool(setting("two_step.remember_days")) and user.two_step == User.TwoStep.EMAIL


@transaction.atomic
def forget_device(device: Device, *, by: User, now: datetime) -> None:
    """Ask for the second step there again from now on."""
    Device.objects.filter(pk=device.pk).update(remembered_until=None)
    audit.record("account.device_forgotten", by=by, about=device.user, now=now)


@transaction.atomic
def end_session(user: User, *, public: str, by: User, now: datetime) -> bool:
    """End one session of ``user``, named as ``queries.sessions_of`` does; False when it had ended.

    Its browser is out at its next request.
    """
    ended = [key for key in _keys(user) if codes.key_digest(key) == public]
    return _end(user, ended, by, now)


@transaction.atomic
def end_other_sessions(user: User, *, here: str | None, by: User, now: datetime) -> bool:
    """End every session of ``user`` but the one whose key is ``here``, and ask there for everything again."""
    Device.objects.filter(user=user).update(remembered_until=None)
    return _end(user, [key for key in _keys(user) if key != here], by, now)


def _keys(user: User) -> list[str]:
    return list(BrowserSession.objects.filter(user=user).values_list("session_key", flat=True))


def _end(user: User, keys: list[str], by: User, now: datetime) -> bool:
    if not BrowserSession.objects.filter(user=user, session_key__in=keys).delete()[0]:
        return False
    audit.record("account.sessions_ended", by=by, about=user, now=now, detail={"count": len(keys)})
    return True
