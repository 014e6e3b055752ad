"""The steps of a form: showing one, saving it, and going on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.forms import SWITCH
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.steps import StepInput
from guildhall.paperwork.submissions import services as submissions
from guildhall.people.accounts.languages import switched

from .. import earlier, finding, rows
from ..asking import asked_words
from ..conflict import conflict_page
from ..entering import entered_for
from ..gaps import gap_words
from ..loading import AlreadySent, leads_to_receipt, my_draft, note_reading
from ..pages import base_of, saved_words, step_page, walk_of
from ..places import address, place_address
from ..posting import Spot, fresh_row_id, place_now, posted_base, read_step, save_step, spot_of
from ..presence import changed_words, company_in, note_here
from .filing import bring_back, forget_posted, remove_posted, take_chosen, take_posted

Problems = dict[str, str]


@require_safe
@door(Permission.FILL_IN_FORMS, verified=True)
@leads_to_receipt
def resume(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Back into the form where the person left it (SP-082)."""
    draft = my_draft(request, draft_id)
    walk = walk_of(draft, forms.definition_of(draft.version_id))
    places = [group.key for group in walk.groups]
    return redirect(place_address(draft.pk, draft.place if draft.place in places else places[0]))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.FILL_IN_FORMS, verified=True, reads_child=True, draft=True)
