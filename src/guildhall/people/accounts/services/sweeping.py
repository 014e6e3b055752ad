"""Forgetting what accounts no longer need."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError, Q

from guildhall.foundation.audit import services as audit

from ..models import BrowserSession, ConsentGiven, Guard, HeldPost, Proof, User

KEPT = timedelta(days=7)
AT_ONCE = 500


def sweep(*, now: datetime) -> dict[str, int]:
    """Delete accounts that nobody confirmed within a week, and what has ended; how many of each."""
    return {
        "accounts": _sweep_unconfirmed(now),
        "proofs": _sweep_proofs(now),
        "guards": _sweep_guards(now),
        "posts": HeldPost.objects.filter(expires_at__lt=now).delete()[0],
        "sessions": BrowserSession.objects.filter(expire_date__lt=now).delete()[0],
    }


def _sweep_unconfirmed(now: datetime) -> int:
    """Accounts that never had an address: nobody can enter them, and their links ran out."""
    old = User.objects.filter(
        state=User.State.UNCONFIRMED,
        email=None,
        user_name=None,
        confirmed_at=None,
        registered_at__lt=now - KEPT,
    )
    # One that is anybody's already, by a role or a child, is left alone.
    return sum(_forget(pk, now) for pk in old.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _forget(pk: int, now: datetime) -> bool:
    user = User.objects.select_for_update().filter(pk=pk, state=User.State.UNCONFIRMED).first()
    if user is None:
        return False
    try:
        with transaction.atomic():
            ConsentGiven.objects.filter(user=user).delete()
            user.delete()
    except ProtectedError:
        return False
    audit.record("account.never_confirmed", by=None, about=("accounts.user", str(pk)), now=now)
    return True


def _sweep_proofs(now: datetime) -> int:
    """Proofs that ended, or whose code and link ran out, a week ago."""
    since = now - KEPT
    ran_out = (Q(code_until=None) | Q(code_until__lt=since)) & (Q(link_until=None) | Q(link_until__lt=since))
    return Proof.objects.filter(Q(ended_at__lt=since) | ran_out, made_at__lt=since).delete()[0]


@transaction.atomic
def _sweep_guards(now: datetime) -> int:
    """Guards that are open and counted no try for a week."""
    guards = Guard.objects.select_for_update().filter(Q(shut_until=None) | Q(shut_until__lt=now))
    since = (now - KEPT).timestamp()
    old = [guard.pk for guard in guards.order_by("pk").iterator() if max(guard.tries, default=0) < since]
    for start in range(0, len(old), AT_ONCE):
        Guard.objects.filter(pk__in=old[start : start + AT_ONCE]).delete()
    return len(old)
