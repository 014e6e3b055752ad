"""Reading accounts."""

from datetime import datetime

from django.db.models import Q

from . import codes
from .models import ConsentGiven, ConsentStatement, HeldPost, User


def user_by_email(email: str) -> User | None:
    """The account with this address, letter case ignored."""
    return User.objects.filter(email=email.strip().lower()).first()


def user_by_name(name: str) -> User | None:
    """The account that signs in with ``name``: an email address, or a member of staff's user name."""
    name = name.strip().lower()
    return User.objects.filter(Q(email=name) | Q(user_name__iexact=name)).first() if name else None


def current_statement(now: datetime) -> ConsentStatement:
    """The consent statement published last."""
    return ConsentStatement.objects.filter(published_at__lte=now).latest("published_at", "pk")


def consents_of(user: User) -> list[ConsentGiven]:
    """What ``user`` answered to consent statements, newest first."""
    return list(ConsentGiven.objects.filter(user=user).select_related("statement").order_by("-at", "-pk"))


def held_post(user: User, key: str, *, now: datetime) -> HeldPost | None:
    """What ``user`` sent from this browser after their session had ended, for an hour."""
    return HeldPost.objects.filter(user=user, key_digest=codes.key_digest(key), expires_at__gt=now).first()
