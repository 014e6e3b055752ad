"""Weights are learnt when a person asks for it on the page of weights, and not when they stop it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.linkage import services
from guildhall.records.linkage.bulk import queries as bulk
from guildhall.records.linkage.bulk.engine import EngineMissing
from guildhall.records.linkage.bulk.models import TrainingRun

from .linkage import TUNING


@require_POST
@TUNING
def begin(request: HttpRequest) -> HttpResponse:
    """Have the worker learn weights."""
    try:
        services.begin_training(by=who(request), now=timezone.now())
    except EngineMissing:
        messages.error(request, problem_words("engine"))
    except services.TooFewRecords:
        messages.error(request, problem_words("few"))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("administration.Training_Begun"))
    return redirect("administration:linkage-models")


@require_POST
@TUNING
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Learn no further."""
    if (run := bulk.training_with(pk)) is None:
        raise Http404
    try:
        services.stop_training(run, by=who(request), now=timezone.now())
    except services.TrainingEnded as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("administration.Training_Stopped"))
    return redirect("administration:linkage-models")


def became_of(run: TrainingRun) -> str:
    """What became of it, in words."""
    words = say(f"administration.Training_State_{run.state}", name=run.stopped_by or "–")
    return f"{words}. {problem_words(run.problem)}" if run.problem else words


def problem_words(problem: str) -> str:
    """Why nothing is learnt."""
    return say(f"administration.Training_Problem_{problem}", fewest=services.FEWEST_RECORDS)
