from django.conf import settings
from django.db import models


class TrainedModel(models.Model):
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
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        app_label = "linkage"

    def __str__(self) -> str:
        return f"weights {self.number}"


class Activation(models.Model):
    """From ``at`` on, matching uses ``model``; None: those that come with Guildhall. The last counts."""

    model = models.ForeignKey(TrainedModel, null=True, on_delete=models.PROTECT, related_name="activations")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "linkage"

    def __str__(self) -> str:
        return f"{self.model or 'shipped weights'} since {self.at:%Y-%m-%d}"


class BatchRun(models.Model):
    """A file that was compared with another, with the records, or with itself. Nothing is applied by it.

    ``left`` and ``right`` are names of files, ``right`` also "records", or empty for doubles in one file.
    ``counts``: rows, bad, pairs, and pairs by outcome. ``bad``: the first rows that could not be used, as
    {line, reason}.
    """

    left = models.CharField(max_length=255)
    right = models.CharField(max_length=255, blank=True)
    engine = models.CharField(max_length=20)
    weights = models.CharField(max_length=80)
    counts = models.JSONField(default=dict)
    bad = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        app_label = "linkage"

    def __str__(self) -> str:
        return f"batch {self.pk}"


class BatchPair(models.Model):
    """Two rows that may be one child, for a person to look at. ``child`` is the record when it is one.

    ``left`` and ``right`` are the ids of the rows in their files. ``explanation`` is the score as JSON.
    """

    run = models.ForeignKey(BatchRun, on_delete=models.CASCADE, related_name="pairs")
    left = models.CharField(max_length=200)
    right = models.CharField(max_length=200)
    child = models.ForeignKey("children.Child", null=True, on_delete=models.PROTECT, related_name="+")
    probability = models.FloatField()
    outcome = models.CharField(max_length=10)
    explanation = models.JSONField()

    class Meta:
        app_label = "linkage"
        indexes = [models.Index(fields=["run", "outcome", "-probability"])]

    def __str__(self) -> str:
        return f"{self.left} and {self.right}: {self.outcome}"
