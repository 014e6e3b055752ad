"""Thresholds of matching: what others would have done to past decisions, and then the use of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.authority.models import SettingChange
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.linkage import services, thresholds, trying

from .trail import crumbs

TUNING = door(Permission.TUNE_MATCHING, verified=True)
NAMES = tuple(thresholds.KEYS)


@require_safe
@TUNING
def page(request: HttpRequest) -> HttpResponse:
    """The thresholds in use and, when others are in the address, what they would have done."""
    typed = {name: request.GET[name] for name in NAMES if name in request.GET}
    if not typed:
        return _draw(request)
    try:
        percents = services.check_thresholds(_numbers(typed))
    except services.WrongThresholds as wrong:
        return _draw(request, typed, problems=wrong.problems, status=422)
    return _draw(request, typed, tried=percents)


@require_POST
@TUNING
def save(request: HttpRequest) -> HttpResponse:
    """Use the thresholds that were tried."""
    typed = {name: request.POST.get(name, "") for name in NAMES}
    revision = request.POST.get("revision", "")
    seen = number(revision, digits=18)
    try:
        changed = services.set_thresholds(_numbers(typed), seen=seen, by=who(request), now=timezone.now())
    except services.WrongThresholds as wrong:
        return _draw(request, typed, problems=wrong.problems, status=422)
    except ChangedMeanwhile as refusal:
        return _draw(request, typed, problems={"match": refusal.message}, status=409)
    messages.success(request, say(f"administration.Linkage_{'Saved' if changed else 'Same'}"))
    return redirect("administration:linkage")


@require_POST
@TUNING
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Use the thresholds again that were in use before a change."""
    change = authority.history_of(thresholds.KEYS.values()).filter(pk=pk).first()
    if change is None:
        raise Http404
    with refusals_told(request):
        changed = services.put_back_thresholds(change, by=who(request), now=timezone.now())
        messages.success(request, say(f"administration.Linkage_{'PutBack' if changed else 'Same'}"))
    return redirect("administration:linkage")


def _numbers(typed: dict[str, str]) -> dict[str, float | None]:
    return {name: _number(typed.get(name, "")) for name in NAMES}


def _number(words: str) -> float | None:
    """A percentage as people write it: 99.5, 99,5 or 99.5%."""
    plain = words.strip().removesuffix("%").strip().replace(",", ".")
    whole, _, part = plain.partition(".")
    right = plain.isascii() and whole.isdigit() and (part.isdigit() or "." not in plain)
    return float(plain) if right and len(plain) < 9 else None


def _draw(
    request: HttpRequest,
    typed: dict[str, str] | None = None,
    *,
    problems: dict[str, str] | None = None,
    tried: dict[str, float] | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = {name: authority.setting(key) for name, key in thresholds.KEYS.items()}
    shown = {name: f"{value:g}" for name, value in kept.items()} | (typed or {})
    context: dict[str, Any] = {
        "fields": [_field(name, shown[name], (problems or {}).get(name, "")) for name in NAMES],
        "in_use": [(say(f"administration.Linkage_At_{name}"), f"{kept[name]:g}%") for name in NAMES],
        "problems": problems or {},
        "revision": authority.revision_of(thresholds.KEYS.values()),
        "automatic": authority.setting("matching.automatic"),
        "history": _history(),
        "breadcrumbs": crumbs((say("administration.Linkage_Thresholds"), "")),
    }
    if tried:
        context |= _trial(request, tried)
    return render(request, "administration/linkage_thresholds.html", context, status=status)


def _field(name: str, value: str, problem: str) -> dict[str, str]:
    words = f"administration.Linkage_At_{name}"
    return {
        "name": name,
        "label": say(words),
        "hint": say(f"{words}_Hint"),
        "tooltip": say(f"{words}_Tooltip"),
        "value": value,
        "problem": problem,
    }


def _trial(request: HttpRequest, percents: dict[str, float]) -> dict[str, Any]:
    automatic = bool(authority.setting("matching.automatic"))
    found = trying.try_thresholds(thresholds.in_use(), thresholds.of(percents), automatic=automatic)
    rows = [
        (say(f"administration.Linkage_Fate_{fate}"), found.now[fate], found.then[fate])
        for fate in trying.ORDER
    ]
    against = [
        {
            "mention": each.mention,
            "how": say(f"administration.Linkage_Against_{each.how}"),
            "verb": say(f"administration.Linkage_Verb_{each.verb}"),
            "probability": f"{100 * each.probability:.2f}%",
        }
        for each in found.against[: trying.MOST_TOLD]
    ]
    return {
        "tried": found,
        "chosen": [(name, f"{percents[name]:g}") for name in NAMES],
        "rows": rows,
        "changed": sum(found.moved.values()),
        "wrong": [found.wrong_now("linked"), found.wrong("linked")],
        "missed": [found.wrong_now("missed"), found.wrong("missed")],
        "against": against,
        "more": max(0, len(found.against) - trying.MOST_TOLD),
        "may_open": holder_of(request).may(Permission.MATCH_CHILDREN),
    }


def _history() -> list[dict[str, Any]]:
    """The last changes, those that were saved together as one."""
    together: dict[Any, list[SettingChange]] = {}
    for change in authority.history_of(thresholds.KEYS.values())[:30]:
        together.setdefault(change.changed_at, []).append(change)
    names = {key: name for name, key in thresholds.KEYS.items()}
    return [
        {
            "change": changes[0],
            "lines": [
                say(
                    "administration.Linkage_Change",
                    label=say(f"administration.Linkage_At_{names[each.key]}"),
                    before=f"{each.before:g}",
                    after=f"{each.after:g}",
                )
                for each in reversed(changes)
            ],
        }
        for changes in together.values()
    ]
