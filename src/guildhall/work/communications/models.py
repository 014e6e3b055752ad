import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from guildhall.people.accounts.fields import somebody


class Communication(models.Model):
    """A line of the communication log that no other room has: what was told apart from a case's messages.

    It belongs to a ``child``, or to a ``case`` and so to whoever its mention turns out to be. ``to`` is the
    portal user, whose linked person is looked up when the log is read; ``person`` is somebody of the records
    without an account, and ``addressee`` anybody else, in words. ``message`` and ``email_key`` (the key of
    its work in the outbox) lead to the evidence of delivery. ``version`` is 1 until it is corrected.
    """

    class Means(models.TextChoices):
        MESSAGE = "message"
        EMAIL = "email"
        LETTER = "letter"
        TELEPHONE = "telephone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey("children.Child", null=True, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    addressee = models.CharField(max_length=200, blank=True)
    means = models.CharField(max_length=10, choices=Means.choices)
    incoming = models.BooleanField(default=False)
    summary = models.TextField()
    message = models.ForeignKey(
        "mail_messages.Message", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    email_key = models.CharField(max_length=120, blank=True)
    by = somebody(null=True)
    happened_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    struck_out = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["child", "happened_at"]),
            models.Index(fields=["case", "happened_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(child__isnull=False, case__isnull=True)
                | Q(child__isnull=True, case__isnull=False),
                name="communication_of_a_child_or_a_case",
            ),
            models.UniqueConstraint(
                fields=["child", "message"], condition=Q(message__isnull=False), name="message_logged_once"
            ),
            models.UniqueConstraint(
                fields=["child", "email_key"], condition=~Q(email_key=""), name="email_logged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.means} {self.id}"


class Correction(models.Model):
    """What a line of the log said before somebody put it right or struck it out, and why."""

    communication = models.ForeignKey(Communication, on_delete=models.CASCADE, related_name="corrections")
    version = models.PositiveIntegerField()
    by = somebody()
    at = models.DateTimeField()
    reason = models.TextField()
    addressee = models.CharField(max_length=200, blank=True)
    means = models.CharField(max_length=10)
    incoming = models.BooleanField()
    summary = models.TextField()
    happened_at = models.DateTimeField()
    struck_out = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["communication", "version"], name="one_correction_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.communication_id} version {self.version}"
