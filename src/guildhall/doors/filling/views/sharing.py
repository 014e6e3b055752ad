"""Sharing a school's form among its staff: on, off, handing it over, and the beat of who is in it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.membership.models import Duty
from guildhall.work.schoolcases import queries as cases
from guildhall.work.schoolcases import rules, services

from ..loading import my_draft, my_schools
from ..presence import note_here, others_words

EVERYBODY = "everybody"


@require_POST
@door(Permission.FILL_IN_FORMS, verified=True)
def presence(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The beat of a shared form that is open: where the person is, and in answer who else is there."""
    draft = my_draft(request, draft_id)
    if not draft.shared:
        raise Http404
    note_here(request, draft, one_line(request.POST.get("place")))
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
        return _page(request, draft, problems=refusal.by_field("main-content"))
    messages.success(request, words)
    handed = "hand-over" in request.POST
    return redirect("schools:cases") if handed else redirect("filling:sharing", draft.pk)


def _may_see(request: HttpRequest, draft: Draft) -> bool:
    may_share = rules.may_share(draft, request.user, holder_of(request))  # type: ignore[arg-type]
    return may_share or _may_open(request, draft)


def _may_open(request: HttpRequest, draft: Draft) -> bool:
    kept = cases.kept_from(request.user, draft.pk, on=timezone.localdate())  # type: ignore[arg-type]
    return draft.owner_id == request.user.pk or (draft.shared and not kept)


def _act(request: HttpRequest, draft: Draft) -> str:
    """Do what was pressed; the words to say then. Raises Refusal."""
    who = {"by": request.user, "holder": holder_of(request), "now": timezone.now()}
    if "hand-over" in request.POST:
        held = services.hand_over(draft, to=number(request.POST.get("to"), otherwise=0), **who)  # type: ignore[arg-type]
        return texts.say("send.Sharing_Handed", name=str(held.owner))
    shared = "share" in request.POST
    duty = one_line(request.POST.get("duty")) if shared else ""
    services.share_case(draft, shared=shared, duty="" if duty == EVERYBODY else duty, **who)  # type: ignore[arg-type]
    return texts.say("send.Sharing_Begun" if shared else "send.Sharing_Ended")


def _duty_name(key: str) -> str:
    return texts.say(f"schools.Duty_{''.join(part.capitalize() for part in key.split('-'))}")


def _sharers() -> list[tuple[str, str]]:
    """With whom a form can be shared."""
    duties = [(key, texts.say("send.Sharing_Duty", duty=_duty_name(key))) for key in Duty.Key.values]
    return [(EVERYBODY, texts.say("send.Sharing_Everybody")), *duties]


def _page(request: HttpRequest, draft: Draft, *, problems: dict[str, str] | None = None) -> HttpResponse:
    colleagues = cases.colleagues_of(draft.owner, draft.school_id or 0)
    user, holder = request.user, holder_of(request)
    case = cases.case_of_draft(draft)
    held = case.duty if case else ""
    context = {
        "draft": draft,
        "title": forms.definition_of(draft.version_id).title.in_(active_language()),
        "own": draft.owner_id == user.pk,
        "may_share": rules.may_share(draft, user, holder),  # type: ignore[arg-type]
        "may_open": _may_open(request, draft),
        "duty": _duty_name(held) if held else "",
        "sharers": _sharers(),
        "sharer": held or EVERYBODY,
        "others": others_words(request, draft) if draft.shared else [],
        "colleagues": [
            ("", texts.say("send.Sharing_Choose")),
            *((str(one.user_id), f"{one.forename} {one.surname}") for one in colleagues),
        ],
        "problems": problems or {},
    }
    return render(request, "filling/sharing.html", context, status=422 if problems else 200)
