from typing import Any

from django.db import models

from guildhall.foundation.loading.models import Loading as BaseLoading
from guildhall.people.accounts.fields import somebody


class Round(models.Model):
    """Applications for places that begin in the September of ``year``.

    Until the day ``offers_on`` schools see who applied, not what was offered; None shows offers at once.
    """

    title = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    offers_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = somebody()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["title", "year"], name="admissions_round_once")]

    def __str__(self) -> str:
        return self.title


class Capacity(models.Model):
    """The published admission number of a school in a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="capacities")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "school"], name="admissions_capacity_once")]

    def __str__(self) -> str:
        return str(self.number)


class Application(models.Model):
    """A child's application to one school in a round: what the file of the admissions team says, no more.

    ``preference`` counts from 1. ``distance`` is in miles. ``waiting`` is the place on the waiting list.
    """

    class Status(models.TextChoices):
        APPLIED = "applied"
        OFFERED = "offered"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WAITING = "waiting"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="applications")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=30)
    upn = models.CharField(max_length=13, blank=True, db_index=True)
    forename = models.CharField(max_length=100)
    surname = models.CharField(max_length=100)
    born_on = models.DateField()
    preference = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=100, blank=True)
    distance = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    status = models.CharField(max_length=9, choices=Status.choices)
    waiting = models.PositiveIntegerField(null=True)
    loaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "round", "preference"])]
        constraints = [
            models.UniqueConstraint(fields=["round", "school", "reference"], name="admissions_applied_once"),
            models.CheckConstraint(
                condition=models.Q(preference__gte=1), name="admissions_preference_from_1"
            ),
            models.CheckConstraint(
                condition=models.Q(waiting=None) | models.Q(status="waiting"), name="admissions_waits_on_list"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"


class Loading(BaseLoading):
    """Rows of a file of applications in a round."""

    event = "admissions.loading"
    apart = ("round",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    changed = models.PositiveIntegerField(default=0)

    @property
    def counts(self) -> dict[str, Any]:
        return {"added": self.added, "changed": self.changed}
