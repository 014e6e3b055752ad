"""Accounts of schools and of the council that nobody uses: warned, disabled, enabled again."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Greatest

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from ..models import User
from . import proofs

AT_ONCE = 500
WORK_DOORS = {"schools", "council"}


class NotDisabled(Refusal):
    """Only an account that was disabled for not being used is enabled again this way."""


def disable_unused(*, stays: Callable[[User], bool], now: datetime) -> dict[str, int]:
    """Warn and disable those who have not signed in for as long as the setting says; how many of each.

    Only people with a role at a school or at the council, and nobody who ``stays``.
    """
    days = setting("accounts.unused_days")
    if not days:
        return {"disabled": 0, "warned": 0}
    gone = sum(_disable(user, stays, now) for user in _unused_since(now - timedelta(days=days)))
    return {"disabled": gone, "warned": _warn_all(days, now)}


def _unused_since(moment: datetime) -> Iterator[User]:
    rows = _workers().filter(used_at__lte=moment).order_by("used_at", "pk")
    return iter(rows[:AT_ONCE])


def _workers() -> QuerySet[Any]:
    """Active people of schools and the council, each with ``used_at``, when they were here last."""
    # A role that is not in the table is a group of the council's own.
    elsewhere = [key for key, role in ROLES.items() if role.door not in WORK_DOORS]
    used = Greatest(
        Coalesce("last_login", "registered_at"), Coalesce("counted_from", "registered_at"), "registered_at"
    )
    memberships: Any = User._meta.get_field("memberships").related_model
    held = memberships.objects.filter(user=OuterRef("pk"), ended_at=None).exclude(role__in=elsewhere)
    return User.objects.filter(Exists(held), state=User.State.ACTIVE).annotate(used_at=used)


@transaction.atomic
def _disable(user: Any, stays: Callable[[User], bool], now: datetime) -> bool:
    if stays(user):
        return False
    if not User.objects.filter(pk=user.pk, state=User.State.ACTIVE).update(state=User.State.DISABLED):
        return False
    proofs.tell(user, "AccountDisabled", key=f"disabled-{user.pk}-{_day(user)}", now=now)
    audit.record("account.disabled_unused", by=None, about=user, now=now)
    return True


def _warn_all(days: int, now: datetime) -> int:
    """Each warning is sent once, however often this runs: its key has the day of the last use."""
    warned = 0
    for before in setting("accounts.unused_warnings"):
        since = now - timedelta(days=days - before)
        # One that would have been due more than two days ago is not sent late.
        for user in _workers().filter(used_at__lte=since, used_at__gt=since - timedelta(days=2)):
            key = f"unused-{before}-{user.pk}-{_day(user)}"
            left = days - (now - user.used_at).days
            proofs.tell(user, "AccountUnused", key=key, now=now, days=str(max(1, left)))
            warned += 1
    return warned


def _day(user: Any) -> str:
    return str(user.used_at.date())


@transaction.atomic
def enable_again(user: User, *, by: User, now: datetime) -> None:
    """Let somebody whose account was disabled sign in again; the days count from now. Raises NotDisabled."""
    rows = User.objects.filter(pk=user.pk, state=User.State.DISABLED)
    if not rows.update(state=User.State.ACTIVE, counted_from=now):
        raise NotDisabled(texts.say("account.Error_NotDisabled"))
    user.refresh_from_db(fields=["state", "counted_from"])
    proofs.tell(user, "AccountEnabled", key=f"enabled-{user.pk}-{now.timestamp()}", now=now)
    audit.record("account.enabled_again", by=by, about=user, now=now)
