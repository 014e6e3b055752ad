from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither


def _somebody(*, null: bool = False) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=null)


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
    made_by = _somebody(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = _somebody(null=True)

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
    checked_by = _somebody(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = _somebody(null=True)
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
    """Somebody asked for one of their rights: to see, correct, restrict or erase, or they object.

    It is about an account, or about a child: ``subject_id`` is the authority's record where that is known,
    ``family_child`` the child as the family wrote it. ``asked_by`` is empty for one that came on paper
    from somebody without an account; ``entered_by`` is the officer who wrote it down. A request to see
    leads to ``pack_request``, one to erase to a ``Run`` of its own. ``answer`` is what the person is told;
    nothing is decided before somebody said how they know who asked (``identity``).
    """

    class Right(models.TextChoices):
        ACCESS = "access"
        RECTIFICATION = "rectification"
        RESTRICTION = "restriction"
        ERASURE = "erasure"
        OBJECTION = "objection"

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
    asked_by = _somebody(null=True)
    asker = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    received_on = models.DateField()
    paused_on = models.DateField(null=True)
    paused_days = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    entered_by = _somebody(null=True)
    identity = models.CharField(max_length=8, choices=Identity.choices, blank=True)
    identity_at = models.DateTimeField(null=True)
    identity_by = _somebody(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    done = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = _somebody(null=True)
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
            both_or_neither("decided_at", "decided_by"),
        ]

    def __str__(self) -> str:
        return f"{self.right} {self.pk}"

    @property
    def closed_at(self) -> datetime | None:
        """When it was decided or taken back."""
        return self.decided_at or self.withdrawn_at


class RetentionClass(models.Model):
    """How long things of one kind are kept: counted from ``start`` for ``months``, then ``action``.

    ``key`` is one of ``retention.CLASSES``. ``months`` None keeps them for ever.
    """

    class Action(models.TextChoices):
        DELETE = "delete"
        REVIEW = "review"

    key = models.CharField(max_length=30, primary_key=True)
    start = models.CharField(max_length=30)
    months = models.PositiveIntegerField(null=True)
    action = models.CharField(max_length=6, choices=Action.choices, default=Action.DELETE)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = _somebody(null=True)

    def __str__(self) -> str:
        return self.key


class RetentionChange(models.Model):
    """That a class was changed: {start, months, action} before and after."""

    key = models.CharField(max_length=30)
    before = models.JSONField()
    after = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = _somebody(null=True)

    def __str__(self) -> str:
        return f"{self.key} {self.changed_at}"


class Hold(models.Model):
    """Nothing of this person, form or whole class goes while the hold stands.

    ``kind`` is "user", "child", "case" or "class"; ``what`` the number, reference or key of it.
    """

    class Kind(models.TextChoices):
        USER = "user"
        CHILD = "child"
        CASE = "case"
        CLASS = "class"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    what = models.CharField(max_length=40)
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = _somebody()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = _somebody(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["lifted_at", "kind", "what"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.what}"


class Run(models.Model):
    """A list of what is due to go. Somebody else signs it, and then it is carried out in steps.

    ``at_class`` and ``after`` say how far listing has come. One with a ``request`` lists what its person
    asked to have erased.
    """

    class State(models.TextChoices):
        LISTING = "listing"
        LISTED = "listed"
        SIGNED = "signed"
        DONE = "done"
        DROPPED = "dropped"

    state = models.CharField(max_length=7, choices=State.choices, default=State.LISTING)
    on = models.DateField()
    at_class = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=40, blank=True)
    request = models.ForeignKey(RightsRequest, null=True, on_delete=models.PROTECT, related_name="runs")
    asked_at = models.DateTimeField()
    asked_by = _somebody()
    signed_at = models.DateTimeField(null=True)
    signed_by = _somebody(null=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"run {self.pk}"


class RunLine(models.Model):
    """One thing that is due, why, and what came of it. ``mark`` names it even in an older copy.

    ``early``: a person asked to have it erased before its time; a hold keeps it all the same. Without a
    period, or before it began, a thing has no ``due_on``.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        GONE = "gone"
        KEPT = "kept"
        HELD = "held"
        REVIEW = "review"

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lines")
    key = models.CharField(max_length=30)
    mark = models.CharField(max_length=80)
    started_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    early = models.BooleanField(default=False)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.WAITING)

    class Meta:
        indexes = [models.Index(fields=["run", "outcome"])]
        constraints = [
            models.UniqueConstraint(fields=["run", "key", "mark"], name="one_line_a_thing_in_a_run")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.mark}"


class Deletion(models.Model):
    """That a thing was deleted, without a word of what it said; a restored copy deletes it again."""

    key = models.CharField(max_length=30)
    mark = models.CharField(max_length=80)
    at = models.DateTimeField()
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "mark"], name="one_deletion_a_thing")]

    def __str__(self) -> str:
        return f"{self.key} {self.mark}"


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
    reviewed_by = _somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["reviewed_at", "on"])]
        constraints = [both_or_neither("reviewed_at", "reviewed_by")]

    def __str__(self) -> str:
        return f"{self.rule} {self.on} {self.reader}"


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

    by = _somebody()
    child = models.BigIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    words = models.TextField()
    given_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "child", "until"], name="opening_reasons_in_force")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Breach(models.Model):
    """Something happened to the information held: what, how bad, and whom the authority told in time.

    The 72 hours count from ``known_at``. ``ico_words`` and ``people_words`` say what was told, or why not.
    """

    class Risk(models.TextChoices):
        NONE = "none"
        SOME = "some"
        HIGH = "high"

    happened = models.TextField()
    known_at = models.DateTimeField()
    people = models.PositiveIntegerField(null=True)
    risk = models.CharField(max_length=4, choices=Risk.choices, blank=True)
    effects = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    ico_told_at = models.DateTimeField(null=True)
    ico_words = models.TextField(blank=True)
    people_told_at = models.DateTimeField(null=True)
    people_words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = _somebody()
    closed_at = models.DateTimeField(null=True)
    closed_by = _somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["closed_at", "known_at"])]
        constraints = [both_or_neither("closed_at", "closed_by")]

    def __str__(self) -> str:
        return f"breach {self.pk}"
