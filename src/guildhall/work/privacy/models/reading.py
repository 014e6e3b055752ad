"""Who opened a child's record: reasons given before, and readings that look odd afterwards."""

from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class OpeningReason(models.Model):
    """Why somebody opened the record of a child with whom they had no work, and until when it stays open.

    ``child`` is a number, as in the audit.
    """

    class Kind(models.TextChoices):
        ASKED = "asked"
        SAFETY = "safety"
        COVER = "cover"
        CHECK = "check"
        OTHER = "other"

    by = somebody()
    child = models.BigIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    words = models.TextField()
    given_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "child", "until"], name="opening_reasons_in_force")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OddDay(models.Model):
    """That the readings of a day were gone through for odd ones, and how many readings there were."""

    on = models.DateField(unique=True)
    readings = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.on)


class OddReading(models.Model):
    """Readings of children's records that may need a reason: which rule found them, whose, what came of it.

    ``reader`` and ``child`` are numbers, as in the audit; ``child`` is empty where several are meant, which
    ``children`` then lists. ``outcome`` is empty until somebody has looked into it.
    """

    class Rule(models.TextChoices):
        FAMILY = "family"
        ADDRESS = "address"
        NAMESAKE = "namesake"
        COLLEAGUE = "colleague"
        HOURS = "hours"
        MANY = "many"
        NO_CASE = "no-case"

    class Outcome(models.TextChoices):
        IN_ORDER = "in-order"
        ASKED = "asked"
        PASSED_ON = "passed-on"

    rule = models.CharField(max_length=9, choices=Rule.choices)
    on = models.DateField()
    reader = models.BigIntegerField()
    child = models.BigIntegerField(null=True)
    children = models.JSONField(default=list)
    count = models.PositiveIntegerField()
    entry = models.BigIntegerField()
    found_at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["reviewed_at", "on"])]
        constraints = [both_or_neither("reviewed_at", "reviewed_by")]

    def __str__(self) -> str:
        return f"{self.rule} {self.on} {self.reader}"
