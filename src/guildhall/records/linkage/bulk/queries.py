"""Reading what was put to use, and the batches."""

from datetime import datetime

from django.db.models import QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

from .models import Activation, BatchPair, BatchRow, BatchRun, TrainingRun


def activations() -> QuerySet[Activation]:
    """Every time that weights were put to use, newest first."""
    return Activation.objects.select_related("model", "by").defer("model__weights").order_by("-pk")


def trainings() -> QuerySet[TrainingRun]:
    """Every time that somebody had weights learnt, newest first."""
    people = TrainingRun.objects.select_related("made_by", "stopped_by", "model")
    return people.defer("model__weights", "model__diagnostics").order_by("-pk")


def training_with(pk: int) -> TrainingRun | None:
    """What was asked for with ``pk``, for the worker."""
    return TrainingRun.objects.filter(pk=pk).first()


def run_with(pk: int) -> BatchRun | None:
    """The batch ``pk``, for the worker."""
    return BatchRun.objects.filter(pk=pk).first()


def runs_before(moment: datetime) -> QuerySet[BatchRun]:
    """What people began before then."""
    return BatchRun.objects.filter(made_at__lt=moment).order_by("pk")[:100]


def runs_seen_by(holder: Holder) -> QuerySet[BatchRun]:
    """Every batch, newest first; nothing for people who do not match children."""
    if not holder.may(Permission.MATCH_CHILDREN):
        return BatchRun.objects.none()
    return BatchRun.objects.select_related("made_by").defer("bad").order_by("-pk")


def pairs_of(run: BatchRun) -> QuerySet[BatchPair]:
    """What was found, with everything that a page shows of it, the likeliest first."""
    shown = ("left_row", "right_row", "left_child", "child", "decided_by", "run")
    return run.pairs.select_related(*shown).order_by("-probability", "left_row__line", "pk")


def alone_in(run: BatchRun) -> QuerySet[BatchRow]:
    """The rows of the left file for which nothing was found, or nothing but what people rejected."""
    paired = run.pairs.filter(left_row__isnull=False).exclude(verdict=BatchPair.Verdict.REJECTED)
    return run.rows.filter(side="left").exclude(pk__in=paired.values("left_row")).order_by("line")
