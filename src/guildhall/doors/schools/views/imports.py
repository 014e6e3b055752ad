"""Users from a spreadsheet: the template, the preview, and only then the act."""

import io
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl.writer.excel import save_workbook

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.spreadsheets import begin, sheet_title
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries, spreadsheets, staging
from guildhall.people.membership import services as membership
from guildhall.people.membership.asking import acting
from guildhall.people.membership.models import UserImport
from guildhall.people.organisations.models import Establishment

from ..loading import After, decided, read_in
from ..showing import administered, page


def template_file() -> HttpResponse:
    """The spreadsheet to fill in, with the list of jobs on its second sheet."""
    book, sheet = begin(say("schools.Import_Sheet"))
    sheet.append(spreadsheets.headings())
    jobs = book.create_sheet(sheet_title(say("schools.Import_Jobs")))
    for title in school_queries.job_titles():
        jobs.append([title.called])
    for one in (sheet, jobs):
        for column in "ABCDEFG":
            one.column_dimensions[column].width = 28
    kept = io.BytesIO()
    save_workbook(book, kept)
    return taken_away(kept.getvalue(), "xlsx", say("schools.Import_FileName"))


@require_safe
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def template(request: HttpRequest) -> HttpResponse:
    """Download the template."""
    administered(request)
    return template_file()


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a spreadsheet; nothing is applied yet."""
    place = administered(request)
    made, problems = read_users(request, place.school)
    if made:
        return redirect("schools:import", made.pk)
    return page(request, "schools/upload.html", {"problems": problems}, status=422 if problems else 200)


def read_users(
    request: HttpRequest, school: Establishment | None
) -> tuple[UserImport | None, dict[str, str]]:
    """Read the spreadsheet that was posted, of ``school`` or of any; or the problems with it."""
    how = acting(request)
    return read_in(request, partial(membership.stage_import, school=school, **how))


@require_safe
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row what would happen, and what is wrong with which row."""
    administered(request)
    return page(request, "schools/preview.html", staged_context(request, _own(request, pk)))


def _own(request: HttpRequest, pk: int) -> UserImport:
    return get_object_or_404(school_queries.imports_of(who(request)), pk=pk)


def staged_context(request: HttpRequest, importing: UserImport) -> dict[str, Any]:
    """What the page of an import shows."""
    rows = staging.staged(importing, holder_of(request)) if importing.applied_at is None else []
    return {
        "importing": importing,
        "rows": rows,
        "new": sum(one.state == "new" for one in rows),
        "here": sum(one.state == "here" for one in rows),
        "wrong": sum(one.state == "wrong" for one in rows),
    }


@require_POST
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the people whose rows are right, or forget the spreadsheet."""
    administered(request)
    back = reverse("schools:import", args=[pk])
    return decided_users(request, _own(request, pk), done="schools:users", refused=back)


def decided_users(request: HttpRequest, importing: UserImport, *, done: str, refused: str) -> HttpResponse:
    """Do what the button says, and go to ``done``; to ``refused`` when it could not be done."""
    after = After(applied=done, discarded=done, refused=refused)
    return decided(request, importing, membership.apply_import, words="schools.Import_", after=after)
