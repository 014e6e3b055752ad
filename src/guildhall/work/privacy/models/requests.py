"""Somebody asks about themselves: what is held (with its pack), or that it be mended or deleted."""

from datetime import datetime

from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Request(models.Model):
    """Somebody asked the authority about the information it holds on a person.

    ``subject_kind`` and ``subject_id`` name the person: an account, or the authority's record of a child.
    The clock counts from ``received_on`` and stands still since ``paused_on``; ``paused_days`` were added
    to the day by earlier pauses. ``made_by`` is empty for one that was begun at the command line.
    """

    class Subject(models.TextChoices):
        USER = "user"
        CHILD = "child"

    subject_kind = models.CharField(max_length=5, choices=Subject.choices)
    subject_id = models.BigIntegerField()
    language = models.CharField(max_length=2, default="en")
    received_on = models.DateField()
    paused_on = models.DateField(null=True)
    paused_days = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = somebody(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["closed_at", "received_on"])]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"


class Pack(models.Model):
    """Everything held about the person of a request, gathered part by part and released by two people.

    ``at_model`` and ``after`` say how far gathering has come: the model, and the key of its last row.
    ``kept``: the ``model.field`` marked as perhaps about somebody else that the checker leaves in.
    """

    class State(models.TextChoices):
        GATHERING = "gathering"
        READY = "ready"
        CHECKED = "checked"
        RELEASED = "released"
        GONE = "gone"

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="pack")
    state = models.CharField(max_length=9, choices=State.choices, default=State.GATHERING)
    at_model = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    kept = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = somebody(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = somebody(null=True)
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.request} {self.state}"


class PackPart(models.Model):
    """Rows of one model, as they were when they were gathered. Goes when the pack expires.

    ``rows``: list of {"fields": {name: value}, "others": [names marked as perhaps about somebody else]}.
    """

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="parts")
    model = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    rows = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "model", "number"], name="one_part_a_place_in_a_pack")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.number}"


class RightsRequest(models.Model):
    """Somebody asked for one of their rights: to see, correct, restrict or erase, or they object or complain.

    It is about an account, or about a child: ``subject_id`` is the authority's record where that is known,
    ``family_child`` the child as the family wrote it. ``asked_by`` is empty for one that came on paper
    from somebody without an account; ``entered_by`` is the officer who wrote it down. A request to see
    leads to ``pack_request``, one to erase to a ``Run`` of its own. ``answer`` is what the person is told;
    nothing is decided before somebody said how they know who asked (``identity``); a complaint is heard
    whoever makes it, and has to be acknowledged in time. ``letters``: what was written about it on the way,
    as {"kind": acknowledged, asked or replied, "at", "words"}.
    """

    class Right(models.TextChoices):
        ACCESS = "access"
        RECTIFICATION = "rectification"
        RESTRICTION = "restriction"
        ERASURE = "erasure"
        OBJECTION = "objection"
        COMPLAINT = "complaint"

    class Identity(models.TextChoices):
        ACCOUNT = "account"
        DOCUMENT = "document"
        KNOWN = "known"

    class Decision(models.TextChoices):
        GRANTED = "granted"
        PARTLY = "partly"
        REFUSED = "refused"

    right = models.CharField(max_length=13, choices=Right.choices)
    subject_kind = models.CharField(max_length=5, choices=Request.Subject.choices)
    subject_id = models.BigIntegerField(null=True)
    family_child = models.UUIDField(null=True)
    asked_by = somebody(null=True)
    asker = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    received_on = models.DateField()
    paused_on = models.DateField(null=True)
    paused_days = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    entered_by = somebody(null=True)
    identity = models.CharField(max_length=8, choices=Identity.choices, blank=True)
    identity_at = models.DateTimeField(null=True)
    identity_by = somebody(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = somebody(null=True)
    letters = models.JSONField(default=list)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    done = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = somebody(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    pack_request = models.OneToOneField(
        Request, null=True, on_delete=models.PROTECT, related_name="rights_request"
    )

    class Meta:
        indexes = [
            models.Index(fields=["decided_at", "received_on"]),
            models.Index(fields=["asked_by", "id"]),
        ]
        constraints = [
            both_or_neither("identity_at", "identity_by"),
            both_or_neither("acknowledged_at", "acknowledged_by"),
            both_or_neither("decided_at", "decided_by"),
        ]

    def __str__(self) -> str:
        return f"{self.right} {self.pk}"

    @property
    def is_complaint(self) -> bool:
        """Whether somebody complains about how their information was used."""
        return self.right == self.Right.COMPLAINT

    @property
    def closed_at(self) -> datetime | None:
        """When it was decided or taken back."""
        return self.decided_at or self.withdrawn_at
