"""Who is told of closures."""

from django.db.models import QuerySet

from guildhall.foundation.access.permissions import Permission
from guildhall.people.accounts.models import User
from guildhall.people.groups import queries as groups
from guildhall.people.membership.models import Membership


def officers() -> QuerySet[User]:
    """Everybody whose group keeps the schools' calendars."""
    may = [group.key for group in groups.groups() if Permission.KEEP_CALENDARS in group.permissions]
    held = Membership.objects.filter(role__in=may, ended_at=None, locked_at=None).values("user")
    return User.objects.filter(pk__in=held, state=User.State.ACTIVE).order_by("pk")
