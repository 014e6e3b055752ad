"""The weights of matching: which there are, two beside each other, and the use of one by a person."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.linkage import queries, services
from guildhall.records.linkage.bulk import queries as bulk
from guildhall.records.linkage.bulk.models import TrainedModel
from guildhall.records.linkage.model import Model, first_model
from guildhall.records.linkage.past import Comparison

from . import linkage_diagnostics as diagnostics
from .linkage import TUNING
from .linkage_training import became_of
from .linkage_words import bits, field_words, level_words
from .trail import crumbs

SHIPPED = 0
MOST_TOLD = 50
MOST_TRAININGS = 10


@dataclass(frozen=True)
class Line:
    """A level of a field: its bits with one and with the other weights."""

    field: str
    level: str
    one: str
    other: str
    differs: bool


@require_safe
@TUNING
def index(request: HttpRequest) -> HttpResponse:
    """Every version, and what was in use when."""
    used = _used()
    page = page_of(queries.trained_models().defer("weights", "diagnostics"), request)
    context = {
        "page": page,
        "used": _number(used),
        "history": _history(),
        "trainings": [(run, became_of(run)) for run in bulk.trainings()[:MOST_TRAININGS]],
        "breadcrumbs": _crumbs(),
    }
    return render(request, "administration/linkage_models.html", context)


@require_safe
@TUNING
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """Weights ``number`` beside those in use, or beside those that the address names."""
    other, used = _model(number), _used()
    beside = request.GET.get("with", "")
    one = _model(int(beside)) if beside.isascii() and beside.isdigit() and len(beside) < 9 else used
    told = queries.compare_models(one, other)
    context = {
        "number": number,
        "heading": name_of(other),
        "one": name_of(one),
        "other": name_of(other),
        "model": other,
        "lines": lines_of(_weights(one), _weights(other)),
        "told": told,
        "figures": _figures(told),
        "changed": _changed(told),
        "more": max(0, len(told.changed) - MOST_TOLD),
        "rules": _rules(other),
        "drawn": diagnostics.drawn(other),
        "labels": diagnostics.labels(other),
        "in_use": (_number(used)) == number,
        "options": _options(number),
        "beside": _number(one),
        "may_open": holder_of(request).may(Permission.MATCH_CHILDREN),
        "breadcrumbs": _crumbs(name_of(other)),
    }
    return render(request, "administration/linkage_compare.html", context)


@require_POST
@TUNING
def use(request: HttpRequest, number: int) -> HttpResponse:
    """Match with weights ``number`` from now on."""
    model = _model(number)
    try:
        services.activate_model(model, by=who(request), now=timezone.now())
    except services.AlreadyActive:
        messages.info(request, say("administration.Weights_InUseAlready", name=name_of(model)))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("administration.Weights_Used", name=name_of(model)))
    return redirect("administration:linkage-models")


def name_of(model: TrainedModel | None) -> str:
    """What weights are called."""
    if model is None:
        return say("administration.Weights_Shipped")
    return say("administration.Weights_Number", number=model.number)


def lines_of(one: Model, other: Model) -> list[Line]:
    """Every level of every field, with both weights; first what lies before any comparison."""
    prior = say("administration.Weights_Prior")
    lines = [_line(say("matching.Field_prior"), prior, one.prior, other.prior)]
    for part in dict.fromkeys((*one.fields, *other.fields)):
        ours, theirs = one.fields.get(part, {}), other.fields.get(part, {})
        for level in dict.fromkeys((*ours, *theirs)):
            if level != "missing":
                field, words = field_words(part), level_words(part, level)
                lines.append(_line(field, words, ours.get(level), theirs.get(level)))
    return lines


def _line(field: str, level: str, one: float | None, other: float | None) -> Line:
    return Line(field, level, bits(one), bits(other), one != other)


def _figures(told: Comparison) -> list[tuple[str, int, int]]:
    """What people decided held against both: found, missed, and links that were wrong."""
    found = [
        (say(f"matching.Outcome_{each}"), told.one[each], told.other[each])
        for each in ("match", "potential", "low", "none")
    ]
    missed = told.decisions - told.found_by_one, told.decisions - told.found_by_other
    wrong = told.undone_one["match"], told.undone_other["match"]
    return [
        *found,
        (say("administration.Weights_Missed"), *missed),
        (say("administration.Weights_Wrong"), *wrong),
    ]


def _changed(told: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "mention": each.mention,
            "one": say(f"matching.Outcome_{each.one}"),
            "other": say(f"matching.Outcome_{each.other}"),
        }
        for each in told.changed[:MOST_TOLD]
    ]


def _rules(model: TrainedModel | None) -> list[dict[str, Any]]:
    """What the weights were learnt from, rule by rule."""
    if model is None:
        return []
    return [
        {
            "fields": ", ".join(field_words(part) for part in rule["parts"]),
            "pairs": rule["pairs"],
            "matched": rule["matched"],
            "rounds": rule["rounds"],
        }
        for rule in model.diagnostics.get("rules", [])
    ]


def _options(number: int) -> list[tuple[str, str]]:
    numbers = queries.trained_models().values_list("number", flat=True)[:100]
    known = [
        (str(SHIPPED), name_of(None)),
        *((str(each), say("administration.Weights_Number", number=each)) for each in numbers),
    ]
    return [(value, words) for value, words in known if value != str(number)]


def _history() -> list[dict[str, Any]]:
    """The last uses, newest first, and to which weights each may be gone back."""
    last = list(bulk.activations()[:21])
    before = [*(_number(each.model) for each in last[1:]), SHIPPED]
    return [
        {"at": each.at, "by": each.by, "name": name_of(each.model), "back": back}
        for each, back in zip(last[:20], before, strict=False)
    ]


def _number(model: TrainedModel | None) -> int:
    return model.number if model else SHIPPED


def _used() -> TrainedModel | None:
    last = queries.last_activation()
    return last.model if last else None


def _model(number: int) -> TrainedModel | None:
    if number == SHIPPED:
        return None
    if (found := queries.trained_models().filter(number=number).first()) is None:
        raise Http404
    return found


def _weights(model: TrainedModel | None) -> Model:
    return Model.from_json(model.weights) if model else first_model()


def _crumbs(*further: str) -> list[tuple[str, str]]:
    here = reverse("administration:linkage-models") if further else ""
    return crumbs((say("administration.Weights_Heading"), here), *((words, "") for words in further))
