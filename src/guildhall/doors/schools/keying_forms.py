"""Enter a form for a family: what a parent brought on paper or told the school (GH-042)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.filling import entering
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts.asking import who

from .showing import current, page


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def for_family(request: HttpRequest) -> HttpResponse:
    """The families' forms, and those begun."""
    current(request)
    listed = entering.list_page(who(request), entering.offered(), route="schools:for-family-begin")
    return page(request, "schools/for_family.html", listed)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Who told, how, when and who gets the updates; then the form itself.

    A school does not name an account outright: it would learn who has one.
    """
    place = current(request)
    version = next((one for one in entering.offered() if one.form.code == code.upper()), None)
    if version is None:
        raise Http404
    problems = {}
    if request.method == "POST":
        made = entering.begin(request, version, by=who(request), school=place.school)
        if isinstance(made, Draft):
            return redirect("filling:resume", made.pk)
        problems = made.by_field("main-content")
    shown = entering.told_page(request, version, accounts=False) | {"problems": problems}
    return page(request, "schools/for_family_begin.html", shown, status=422 if problems else 200)
