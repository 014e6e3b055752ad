from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody

BATCH = "batch"
"""The kind of source of a mention that is a row of a file; its number is the row's."""


class Made(models.Model):
    """Something that was made once, and by whom; None: by a command."""

    made_at = models.DateTimeField()
    made_by = somebody(null=True)

    class Meta:
        abstract = True


class TrainedModel(Made):
    """Weights that were learnt from the authority's records. Never changes; see ``Activation`` for its use.

    ``weights`` is a ``Model`` as JSON and ``digest`` its SHA-256. ``trained_on``: {records, mentions}.
    ``diagnostics``: rules (what was compared, and how many pairs of one child it held), fields (for each
    level the shares ``m`` and ``u``, the bits ``shipped`` and ``trained``, and where they come from), and
    labels (how the decisions of officers come out).
    """

    number = models.PositiveIntegerField(unique=True)
    weights = models.JSONField()
    digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=80)
    trained_on = models.JSONField()
    diagnostics = models.JSONField()

    class Meta:
        app_label = "linkage"

    def __str__(self) -> str:
        return f"weights {self.number}"


class TrainingRun(Made):
    """Somebody asked for weights to be learnt; one at a time. ``at``: how far it is, of 100.

    ``problem`` says why nothing was learnt: few (records), or engine (not installed). ``model`` is what was.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"
        STOPPED = "stopped"

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    at = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=10, blank=True)
    model = models.ForeignKey(TrainedModel, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    stopped_by = somebody(null=True)

    class Meta:
        app_label = "linkage"

    def __str__(self) -> str:
        return f"training {self.pk}"

    @property
    def unfinished(self) -> bool:
        """It waits for the worker, or the worker is at it."""
        return self.state in {self.State.WAITING, self.State.RUNNING}


class Activation(models.Model):
    """From ``at`` on, matching uses ``model``; None: those that come with Guildhall. The last counts."""

    model = models.ForeignKey(TrainedModel, null=True, on_delete=models.PROTECT, related_name="activations")
    at = models.DateTimeField()
    by = somebody(null=True)

    class Meta:
        app_label = "linkage"

    def __str__(self) -> str:
        return f"{self.model or 'shipped weights'} since {self.at:%Y-%m-%d}"


class BatchRun(Made):
    """A file that was compared with another, with the records, or with itself. Nothing is applied by it.

    ``left`` and ``right`` are names of files, ``right`` also "records", or empty for doubles in one file;
    ``left`` is "records" for doubles in the records. ``counts``: rows, bad, pairs, and pairs by outcome.
    ``bad``: the first rows that could not be used, as {line, reason}, and those that were used in spite of
    something, as {line, doubt}. ``columns``: part of an identity → heading. ``at``: how far it is, of 100.
    """

    class Kind(models.TextChoices):
        RECORDS = "records"
        FILES = "files"
        WITHIN = "within"
        REGISTER = "register"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RECORDS)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    at = models.PositiveSmallIntegerField(default=0)
    left = models.CharField(max_length=255)
    right = models.CharField(max_length=255, blank=True)
    engine = models.CharField(max_length=20)
    weights = models.CharField(max_length=80)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    bad = models.JSONField(default=list)

    class Meta:
        app_label = "linkage"

    def __str__(self) -> str:
        return f"batch {self.pk}"


class BatchRow(models.Model):
    """A child of a file as it was written there, kept with its batch so that people see what they decide.

    ``side``: the left or the right file. ``identity`` is an ``Identity`` as JSON.
    """

    run = models.ForeignKey(BatchRun, on_delete=models.CASCADE, related_name="rows")
    side = models.CharField(max_length=5)
    line = models.PositiveIntegerField()
    own_id = models.CharField(max_length=200)
    identity = models.JSONField()

    class Meta:
        app_label = "linkage"
        indexes = [models.Index(fields=["run", "side", "line"])]

    def __str__(self) -> str:
        return f"line {self.line} of batch {self.run_id}"


class BatchPair(models.Model):
    """Two rows that may be one child, for a person to look at. ``child`` is the record when it is one.

    ``left`` and ``right`` are the ids of the rows in their files; ``left_row`` and ``right_row`` the rows
    themselves where they were kept, ``left_child`` the other record of doubles in the records.
    ``explanation`` is the score as JSON. ``decision`` is what accepting the pair did, if anything.
    """

    class Verdict(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    run = models.ForeignKey(BatchRun, on_delete=models.CASCADE, related_name="pairs")
    left = models.CharField(max_length=200)
    right = models.CharField(max_length=200)
    left_row = models.ForeignKey(BatchRow, null=True, on_delete=models.CASCADE, related_name="left_pairs")
    right_row = models.ForeignKey(BatchRow, null=True, on_delete=models.CASCADE, related_name="right_pairs")
    left_child = models.ForeignKey("children.Child", null=True, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey("children.Child", null=True, on_delete=models.PROTECT, related_name="+")
    probability = models.FloatField()
    outcome = models.CharField(max_length=10)
    explanation = models.JSONField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = somebody(null=True)
    decision = models.ForeignKey("linkage.Decision", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "linkage"
        indexes = [models.Index(fields=["run", "outcome", "-probability"])]
        constraints = [both_or_neither("decided_at", "decided_by")]

    def __str__(self) -> str:
        return f"{self.left} and {self.right}: {self.outcome}"
