from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Sequence(models.Model):
    """The last number that was given out; the next is one more, and none is given twice."""

    name = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Limit(models.Model):
    """A responsibility with which somebody may raise a case type; without any, everybody may raise it."""

    form = models.ForeignKey("forms.Form", on_delete=models.PROTECT, related_name="+")
    responsibility = models.ForeignKey(
        "responsibilities.Responsibility", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "responsibility"], name="one_limit_a_responsibility")
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.responsibility_id}"


class SchoolCase(models.Model):
    """A case that somebody raised for a school, from its first page on.

    ``raised_by`` has it: who began it, or the colleague to whom it was handed over. ``key`` is the draft's
    while it is filled in and the submission's afterwards. ``kept`` are the answers of an abandoned case,
    whose draft is gone; ``reason`` is why. On ``review_on`` the council looks again, or the school is asked
    to confirm what it said; at ``reminded_at`` the officer was reminded. While its form is shared, ``duty``
    (a membership Duty.Key) says that only whoever answers for it at the school shares it; "": everybody.
    """

    reference = models.CharField(max_length=40, unique=True)
    key = models.UUIDField(unique=True)
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("forms.FormVersion", on_delete=models.PROTECT, related_name="+")
    raised_by = somebody()
    raised_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    abandoned_at = models.DateTimeField(null=True)
    abandoned_by = somebody(null=True)
    reason = models.CharField(max_length=500, blank=True)
    review_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    kept = models.JSONField(default=dict)
    duty = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["school", "raised_at"]),
            models.Index(fields=["school", "raised_by", "raised_at"]),
            models.Index(
                fields=["review_on"], condition=models.Q(reminded_at=None), name="review_that_is_to_come"
            ),
        ]
        constraints = [
            both_or_neither("abandoned_at", "abandoned_by"),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None) | models.Q(abandoned_at=None),
                name="a_submitted_case_is_not_abandoned",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
