from django.conf import settings
from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody

from .bulk.models import Activation, BatchPair, BatchRow, BatchRun, TrainedModel, TrainingRun

__all__ = [
    "Activation",
    "BatchPair",
    "BatchRow",
    "BatchRun",
    "Decision",
    "Mention",
    "Merge",
    "Opinion",
    "SecondLook",
    "TrainedModel",
    "TrainingRun",
]


class Mention(models.Model):
    """A child as somebody wrote them, once. Work points here; settling moves the pointer to the record.

    ``identity`` is a frozen ``records.linkage.identity.Identity`` as JSON and never changes.
    ``outcome`` is what the scorer said when it was reported, or at ``looked_at`` while it waited: match,
    potential, low, many, none, error;
    ``reasons`` why it was not linked by machine (words of ``outcomes.REASONS``). ``name`` and ``born_on``
    repeat what the queue sorts by, ``name_words`` what it is searched by (``finding.name_words``).
    ``version`` grows with every decision, so that two officers cannot settle it twice. ``nobody``: the paper
    asks about no child, such as a census of places, so that there is nothing to find and nothing waits.
    """

    class Outcome(models.TextChoices):
        MATCH = "match"
        POTENTIAL = "potential"
        LOW = "low"
        MANY = "many"
        NONE = "none"
        ERROR = "error"

    class State(models.TextChoices):
        WAITING = "waiting"
        LINKED = "linked"
        ADDED = "added"
        REJECTED = "rejected"
        NOBODY = "nobody"

    identity = models.JSONField()
    name = models.CharField(max_length=320, blank=True)
    name_words = models.CharField(max_length=600, blank=True, default="")
    born_on = models.DateField(null=True)
    said_by = somebody(null=True)
    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    family_child = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    child = models.ForeignKey("children.Child", null=True, on_delete=models.PROTECT, related_name="mentions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.NONE)
    reasons = models.JSONField(default=list)
    best_score = models.FloatField(null=True)
    conflicts_open = models.BooleanField(default=False)
    reported_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = somebody(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["state", "reported_at"]),
            models.Index(fields=["state", "outcome", "reported_at"]),
            models.Index(fields=["state", "name"]),
            models.Index(fields=["state", "name_words", "id"], name="mention_by_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="one_mention_a_source"),
            models.CheckConstraint(
                condition=models.Q(state__in=["linked", "added"], child__isnull=False)
                | models.Q(state__in=["waiting", "rejected", "nobody"], child__isnull=True),
                name="mention_child_when_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"mention {self.pk} {self.state}"


class Decision(models.Model):
    """What was decided about a mention, by whom, and how to take it back.

    ``by`` is None for the machine. ``before`` and ``after``: {mention: columns, child: snapshot or None}.
    ``explanation`` is the score that was on the page; ``choices`` what was kept, field by field.
    """

    class Verb(models.TextChoices):
        LINKED = "linked"
        MATCHED = "matched"
        ADDED = "added"
        REJECTED = "rejected"
        RETURNED = "returned"
        REPLACED = "replaced"

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=20, choices=Verb.choices)
    child = models.ForeignKey("children.Child", null=True, on_delete=models.PROTECT, related_name="+")
    by = somebody(null=True)
    at = models.DateTimeField()
    choices = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    explanation = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["by", "at"])]
        constraints = [both_or_neither("undone_at", "undone_by")]

    def __str__(self) -> str:
        return f"{self.verb} {self.mention_id}"


class Opinion(models.Model):
    """An officer who was not sure asked a colleague what they think of a mention, and what came back.

    ``asked_of`` is somebody by name, or None for anybody of ``team``. It decides nothing: who decides may
    do so with or without an answer. ``view`` is what the colleague would do; ``child`` the record they mean.
    """

    class View(models.TextChoices):
        MATCH = "match"
        ADD = "add"
        REJECT = "reject"
        UNSURE = "unsure"

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="opinions")
    asked_by = somebody()
    asked_at = models.DateTimeField()
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.CharField(max_length=40, blank=True)
    question = models.TextField(max_length=2000)
    view = models.CharField(max_length=10, choices=View.choices, blank=True)
    child = models.ForeignKey("children.Child", null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = somebody(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            both_or_neither("answered_at", "answered_by"),
            models.UniqueConstraint(
                fields=["mention"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="one_open_opinion_a_mention",
            ),
        ]

    def __str__(self) -> str:
        return f"opinion {self.pk} on mention {self.mention_id}"


class Merge(models.Model):
    """Two records of one child became one: ``gone`` gave way to ``kept``, until it is taken back.

    ``before``: {kept, gone}, both records as they were; ``after``: {kept} as it became. ``mentions`` are
    the numbers of those that moved from the one to the other. ``choices`` as in a Decision.
    """

    kept = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="+")
    by = somebody()
    at = models.DateTimeField()
    choices = models.JSONField(default=dict)
    before = models.JSONField()
    after = models.JSONField()
    mentions = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("undone_at", "undone_by"),
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="one_standing_merge_a_record"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merge_of_two_records"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"


class SecondLook(models.Model):
    """What the weights in use say now of a decision that a person took.

    ``doubt`` is why it looks wrong (a word of ``doubts.DOUBTS``), empty when it does not; ``child`` the
    record that the doubt is about. ``model`` names the weights. ``checked_at``: a person looked again and
    keeps the decision, so that it is not brought up any more.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="second_look")
    model = models.CharField(max_length=80)
    doubt = models.CharField(max_length=20, blank=True)
    weight = models.FloatField(null=True)
    child = models.ForeignKey("children.Child", null=True, on_delete=models.SET_NULL, related_name="+")
    looked_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    checked_by = somebody(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-decision"],
                condition=models.Q(checked_at=None) & ~models.Q(doubt=""),
                name="second_look_doubts",
            )
        ]
        constraints = [both_or_neither("checked_at", "checked_by")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.doubt}".strip()
