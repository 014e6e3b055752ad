"""Who may raise each case type of schools (SC-101, SC-114)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.wording import service_name
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.people.accounts.asking import who
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.work.schoolcases import queries as cases
from guildhall.work.schoolcases import services

from .trail import crumbs

LIST = "administration:case-types"


@require_safe
@door(Permission.BUILD_FORMS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """Every case type, with the responsibilities that it is limited to."""
    limits = cases.limits()
    rows = [
        {
            "code": version.form.code,
            "title": _title(version),
            "group": service_name(group.key),
            "limits": [one.called for one in limits.get(version.form_id, [])],
        }
        for group, versions in cases.case_types()
        for version in versions
    ]
    context = {"rows": rows, "breadcrumbs": crumbs((say("schools.CaseTypes_Heading"), ""))}
    return render(request, "administration/schools_case_types.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.BUILD_FORMS, verified=True)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Tick the responsibilities with which the case type may be raised; none for everybody."""
    version = cases.case_type(code)
    if version is None:
        raise Http404
    if request.method == "POST":
        ticked = {number(one) for one in request.POST.getlist("responsibilities")}
        services.limit_type(version.form, to=ticked, by=who(request), now=timezone.now())
        messages.success(request, say("schools.CaseType_Saved", title=_title(version)))
        return redirect(LIST)
    held = [one.pk for one in cases.limits().get(version.form_id, [])]
    known = [one for one in responsibilities.everything() if one.retired_at is None or one.pk in held]
    context = {
        "title": _title(version),
        "options": [(one.pk, one.called) for one in known],
        "held": held,
        "breadcrumbs": crumbs((say("schools.CaseTypes_Heading"), reverse(LIST)), (_title(version), "")),
    }
    return render(request, "administration/schools_case_type.html", context)


def _title(version: FormVersion) -> str:
    return forms.definition_of(version.pk).title.in_(active_language())
