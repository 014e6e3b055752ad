"""Users of any school from a spreadsheet, by the council."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.views import imports
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import UserImport

from .trail import crumbs

HERE = "administration:school-import"


def _crumbs() -> list[tuple[str, str]]:
    return crumbs(
        (say("schools.Council_Heading"), reverse("administration:schools")),
        (say("schools.Import_Heading"), ""),
    )


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def template(_request: HttpRequest) -> HttpResponse:
    """Download the template."""
    return imports.template_file()


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MANAGE_USERS, verified=True)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a spreadsheet whose rows name their schools; nothing is applied yet."""
    made, problems = imports.read_users(request, None)
    if made:
        return redirect(HERE, made.pk)
    context = imports.upload_context(request, problems, None, HERE) | {
        "template_href": reverse("administration:school-template"),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "administration/schools_upload.html", context, status=422 if problems else 200)


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row what would happen."""
    context = imports.staged_context(request, _own(request, pk), HERE) | {"breadcrumbs": _crumbs()}
    return render(request, "administration/schools_preview.html", context)


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the rows that are wrong, each with its reason."""
    return imports.problems_file(request, _own(request, pk))


def _own(request: HttpRequest, pk: int) -> UserImport:
    return get_object_or_404(school_queries.imports_of(who(request)), pk=pk)


@require_POST
@door(Permission.MANAGE_USERS, verified=True)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the people whose rows are right, or forget the spreadsheet."""
    back = reverse("administration:school-import", args=[pk])
    return imports.decided_users(request, _own(request, pk), done="administration:schools", back=back)
