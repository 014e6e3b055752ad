import uuid

from django.db import models

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Notice(models.Model):
    """A notice that somebody of a school placed. Its picture is the file that ("notice", id) holds.

    ``price`` is said of what is for sale, ``held_on``, ``held_time`` and ``venue`` of an activity or event.
    It is shown to every school while it is SHOWN, through the day ``ends_on``. ``reason`` says why an officer
    refused it or took it down; from then on it is ``watched``: an officer looks at it again before it is
    shown. ``sought`` is what a search goes through, folded.
    """

    class Kind(models.TextChoices):
        SALE = "sale"
        FREE = "free"
        ACTIVITY = "activity"
        EVENT = "event"

    class State(models.TextChoices):
        """Where a notice stands; one that ended is still SHOWN, its day is only over."""

        WAITING = "waiting"
        SHOWN = "shown"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        REMOVED = "removed"

    HELD = (Kind.ACTIVITY, Kind.EVENT)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=120)
    words = models.TextField()
    price = models.CharField(max_length=60, blank=True)
    held_on = models.DateField(null=True)
    held_time = models.CharField(max_length=60, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    picture = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices)
    sought = models.TextField()
    placed_by = somebody()
    placed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = somebody(null=True)
    reason = models.CharField(max_length=500, blank=True)
    watched = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["state", "ends_on"]), models.Index(fields=["school", "placed_at"])]
        constraints = [
            both_or_neither("decided_at", "decided_by"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["refused", "removed"]) | ~models.Q(reason=""),
                name="notice_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["activity", "event"]) | models.Q(held_on__isnull=False),
                name="notice_held_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """Somebody told the council that something is wrong with a notice; settled once an officer has looked."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reports")
    by = somebody()
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("settled_at", "settled_by"),
            models.UniqueConstraint(
                fields=["notice", "by"],
                condition=models.Q(settled_at=None),
                name="one_open_report_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"
