"""Enter a form for a family: what came on paper, by telephone or face to face (GH-042)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.filling import entering
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts.asking import who
from guildhall.work.intake.destinations import destinations_to


@require_safe
@door(Permission.READ_FORMS, verified=True)
def for_family(request: HttpRequest) -> HttpResponse:
    """The families' forms that the officer's teams receive, and those begun."""
    page = entering.list_page(who(request), _offered(request), route="council:for-family-begin")
    return render(request, "council/for_family.html", page | {"breadcrumbs": _crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.READ_FORMS, verified=True)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Who told, how, when and who gets the updates; then the form itself."""
    version = next((one for one in _offered(request) if one.form.code == code.upper()), None)
    if version is None:
        raise Http404
    problems = {}
    if request.method == "POST":
        made = entering.begin(request, version, by=who(request), school=None)
        if isinstance(made, Draft):
            return redirect("filling:resume", made.pk)
        problems = made.by_field("main-content")
    page = entering.told_page(request, version, accounts=True)
    page |= {"problems": problems, "breadcrumbs": _crumbs((page["title"], ""))}
    return render(request, "council/for_family_begin.html", page, status=422 if problems else 200)


def _offered(request: HttpRequest) -> list[FormVersion]:
    """Http404 for an officer who may not complete forms (SP-330)."""
    if not holder_of(request).may(Permission.FILL_IN_FORMS):
        raise Http404
    return entering.offered(destinations_to(holder_of(request).services))


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    here = (say("send.Keyed_Heading"), reverse("council:for-family") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]
