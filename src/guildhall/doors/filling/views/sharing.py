"""Sharing a school's form among its staff: on, off, handing it over, and the beat of who is in it."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.work.schoolcases import queries as cases
from guildhall.work.schoolcases import rules, services

from ..loading import my_draft, my_schools
from ..pages import language
from ..presence import note_here, others_words


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True)
def presence(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The beat of a shared form that is open: where the person is, and in answer who else is there."""
    draft = my_draft(request, draft_id)
    if not draft.shared:
        raise Http404
    note_here(request, draft, request.POST.get("place", ""))
    return JsonResponse({"others": others_words(request, draft)})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.FILL_IN_FORMS, verified=True)
def sharing(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Who may open a school's form, and changing that (GH-030)."""
    draft = submissions.school_draft(draft_id, schools=my_schools(request))
    if draft is None or not _may_see(request, draft):
        raise Http404
    if request.method != "POST":
        return _page(request, draft)
    try:
        words = _act(request, draft)
    except Refusal as refusal:
        return _page(request, draft, problems={refusal.field or "main-content": refusal.message})
    notices.success(request, words)
    handed = "hand-over" in request.POST
    return redirect("schools:cases") if handed else redirect("filling:sharing", draft.pk)


def _may_see(request: HttpRequest, draft: Draft) -> bool:
    return draft.shared or rules.may_share(draft, request.user, holder_of(request))  # type: ignore[arg-type]


def _act(request: HttpRequest, draft: Draft) -> str:
    """Do what was pressed; the words to say then. Raises Refusal."""
    who = {"by": request.user, "holder": holder_of(request), "now": timezone.now()}
    if "hand-over" in request.POST:
        to = request.POST.get("to", "")
        held = services.hand_over(draft, to=int(to) if to.isascii() and to.isdigit() else 0, **who)  # type: ignore[arg-type]
        return texts.say("send.Sharing_Handed", name=str(held.owner))
    shared = "share" in request.POST
    services.share_case(draft, shared=shared, **who)  # type: ignore[arg-type]
    return texts.say("send.Sharing_Begun" if shared else "send.Sharing_Ended")


def _page(request: HttpRequest, draft: Draft, *, problems: dict[str, str] | None = None) -> HttpResponse:
    colleagues = cases.colleagues_of(draft.owner, draft.school_id or 0)
    user, holder = request.user, holder_of(request)
    context = {
        "draft": draft,
        "title": forms.definition_of(draft.version_id).title.in_(language()),
        "own": draft.owner_id == user.pk,
        "may_share": rules.may_share(draft, user, holder),  # type: ignore[arg-type]
        "may_open": draft.shared or draft.owner_id == user.pk,
        "others": others_words(request, draft) if draft.shared else [],
        "colleagues": [
            ("", texts.say("send.Sharing_Choose")),
            *((str(one.user_id), f"{one.forename} {one.surname}") for one in colleagues),
        ],
        "problems": problems or {},
    }
    return render(request, "filling/sharing.html", context, status=422 if problems else 200)
