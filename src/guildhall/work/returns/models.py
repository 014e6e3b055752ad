from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody

LONGEST_NOTE, LONGEST_REASON = 500, 1000


class Key(models.TextChoices):
    """The collections of a school year."""

    AUTUMN = "AUT"
    SPRING = "SPR"
    SUMMER = "SUM"
    WORKFORCE = "SWF"


class Changed(models.Model):
    """A census day that the authority set itself, instead of the one worked out (census.days).

    ``year``: the one in which the school year begins.
    """

    key = models.CharField(max_length=3, choices=Key.choices)
    year = models.PositiveSmallIntegerField()
    census_on = models.DateField()
    by = somebody()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "year"], name="returns_one_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"


class Upload(models.Model):
    """A file that a school sent to be checked, and how far the check is.

    ``content`` is compressed. ``pupils`` and ``done`` are how many records and bytes are behind. ``reason``:
    why it could not be read (census.findings.Unreadable), in the ``line`` where that is known.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CHECKED = "checked"
        UNREADABLE = "unreadable"

    by = somebody()
    file_name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    pupils = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    reason = models.CharField(max_length=20, blank=True)
    line = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        """How much is behind, in whole hundredths."""
        return min(100, 100 * self.done // self.size) if self.size else 0


class Return(models.Model):
    """What one school sends for one collection, in the familiarisation area or live (``moves``).

    ``upload``: the last file. ``pupils``, ``errors`` and ``queries`` are what was found in it, and ``totals``
    what the next return is compared with. ``answer``: why the council returned it.
    """

    class Area(models.TextChoices):
        PRACTICE = "practice"
        LIVE = "live"

    class State(models.TextChoices):
        NONE = "none"
        ERRORS = "errors"
        QUERIES = "queries"
        SUBMITTED = "submitted"
        APPROVED = "approved"
        AUTHORISED = "authorised"
        RETURNED = "returned"

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=3, choices=Key.choices)
    year = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=8, choices=Area.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NONE)
    upload = models.OneToOneField(Upload, null=True, on_delete=models.PROTECT, related_name="of")
    pupils = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)
    answer = models.CharField(max_length=LONGEST_REASON, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "year", "area", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["school", "key", "year", "area"], name="returns_one_a_school"),
            models.CheckConstraint(
                condition=models.Q(area="live") | models.Q(state__in=["none", "errors", "queries"]),
                name="returns_practice_is_never_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.year} {self.area} {self.school_id}"

    @property
    def is_live(self) -> bool:
        return self.area == self.Area.LIVE


class Found(models.Model):
    """A rule that a record of the last file breaks (census.findings.Finding), and why a query is as it is."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="found")
    rule = models.CharField(max_length=12)
    is_error = models.BooleanField()
    record = models.PositiveIntegerField(default=0)
    line = models.PositiveIntegerField(default=0)
    upn = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120, blank=True)
    item = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    note_by = somebody(null=True)
    note_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["of", "rule"]), models.Index(fields=["of", "upn"])]
        constraints = [both_or_neither("note_at", "note_by")]

    def __str__(self) -> str:
        return f"{self.rule} {self.record}"


class Event(models.Model):
    """What happened to a return: one of moves.Move, or "upload" or "chase"."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=10)
    by = somebody()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.of_id} {self.act}"
