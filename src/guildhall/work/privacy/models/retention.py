"""How long things are kept, what holds them, and each run that deleted some."""

from django.db import models

from guildhall.people.accounts.fields import somebody

from .requests import RightsRequest


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
    changed_by = somebody(null=True)

    def __str__(self) -> str:
        return self.key


class RetentionChange(models.Model):
    """That a class was changed: {start, months, action} before and after."""

    key = models.CharField(max_length=30)
    before = models.JSONField()
    after = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = somebody(null=True)

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
    placed_by = somebody()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = somebody(null=True)
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
    asked_by = somebody()
    signed_at = models.DateTimeField(null=True)
    signed_by = somebody(null=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"run {self.pk}"


class RunLine(models.Model):
    """One thing that is due, why, and what came of it. ``mark`` names it even in an older copy.

    ``early``: a person asked to have it erased before its time; a hold keeps it all the same. ``chosen``: it
    was listed for review, and somebody decided that it goes. Without a period, or before it began, a thing
    has no ``due_on``.
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
    chosen = models.BooleanField(default=False)
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
