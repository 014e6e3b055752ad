"""The introduction of a form, and the overview that needs no account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.refusals import Refusal
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.asking import who
from guildhall.people.families.models import FamilyChild
from guildhall.work.cases.earlier import approved_before
from guildhall.work.intake.destinations import destination_of
from guildhall.work.intake.titles import shown_subtitle, shown_title
from guildhall.work.sharing import queries as sharing

from ..loading import chosen_child, form_for, live_form
from ..names import shown_name
from ..pages import emergency_numbers
from ..places import forms_page


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.FILL_IN_FORMS, verified=True)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The Introduction page (SP-077); its Start makes the draft and opens Step 1."""
    version = form_for(request, code)
    child = chosen_child(request)
    if request.method != "POST":
        return _introduction(request, version, child)
    try:
        draft = submissions.start_draft(
            request.user,  # type: ignore[arg-type]
            version=version,
            family_child=child,
            language=get_language() or "en",
            now=timezone.now(),
            again="again" in request.POST,
            earlier=_earlier(request, version, child),
        )
    except submissions.AlreadyStarted as known:
        return _introduction(request, version, child, started=known.draft)
    except Refusal as refusal:
        return _introduction(request, version, child, problems={"start": refusal.message}, status=422)
    return redirect("filling:resume", draft.pk)


def _earlier(request: HttpRequest, version: FormVersion, child: FamilyChild | None) -> list[Submission]:
    """The approved forms of the same team that the person sent or may read about the child (SP-179)."""
    definition, user = forms.definition_of(version.pk), who(request)
    shared = sharing.forms_shared_about(user, child)
    found = approved_before(user, definition, family_child=child, shared=shared)
    to = destination_of(definition.destination).team
    return [one for one in found if destination_of(one.version.destination).team == to]


def _introduction(
    request: HttpRequest, version: FormVersion, child: FamilyChild | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    definition = forms.definition_of(version.pk)
    context = {
        "form": definition,
        "title": shown_title(definition, get_language() or "en"),
        "subtitle": shown_subtitle(definition, get_language() or "en"),
        "guidance": definition.guidance.in_(get_language() or "en"),
        "child": shown_name(who(request), child) if child else "",
        "emergency": emergency_numbers(definition),
        "days": authority.setting("drafts.days"),
        "back": _before(version, definition, child),
    }
    return render(request, "filling/start.html", context | more, status=status)


def _before(version: FormVersion, definition: Definition, child: FamilyChild | None) -> str:
    """The page that leads to the introduction."""
    if definition.open_overview:
        return reverse("filling:overview", args=[definition.code])
    return forms_page(version, child_id=child.pk if child else None, otherwise="families:public")


@require_safe
@open_to_all("the overview of a safeguarding form is for anybody who is worried about a child (CP-023)")
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """The first group of a form that says it may be read without signing in."""
    version = live_form(code)
    definition = forms.definition_of(version.pk)
    if not definition.open_overview:
        raise Http404
    language = get_language() or "en"
    context = {
        "code": code,
        "title": shown_title(definition, language),
        "back": forms_page(version, child_id=None, otherwise="families:public"),
        "group": definition.groups[0],
        "group_title": definition.groups[0].title.in_(language),
        "guidance": definition.groups[0].guidance.in_(language),
        "notes": [
            question.text.in_(language)
            for question in definition.groups[0].questions
            if question.kind == "information"
        ],
        "emergency": emergency_numbers(definition),
    }
    return render(request, "filling/overview.html", context)


@require_safe
@open_to_all("tells a visitor who read the overview that the rest needs an account (CP-024)")
def overview_next(request: HttpRequest, code: str) -> HttpResponse:
    """On to the form; a visitor is asked to sign in or register first and comes back here."""
    version = live_form(code)
    definition = forms.definition_of(version.pk)
    if not definition.open_overview:
        raise Http404
    way_on = reverse("filling:start", args=[code])
    if holder_of(request).user_id is not None:
        return redirect(way_on)
    context = {
        "code": code,
        "title": shown_title(definition, get_language() or "en"),
        "sign_in": f"{reverse('account:sign-in')}?{urlencode({'next': way_on})}",
        "emergency": emergency_numbers(definition),
    }
    return render(request, "filling/sign_in_first.html", context)
