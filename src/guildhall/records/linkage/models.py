from django.conf import settings
from django.db import models


class Mention(models.Model):
    """A child as somebody wrote them, once. Work points here; settling moves the pointer to the record.

    ``identity`` is a frozen ``records.linkage.identity.Identity`` as JSON and never changes.
    ``outcome`` is what the scorer said: match, potential, low, many, none, error.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        LINKED = "linked"
        ADDED = "added"
        REJECTED = "rejected"

    identity = models.JSONField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    family_child = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    child = models.ForeignKey("children.Child", null=True, on_delete=models.PROTECT, related_name="mentions")
    outcome = models.CharField(max_length=10, default="none")
    best_score = models.FloatField(null=True)
    conflicts_open = models.BooleanField(default=False)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "reported_at"])]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="one_mention_a_source"),
            models.CheckConstraint(
                condition=models.Q(state__in=["linked", "added"], child__isnull=False)
                | models.Q(state__in=["waiting", "rejected"], child__isnull=True),
                name="mention_child_when_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"mention {self.pk} {self.state}"


class Decision(models.Model):
    """What was decided about a mention, by whom, and how to take it back."""

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=20)
    child = models.ForeignKey("children.Child", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    choices = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    explanation = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.verb} {self.mention_id}"