@leads_to_receipt
def step(request: HttpRequest, draft_id: UUID, place: str, row_id: str = "") -> HttpResponse:
    """One question group, or one row of a repeating one: show it; save it and go where the button says."""
    spot = spot_of(my_draft(request, draft_id), place, row_id, posted=request.POST)
    if request.method != "POST":
        return redirect(place_now(spot)) if spot.is_older else _open(request, spot)
    typed = read_step(request, spot)
    try:
        lent = earlier.chosen(spot, request.POST) | finding.chosen(request, spot, typed)
        draft = save_step(request, spot, typed, now=timezone.now(), lent=lent)
        shown = rows.changed(request, spot.now_with(draft), now=timezone.now())
    except submissions.Conflict as conflict:
        return _both(request, spot, conflict)
    except Refusal as refusal:
        return _show(request, spot, {"form": refusal.message})
    if shown is not None:
        return redirect(f"{place_address(draft.pk, place)}#{f'row-{shown}' if shown else f'group-{place}'}")
    spot = spot.now_with(draft)
    if request.FILES:
        if refused := take_chosen(request, spot):
            return _after_files(request, spot, refused)
        spot = spot.now_with(my_draft(request, draft_id))
        typed = read_step(request, spot)
    return _onward(request, spot, typed)


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True)
def autosave(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Save what is typed so far, for the script of the page: the new revision, or 409 when it has to ask."""
    try:
        draft = my_draft(request, draft_id)
    except AlreadySent:
        return JsonResponse({"message": texts.say("send.Error_DraftGone")}, status=409)
    spot = spot_of(draft, request.POST.get("place", ""), request.POST.get("row", ""), posted=request.POST)
    typed = read_step(request, spot)
    try:
        draft = save_step(request, spot, typed, now=timezone.now())
    except submissions.Conflict as conflict:
        who = changed_words(conflict.current, conflict.overlapping)
        return JsonResponse({"message": conflict.message, "who": sorted(set(who.values()))}, status=409)
    except Refusal as refusal:
        return JsonResponse({"message": refusal.message}, status=409)
    note_here(request, draft, spot.group.key)
    base = base_of(spot.now_with(draft), typed.answers)
    return JsonResponse({"revision": draft.revision, "base": base, "saved": saved_words(draft)})


def _open(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Show the page; a step that is not on the way leads to the next, an empty list to its first row."""
    walk = walk_of(spot.draft, spot.definition)
    find, remove = request.GET.get("find", ""), request.GET.get("remove", "")
    if not walk.opens(spot.group):
        return redirect(place_address(spot.draft.pk, walk.next_place(spot.group.key)))
    if spot.lists_rows and not spot.rows and spot.group.repeats and spot.group.repeats.least:
        return redirect(place_address(spot.draft.pk, spot.group.key, fresh_row_id()))
    note_reading(request, spot.draft)
    context = step_page(spot, walk, problems={}, find=find, remove=remove) | _beside(request, spot)
    return render(request, "filling/step.html", context)


def _show(request: HttpRequest, spot: Spot, problems: Problems) -> HttpResponse:
    """The page again, with what has to be put right."""
    walk = walk_of(spot.draft, spot.definition)
    note_reading(request, spot.draft)
    context = step_page(spot, walk, problems=problems) | _beside(request, spot)
    return render(request, "filling/step.html", context, status=422)


def _beside(request: HttpRequest, spot: Spot) -> dict[str, Any]:
    """What stands beside the questions: who else is here, what was asked for, and for whom it is entered."""
    return {
        "company": company_in(request, spot.draft, spot.group.key),
        "asked": asked_words(request, spot.draft),
        "entered_for": entered_for(request, spot.draft, spot.definition),
    }


def _both(request: HttpRequest, spot: Spot, conflict: submissions.Conflict) -> HttpResponse:
    note_reading(request, spot.draft)
    who = changed_words(conflict.current, conflict.overlapping)
    context = conflict_page(spot, conflict, request.POST, posted_base(request), who)
    return render(request, "filling/conflict.html", context, status=409)


def _onward(request: HttpRequest, spot: Spot, typed: StepInput) -> HttpResponse:
    """What the pressed button says, now that everything typed is saved."""
    post, draft = request.POST, spot.draft
    if code := post.get("upload"):
        return _after_files(request, spot, take_posted(request, spot, code))
    if file_id := post.get("remove-file"):
        return _after_files(request, spot, remove_posted(request, spot, file_id))
    if "undo-file" in post:
        return _after_files(request, spot, bring_back(request, spot))
    if upload_id := post.get("forget-upload"):
        forget_posted(spot, upload_id)
        return redirect(place_address(draft.pk, spot.group.key, spot.row_id))
    if spot.is_older and "later" not in post:
        return _moved_on(request, spot)
    if SWITCH in post:
        return _speak(request, spot)
    if "later" in post:
        messages.success(request, texts.say("send.Saved_Later"))
        return redirect("filling:submitted" if draft.corrects_id else "filling:saved")
    if "remove-row" in post:
        return redirect(place_address(draft.pk, spot.group.key))
    if "newer" in post:
        return redirect(f"{address('filling:upgrade', draft.pk)}?place={spot.group.key}")
    if go := post.get("go"):
        known = go in spot.definition.group_by_key
        return redirect(place_address(draft.pk, go if known else None))
    if used := spot.definition.question_by_code.get(post.get(earlier.BUTTON, "")):
        return redirect(f"{place_address(draft.pk, spot.group.key, spot.row_id)}#{used.field_id}")
    if asked := spot.definition.question_by_code.get(finding.asked_code(request)):
        find = f"?find={asked.code}" if finding.FIND in post else ""
        return redirect(f"{place_address(draft.pk, spot.group.key, spot.row_id)}{find}#{asked.field_id}")
    if typed.problems:
        return _show(request, spot, typed.problems)
    if typed.opened:
        messages.info(request, texts.say("send.Step_MoreQuestions"))
        question = spot.definition.question_by_code[typed.opened[0]]
        return redirect(f"{place_address(draft.pk, spot.group.key, spot.row_id)}#{question.field_id}")
    return _next(request, spot)


def _moved_on(request: HttpRequest, spot: Spot) -> HttpResponse:
    """From a page of an older version to what the draft's version has in its place."""
    if language := switched(request):
        submissions.speak_draft(spot.draft, language=language)
    messages.info(request, texts.say("send.Upgrade_Meanwhile"))
    return redirect(place_now(spot, request.POST.get("go", "")))


def _next(request: HttpRequest, spot: Spot) -> HttpResponse:
    draft, key = spot.draft, spot.group.key
    if "add" in request.POST and rows.may_add(spot):
        return redirect(place_address(draft.pk, key, fresh_row_id()))
    if spot.row_id:
        return redirect(place_address(draft.pk, key))
    walk = walk_of(draft, spot.definition)
    if spot.lists_rows and (gaps := [gap for gap in walk.gaps if gap.place == key]):
        problems: Problems = {}
        for gap in gaps:
            where = f"row-{gap.row_id}" if gap.row_id else gap.field_id
            problems.setdefault(where, gap_words(draft, spot.definition, gap))
        return _show(request, spot, problems)
    return redirect(place_address(draft.pk, walk.next_place(key)))


def _after_files(request: HttpRequest, spot: Spot, refused: Refusal | None) -> HttpResponse:
    if refused is None:
        return redirect(place_address(spot.draft.pk, spot.group.key, spot.row_id))
    fresh = spot.now_with(my_draft(request, spot.draft.pk))
    question = spot.definition.question_by_code.get(refused.field or "")
    return _show(request, fresh, {question.field_id if question else "form": refused.message})


def _speak(request: HttpRequest, spot: Spot) -> HttpResponse:
    """The same page in the other language, with everything typed kept."""
    if language := switched(request):
        submissions.speak_draft(spot.draft, language=language)
    return redirect(place_address(spot.draft.pk, spot.group.key, spot.row_id))
