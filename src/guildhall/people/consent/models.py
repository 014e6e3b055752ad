"""The library of consent statements, when each is published, and who did not give or took back consent.

The published statements themselves and what each person answered are in accounts.
"""

from django.conf import settings
from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Question(models.Model):
    """A tick box question of the library: a statement (Markdown) and the words beside the box.

    Both map a language to words; a language that is left out has no words. Only an active question can be
    scheduled. ``revision`` counts its changes.
    """

    statement = models.JSONField()
    agreement = models.JSONField()
    active = models.BooleanField()
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = somebody()

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Scheduled(models.Model):
    """A question that is to be published at ``publish_at``; ``statement`` is what it became then."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="scheduled")
    publish_at = models.DateTimeField()
    scheduled_at = models.DateTimeField()
    scheduled_by = somebody()
    statement = models.OneToOneField(
        "accounts.ConsentStatement", null=True, on_delete=models.PROTECT, related_name="scheduled"
    )

    def __str__(self) -> str:
        return f"Scheduled {self.pk}"


class Withdrawal(models.Model):
    """Somebody withheld or withdrew consent (``given`` says which), and whether the council has acted on it.

    ``ended_at``: when a person who withheld consent gave it after all.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consent_withdrawals"
    )
    given = models.OneToOneField("accounts.ConsentGiven", on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    actioned_at = models.DateTimeField(null=True)
    actioned_by = somebody(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_neither("actioned_at", "actioned_by")]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"Withdrawal {self.pk}"


class NotifiedAddress(models.Model):
    """An email address that is told when somebody withdraws consent."""

    email = models.EmailField(max_length=254, unique=True)
    added_at = models.DateTimeField()
    added_by = somebody()

    def __str__(self) -> str:
        return self.email


class EmailPreference(models.Model):
    """Which emails a person wants. Those that keep an account or a form safe are always sent."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="email_preference"
    )
    message_waiting = models.BooleanField(default=True)
    post_daily = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Email preference of {self.user_id}"
