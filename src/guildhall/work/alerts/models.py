import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Alert(models.Model):
    """An alert definition. Its number is the Alert Definition ID; it is active while ``activated_at`` is set.

    A trigger alert waits for a change of one of ``fields`` in ``based_on``. A scheduled one asks ``query`` at
    ``next_at``; its times are counted from ``first_at``, so that none drifts, and without ``every`` there is
    only that one. ``key`` is of the page it was made on, ``predefined`` says that it was supplied.
    ``revision`` grows with each change.
    """

    class Kind(models.TextChoices):
        TRIGGER = "trigger"
        SCHEDULED = "scheduled"

    class Unit(models.TextChoices):
        MINUTES = "minutes"
        HOURS = "hours"
        DAYS = "days"
        WEEKS = "weeks"
        MONTHS = "months"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    predefined = models.BooleanField(default=False)
    based_on = models.CharField(max_length=20, blank=True)
    fields = models.JSONField(default=list)
    query = models.TextField(blank=True)
    include_result = models.BooleanField(default=False)
    fire_on_row = models.BooleanField(default=True)
    first_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    every = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=8, choices=Unit.choices, blank=True)
    template = models.ForeignKey(
        "mail_messages.MessageTemplate", null=True, on_delete=models.PROTECT, related_name="+"
    )
    activated_at = models.DateTimeField(null=True)
    activated_by = somebody(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = somebody(null=True)
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    removed_by = somebody(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(activated_at__isnull=False, removed_at=None), name="alert_due"
            )
        ]
        constraints = [
            both_or_neither("activated_at", "activated_by"),
            both_or_neither("removed_at", "removed_by"),
            models.CheckConstraint(
                condition=Q(activated_at=None) | Q(removed_at=None), name="a_removed_alert_is_not_active"
            ),
            models.CheckConstraint(
                condition=Q(every=None, unit="") | (Q(every__gte=1) & ~Q(unit="")),
                name="repeated_by_a_number_of_units",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.reason}"

    @property
    def active(self) -> bool:
        return self.activated_at is not None

    @property
    def is_trigger(self) -> bool:
        return self.kind == self.Kind.TRIGGER


class Recipient(models.Model):
    """A line of the Recipient List: one portal user, or everybody of a kind on the involvement."""

    class Kind(models.TextChoices):
        USER = "user"
        CITIZENS = "citizens"
        PROFESSIONALS = "professionals"
        CONCERNED = "concerned"

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="recipients")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "kind"], condition=~Q(kind="user"), name="one_line_a_kind_of_recipient"
            ),
            models.UniqueConstraint(
                fields=["alert", "user"], condition=Q(kind="user"), name="one_line_a_recipient"
            ),
            models.CheckConstraint(
                condition=Q(kind="user", user__isnull=False) | (~Q(kind="user") & Q(user=None)),
                name="a_recipient_is_a_person_or_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.alert_id}"


class Run(models.Model):
    """One firing of an alert, or a scheduled time at which there was nothing to fire for.

    ``planned_at`` is when it should have run, ``rows`` how many the query gave, ``problem`` the end of the
    name of a text and ``said`` what the database said about a query that failed.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        NOTHING = "nothing"
        NOBODY = "nobody"
        SENT = "sent"
        FAILED = "failed"

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="runs")
    key = models.CharField(max_length=160, unique=True)
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    involvement = models.ForeignKey(
        "sharing.Involvement", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    rows = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["alert", "planned_at"]), models.Index(fields=["planned_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="a_run_that_ended_has_a_moment",
            )
        ]

    def __str__(self) -> str:
        return self.key


class Sending(models.Model):
    """That a run goes to one portal user, about one involvement or none.

    ``result`` is the part of the query's result for them, until it is sent: lists of [column, value].
    ``message`` is the number of the portal message; without it after ``ended_at``, the person was not
    authenticated any more.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="sendings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    involvement = models.ForeignKey(
        "sharing.Involvement", null=True, on_delete=models.CASCADE, related_name="+"
    )
    result = models.JSONField(default=list)
    message = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "user", "involvement"], name="one_sending_an_involvement"),
            models.UniqueConstraint(
                fields=["run", "user"], condition=Q(involvement=None), name="one_sending_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.run_id}"
