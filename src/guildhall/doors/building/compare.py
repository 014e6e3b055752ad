"""Two versions of a form, or the form as it is built and as it is live, compared in words."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms.comparing import Difference, differences
from guildhall.paperwork.forms.definition import Definition, compiled
from guildhall.paperwork.forms.models import Form, WorkingForm

from .way import DOOR, known_or_404, trail, version_or_404

WORKING = "working"
MOST_CHOICES = 200


@require_safe
@DOOR
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Choose two states of the form and read what differs, as sentences that can be printed."""
    form, working = known_or_404(code)
    choices = _choices(form, working)
    old = request.GET.get("old") or (choices[1][0] if len(choices) > 1 else choices[0][0])
    new = request.GET.get("new") or choices[0][0]
    language = active_language()
    found = differences(_state(code, old, working), _state(code, new, working), language)
    context = {
        "code": code.upper(),
        "choices": choices,
        "old": old,
        "new": new,
        "names": (dict(choices).get(old, old), dict(choices).get(new, new)),
        "sections": sections_of(found),
        "count": len(found),
        "breadcrumbs": trail(code.upper(), (say("send.Compare_Heading"), "")),
    }
    return render(request, "building/compare.html", context)


def _choices(form: Form | None, working: WorkingForm | None) -> list[tuple[str, str]]:
    numbers = (
        form.versions.order_by("-number").values_list("number", flat=True)[:MOST_CHOICES] if form else ()
    )
    built = [(WORKING, say("send.Compare_Working"))] if working else []
    return [*built, *((str(number), say("send.Compare_Version", number=number)) for number in numbers)]


def _state(code: str, chosen: str, working: WorkingForm | None) -> Definition:
    if chosen != WORKING:
        return compiled(version_or_404(code, chosen).definition)
    if working is None:
        raise Http404
    return compiled(working.shown)


def sections_of(found: list[Difference]) -> list[dict[str, Any]]:
    """The differences by group, and in a group by question, in their order."""
    sections: dict[str, dict[str, list[Difference]]] = {}
    for one in found:
        sections.setdefault(one.group, {}).setdefault(one.question, []).append(one)
    return [{"group": group, "questions": list(parts.items())} for group, parts in sections.items()]
