"""When information was lost or shown to the wrong person."""

from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Breach(models.Model):
    """Something happened to the information held: what, how bad, and whom the authority told in time.

    The 72 hours count from ``known_at``. ``ico_words`` and ``people_words`` say what was told, or why not.
    """

    class Risk(models.TextChoices):
        NONE = "none"
        SOME = "some"
        HIGH = "high"

    happened = models.TextField()
    known_at = models.DateTimeField()
    people = models.PositiveIntegerField(null=True)
    risk = models.CharField(max_length=4, choices=Risk.choices, blank=True)
    effects = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    ico_told_at = models.DateTimeField(null=True)
    ico_words = models.TextField(blank=True)
    people_told_at = models.DateTimeField(null=True)
    people_words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = somebody()
    closed_at = models.DateTimeField(null=True)
    closed_by = somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["closed_at", "known_at"])]
        constraints = [both_or_neither("closed_at", "closed_by")]

    def __str__(self) -> str:
        return f"breach {self.pk}"
