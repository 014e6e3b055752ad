from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Action(models.Model):
    """Something that a school has to do by a day.

    ``source`` says where it came from: a post item (``posting``), a case (``case``), a visit (on
    ``visited_on``), or elsewhere. ``from_council``: an officer gave it to the school, whose people change
    nothing of it but its owner and status; until one of them takes it, it has no ``owner``. ``reason`` says
    why it was cancelled. ``revision`` grows with every change. ``sought`` is what a search finds it by.
    ``late_told_on`` is the due date of which its owner was told that it is over. ``key`` is the page's from
    which it was made.
    """

    class Source(models.TextChoices):
        POST = "post"
        CASE = "case"
        VISIT = "visit"
        OTHER = "other"

    class Status(models.TextChoices):
        OPEN = "open"
        IN_PROGRESS = "in-progress"
        DONE = "done"
        CANCELLED = "cancelled"

    TO_DO = (Status.OPEN, Status.IN_PROGRESS)

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    sought = models.CharField(max_length=300)
    source = models.CharField(max_length=5, choices=Source.choices)
    posting = models.ForeignKey("post.Posting", null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("schoolcases.SchoolCase", null=True, on_delete=models.PROTECT, related_name="+")
    visited_on = models.DateField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.OPEN)
    from_council = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = somebody()
    closed_at = models.DateTimeField(null=True)
    closed_by = somebody(null=True)
    reason = models.CharField(max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    late_told_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["school", "status", "due_on"]),
            models.Index(fields=["school", "owner", "status"]),
            models.Index(fields=["due_on"], condition=Q(closed_at=None), name="action_to_do_by_day"),
            models.Index(fields=["made_at"], condition=Q(from_council=True), name="action_of_council"),
        ]
        constraints = [
            both_or_neither("closed_at", "closed_by"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "in-progress"], closed_at=None)
                | Q(status__in=["done", "cancelled"], closed_at__isnull=False),
                name="action_closed_when_over",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") & ~Q(reason="") | ~Q(status="cancelled") & Q(reason=""),
                name="action_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(source="post", posting__isnull=False, case=None, visited_on=None)
                | Q(source="case", posting=None, case__isnull=False, visited_on=None)
                | Q(source="visit", posting=None, case=None, visited_on__isnull=False)
                | Q(source="other", posting=None, case=None, visited_on=None),
                name="action_has_its_source",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(from_council=True), name="action_has_an_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk}"

    @property
    def to_do(self) -> bool:
        return self.status in self.TO_DO

    def late(self, today: date) -> bool:
        """Whether it is still to be done and its day is over."""
        return self.to_do and self.due_on < today


class Step(models.Model):
    """One line of an action's history: what was done to it, or a note. Never changed.

    ``changes`` are {field: [before, after]}, of an owner the names. ``words``: of a note, or why it was
    cancelled. ``key`` is the page's on which a note was written, so that sending it twice writes one.
    """

    class Act(models.TextChoices):
        MADE = "made"
        CHANGED = "changed"
        GIVEN = "given"
        NOTED = "noted"
        STARTED = "started"
        STOPPED = "stopped"
        DONE = "done"
        CANCELLED = "cancelled"
        REOPENED = "reopened"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps")
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    act = models.CharField(max_length=9, choices=Act.choices)
    changes = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True)
    by = somebody()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["action", "at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(act="noted") | ~Q(words=""), name="action_note_has_words"),
        ]

    def __str__(self) -> str:
        return f"Step {self.pk}"
