from datetime import datetime

from django.conf import settings
from django.db import models

from guildhall.people.accounts.fields import somebody


class Invitation(models.Model):
    """Somebody who works with children was asked by email to have an account. Only a link's digest is kept.

    It is open until its person has an account (``user``), somebody withdraws it, or its link runs out;
    sending it again begins a new link.
    """

    email = models.EmailField(max_length=254)
    forename = models.CharField(max_length=60, blank=True)
    surname = models.CharField(max_length=60, blank=True)
    job_role = models.CharField(max_length=100)
    organisation = models.CharField(max_length=150)
    language = models.CharField(max_length=2, default="en")
    link_digest = models.CharField(max_length=64, unique=True)
    link_until = models.DateTimeField()
    sent = models.PositiveSmallIntegerField(default=1)
    invited_at = models.DateTimeField()
    invited_by = somebody(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="invitation"
    )
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(withdrawn_at=None, accepted_at=None),
                name="one_open_invitation_an_address",
            )
        ]
        indexes = [models.Index(fields=["invited_at"])]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def state(self, now: datetime) -> str:
        """accepted, withdrawn, expired or waiting."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "waiting" if now < self.link_until else "expired"
