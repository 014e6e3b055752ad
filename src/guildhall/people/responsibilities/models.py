from django.conf import settings
from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.lists.models import Entry
from guildhall.people.accounts.fields import somebody


class Level(models.TextChoices):
    """How somebody is responsible: for what is to be done about it, or to know of it."""

    LEAD = "lead"
    INTERESTED = "interested"


class Responsibility(Entry):
    """An area of responsibility, and so a category of post, from the list that the schools agreed.

    ``words`` (what its post is about) are {"en", "cy"}; ``systems`` are keys of systems.SYSTEMS. A retired
    one opens nothing: whoever has it has nothing of it until it is brought back.
    """

    event = "responsibilities.category"

    words = models.JSONField(default=dict)
    systems = models.JSONField(default=list, blank=True)


class Assignment(models.Model):
    """What somebody is responsible for now; it counts while they work at the school."""

    place = models.ForeignKey(
        "membership.SchoolPlace", on_delete=models.PROTECT, related_name="responsibilities"
    )
    responsibility = models.ForeignKey(Responsibility, on_delete=models.PROTECT, related_name="assignments")
    level = models.CharField(max_length=10, choices=Level.choices)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "responsibility"], name="responsible_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.level} {self.responsibility_id}"


class Change(models.Model):
    """One change to what somebody is responsible for. Never changed or deleted.

    ``before`` and ``after`` are levels, or "" for not responsible.
    """

    place = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    responsibility = models.ForeignKey(Responsibility, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, blank=True)
    by = somebody()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "at"])]

    def __str__(self) -> str:
        return f"Change {self.pk}"


class ChangeRequest(models.Model):
    """What somebody asks their supervisor to change. Nothing changes until it is decided.

    ``reason`` says why not all of it was approved.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        PARTLY = "partly"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    place = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("closed_at", "closed_by"),
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(closed_at=None), name="one_open_change_request"
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Wish(models.Model):
    """One line of a request: a responsibility to be ``wanted``, or to be given up.

    ``level`` is how it is wanted, or "" where the supervisor is to choose.
    """

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="wishes")
    responsibility = models.ForeignKey(Responsibility, on_delete=models.PROTECT, related_name="+")
    wanted = models.BooleanField()
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    granted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "responsibility"], name="wished_once"),
        ]

    def __str__(self) -> str:
        return f"Wish {self.pk}"


class SeenAlert(models.Model):
    """An alert that somebody has dealt with by reading it. ``alert`` is its key."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    alert = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "alert"], name="alert_seen_once")]

    def __str__(self) -> str:
        return self.alert


class Proposal(models.Model):
    """A responsibility that somebody at a school would like on the list.

    ``added`` is what came of it; ``answer`` says why nothing did.
    """

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    by = somebody()
    name = models.CharField(max_length=60)
    why = models.TextField(max_length=2000)
    asked_at = models.DateTimeField()
    consulted_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    added = models.ForeignKey(Responsibility, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = somebody(null=True)

    class Meta:
        constraints = [both_or_neither("decided_at", "decided_by")]

    def __str__(self) -> str:
        return self.name


class Opinion(models.Model):
    """What the headteacher of another school says of a proposal; ``agrees`` is None until they do."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="opinions")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField(null=True)
    words = models.TextField(max_length=2000, blank=True)
    by = somebody(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            both_or_neither("answered_at", "by"),
            models.UniqueConstraint(fields=["proposal", "school"], name="one_opinion_a_school"),
        ]

    def __str__(self) -> str:
        return f"Opinion {self.pk}"
