import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from guildhall.people.accounts.fields import somebody

from .template_models import MessageTemplate

__all__ = ["Message", "MessageTemplate", "Recall"]


class Message(models.Model):
    """A message in a person's portal account, or an answer to a team. Email only says that it is there.

    ``to`` is the person, else ``to_team`` the team, that it is for. ``about`` is a reference shown to the
    reader, and what makes a conversation; ``about_kind`` and ``about_id`` say what it is about.
    ``sensitive`` messages open only in a session that passed the second step. ``from_user`` None is the
    authority itself. ``body`` is Markdown. ``removed_at``: taken out of the person's messages as too old, and
    kept only because the history of a form holds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="portal_messages"
    )
    to_team = models.CharField(max_length=40, blank=True)
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_role = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    about = models.CharField(max_length=40, blank=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    sensitive = models.BooleanField(default=True)
    may_answer = models.BooleanField(default=False)
    key = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "sent_at"]),
            models.Index(fields=["about", "sent_at"]),
            models.Index(fields=["to"], condition=Q(read_at=None), name="message_unread"),
            models.Index(fields=["sent_at"], condition=Q(to__isnull=False), name="message_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to__isnull=False, to_team="") | (Q(to__isnull=True) & ~Q(to_team="")),
                name="message_to_a_person_or_a_team",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Recall(models.Model):
    """That a message was withdrawn, because it went to the wrong person, and what it had said.

    The message itself says only that it was withdrawn, wherever it is shown. ``read_at``: when its reader had
    opened it before.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="recall")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    reason = models.TextField()
    read_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = somebody()

    class Meta:
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"Recall of {self.message_id}"
