"""The summary: every answer with its way back, what is missing, and the declarations."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.walk import Gap
from guildhall.paperwork.submissions.models import Draft
from guildhall.records.linkage.merges import kept_for
from guildhall.work.intake import queries as intake
from guildhall.work.intake.declarations import declarations_for
from guildhall.work.intake.destinations import destination_of
from guildhall.work.intake.titles import shown_title
from guildhall.work.keying import queries as keyed
from guildhall.work.many import queries as many

from ..answers import sections_of_draft
from ..asking import asked_words
from ..entering import entered_rows
from ..gaps import gap_links
from ..loading import leads_to_receipt, my_draft, note_reading
from ..pages import emergency_numbers, saved_words, walk_of
from ..posting import posted_revision
from ..presence import company_in
from ..tabs import tabs_of


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True, draft=True)
@leads_to_receipt
def summary(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The final step (SP-083, CP-031)."""
    draft = my_draft(request, draft_id)
    if form := keyed.child_form_with(draft.key):
        return redirect("council:form-check", kept_for(form.child_id), draft.pk)
    if batch := many.batch_with(draft.key):
        return redirect("schools:many", batch.pk)
    return show_summary(request, draft)


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True)
@leads_to_receipt
def confirm(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Between "Submit to Local Authority" and "Submit": nothing is sent before the second (CP-036)."""
    draft = my_draft(request, draft_id)
    definition = forms.definition_of(draft.version_id)
    ticked = request.POST.getlist("declarations")
    asked = declarations_for(definition, active_language())
    if missing := {each.key: texts.say(each.problem) for each in asked if each.key not in ticked}:
        return show_summary(request, draft, missing=missing, ticked=ticked)
    if gaps := intake.gaps_of(draft, now=timezone.now()):
        return show_summary(request, draft, ticked=ticked, gaps=gaps)
    context = {
        "draft": draft,
        "title": shown_title(definition, active_language()),
        "ticked": ticked,
        "revision": posted_revision(request),
        "department": texts.say(destination_of(definition.destination).department),
        "emergency": emergency_numbers(definition),
    }
    return render(request, "filling/confirm.html", context)


def show_summary(
    request: HttpRequest,
    draft: Draft,
    *,
    missing: Mapping[str, str] | None = None,
    ticked: list[str] | None = None,
    gaps: list[Gap] | None = None,
    refused: str = "",
) -> HttpResponse:
    """The summary; 422 with ``missing`` declarations, ``gaps`` that stopped the sending, or ``refused``."""
    note_reading(request, draft)
    definition = forms.definition_of(draft.version_id)
    walk = walk_of(draft, definition)
    open_gaps = intake.gaps_of(draft, now=timezone.now()) if gaps is None else gaps
    problems = {"form": refused} if refused else {}
    problems |= {f"declaration-{key}": message for key, message in (missing or {}).items()}
    declared = declarations_for(definition, active_language())
    context: dict[str, Any] = {
        "draft": draft,
        "title": shown_title(definition, active_language()),
        "sections": sections_of_draft(draft, definition),
        "gap_links": gap_links(draft, definition, open_gaps),
        "declarations": [
            {"one": each, "checked": each.key in (ticked or []), "problem": (missing or {}).get(each.key, "")}
            for each in declared
        ],
        "shares": destination_of(definition.destination).shares,
        "step_count": len(walk.steps) + 1,
        "back": walk.previous_place("summary") or "",
        "tabs": tabs_of(definition, walk, here="summary"),
        "set_aside": [
            {"key": one["question"][active_language()], "value": one["answer"][active_language()]}
            for one in draft.set_aside
        ],
        "newer": forms.newer_than(draft.version_id),
        "entered": entered_rows(draft.key),
        "saved": saved_words(draft),
        "emergency": emergency_numbers(definition),
        "problems": problems,
    }
    context["company"] = company_in(request, draft, "summary")
    context["asked"] = asked_words(request, draft)
    failed = bool(problems) or gaps is not None
    return render(request, "filling/summary.html", context, status=422 if failed else 200)
