"""Reading messages. Every query starts from the person whose messages they are, or from a conversation."""

from datetime import datetime

from django.db.models import Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit import statements
from guildhall.people.accounts.models import User

from .models import Message, Recall


def messages_of(user: User) -> QuerySet[Message]:
    """Every message in the account of ``user``, newest first."""
    return Message.objects.filter(to=user, removed_at=None).order_by("-sent_at", "-id")


def unread_count(user: User) -> int:
    """How many messages ``user`` has not opened yet."""
    return statements.count(Message, to_id=user.pk, read_at=None, removed_at=None)


def conversation(about: str) -> QuerySet[Message]:
    """Everything written both ways about the reference ``about``, oldest first.

    For those who may see what the reference stands for; whoever calls this has asked.
    """
    rows = Message.objects.filter(about=about).exclude(about="")
    return rows.select_related("from_user", "recall").order_by("sent_at", "id")


def conversation_of(user: User, about: str) -> QuerySet[Message]:
    """The part of a conversation that ``user`` wrote or was sent, oldest first."""
    return conversation(about).filter(Q(to=user, removed_at=None) | Q(from_user=user, to=None))


def old_messages(before: datetime) -> QuerySet[Message]:
    """The messages to people that were sent before then and are still in their accounts, oldest first."""
    rows = Message.objects.filter(to__isnull=False, sent_at__lt=before, removed_at=None)
    return rows.order_by("sent_at", "id")


def count_old(before: datetime) -> int:
    """How many messages a removal of what was sent ``before`` then would take."""
    return old_messages(before).count()


def recall_of(message: Message) -> Recall | None:
    """How and why ``message`` was withdrawn, if it was. Whoever asks has been let in to the message."""
    return Recall.objects.filter(message=message).select_related("by").first()


def recalls_seen_by(holder: Holder) -> QuerySet[Recall]:
    """Messages that were withdrawn, newest first; none for a holder who does not answer for privacy."""
    if not holder.may(Permission.MANAGE_PRIVACY):
        return Recall.objects.none()
    return Recall.objects.select_related("message", "by").order_by("-at", "-pk")
