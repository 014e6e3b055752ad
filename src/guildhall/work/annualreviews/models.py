from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.loading.models import Loading as BaseLoading
from guildhall.people.accounts.fields import somebody


class Plan(models.Model):
    """A pupil of a school who has a plan that is reviewed each year.

    ``key`` is the number that the page of adding carries, so that sending it twice adds one. ``mention`` is
    the child as the school wrote them. ``due_on`` is the next review date, never later than rules.limit.
    ``told_on`` is the due date that the school was last emailed about. ``sought``: what a search looks in.
    """

    class Why(models.TextChoices):
        """Why a pupil is no longer reviewed here."""

        CEASED = "ceased"
        LEFT = "left"
        MISTAKE = "mistake"

    key = models.UUIDField(unique=True)
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    mention = models.OneToOneField("linkage.Mention", on_delete=models.PROTECT, related_name="+")
    forename = models.CharField(max_length=100)
    surname = models.CharField(max_length=100)
    born_on = models.DateField()
    upn = models.CharField(max_length=13, db_index=True)
    sought = models.CharField(max_length=250)
    plan_on = models.DateField()
    last_on = models.DateField(null=True)
    due_on = models.DateField()
    told_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = somebody()
    ended_at = models.DateTimeField(null=True)
    ended_by = somebody(null=True)
    ended_why = models.CharField(max_length=8, choices=Why.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["school", "ended_at"]), models.Index(fields=["ended_at", "due_on"])]
        constraints = [
            both_or_neither("ended_at", "ended_by"),
            models.UniqueConstraint(
                fields=["school", "upn"], condition=models.Q(ended_at=None), name="one_plan_a_pupil"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"


class Loading(BaseLoading):
    """Pupils of a school's spreadsheet."""

    event = "annualreviews.list"
    apart = ("school",)

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")


class Review(models.Model):
    """One annual review: a meeting, what is recorded of it, and what the authority decided.

    ``people``, ``views``, ``outcomes`` and ``advice`` are the working copy (content.Content); ``saves``
    counts the saves of each, so that a colleague's save meanwhile is noticed. ``correcting``: a correction
    of what was sent is being written. ``before``: the plan's last and due dates, to take a decision back.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        HELD = "held"
        SENT = "sent"
        DECIDED = "decided"
        CANCELLED = "cancelled"

    class Advice(models.TextChoices):
        """What a review recommends, and what the authority decides."""

        KEEP = "keep"
        AMEND = "amend"
        CEASE = "cease"

    OPEN = (State.PLANNED, State.HELD, State.SENT)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    meeting_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    planned_by = somebody()
    people = models.JSONField(default=list, blank=True)
    views = models.JSONField(default=dict, blank=True)
    outcomes = models.JSONField(default=list, blank=True)
    advice = models.JSONField(default=dict, blank=True)
    saves = models.JSONField(default=dict, blank=True)
    saved_by = somebody(null=True)
    saved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    correcting = models.BooleanField(default=False)
    decision = models.CharField(max_length=5, choices=Advice.choices, blank=True)
    decided_on = models.DateField(null=True)
    decision_words = models.TextField(max_length=2000, blank=True)
    decided_by = somebody(null=True)
    decided_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "meeting_on"])]
        constraints = [
            both_or_neither("saved_at", "saved_by"),
            both_or_neither("decided_at", "decided_by"),
            models.CheckConstraint(
                condition=models.Q(state="decided", decided_at__isnull=False)
                | (~models.Q(state="decided") & models.Q(decided_at=None)),
                name="review_decided_when_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["sent", "decided"], sent_at__isnull=False)
                | models.Q(state__in=["planned", "held", "cancelled"], sent_at=None),
                name="review_sent_when_sent",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state__in=["planned", "held", "sent"]),
                name="one_open_review_a_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def may_be_written(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.HELD) or self.correcting


class Report(models.Model):
    """What was sent of a review, sealed. A correction is another with the next ``number`` and a ``reason``.

    ``content`` is content.Content as JSON, with the pupil; ``files``: [{id, name, kind, bytes, sha256}].
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    files = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()
    sent_by = somebody()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_report_a_number"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="report_corrected_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.number} of review {self.review_id}"
