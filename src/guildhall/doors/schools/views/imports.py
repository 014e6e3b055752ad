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
from guildhall.foundation.kit.spreadsheets import begin, finished, put, sheet_title
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries, staging
from guildhall.people.membership import services as membership
from guildhall.people.membership.asking import acting
from guildhall.people.membership.models import UserImport
from guildhall.people.membership.spreadsheets import USERS
from guildhall.people.organisations.models import Establishment

from ..loading import After, decided, overview, read_in, waiting
from ..showing import administered, page

MOST_NAMED = 100
OWN = "schools:import"


def template_file() -> HttpResponse:
    """The spreadsheet to fill in, with the list of jobs on its second sheet."""
    book, sheet = begin(say("schools.Import_Sheet"))
    sheet.append(USERS.headings())
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
        return redirect(OWN, made.pk)
    context = upload_context(request, problems, place.school, OWN)
    return page(request, "schools/upload.html", context, status=422 if problems else 200)


def upload_context(
    request: HttpRequest, problems: dict[str, str], school: Establishment | None, here: str
) -> dict[str, Any]:
    """What the page to choose a spreadsheet of ``school``, or of any, shows; ``here``: the route of one."""
    by = who(request)
    return {
        "problems": problems,
        "most": f"{USERS.most:,}",
        "running": school_queries.running_import_of(by),
        "waiting": waiting(UserImport(by=by, school=school), here),
    }


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
    return page(request, "schools/preview.html", staged_context(request, _own(request, pk), OWN))


def _own(request: HttpRequest, pk: int) -> UserImport:
    return get_object_or_404(school_queries.imports_of(who(request)), pk=pk)


def staged_context(request: HttpRequest, importing: UserImport, here: str) -> dict[str, Any]:
    """What the page of an import, whose route is ``here``, shows."""
    rows = _staged(request, importing)
    if rows is None:
        left = importing.left_out
        return {
            "importing": importing,
            "left_out": ", ".join(str(number) for number in left[:MOST_NAMED]),
            "more": len(left) > MOST_NAMED,
        }
    shown = overview(request, importing, rows, here=here, words="schools.Preview_", shown=lambda _row: {})
    return shown | {"importing": importing}


def _staged(request: HttpRequest, importing: UserImport) -> list[staging.Staged] | None:
    return None if importing.applied_at else staging.staged(importing, holder_of(request))


@require_safe
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the rows that are wrong, each with its reason, to mend them and choose the file again."""
    administered(request)
    return problems_file(request, _own(request, pk))


def problems_file(request: HttpRequest, importing: UserImport) -> HttpResponse:
    """The spreadsheet of the rows of ``importing`` that are wrong."""
    book, sheet = begin(say("schools.Import_Sheet"))
    put(sheet, 1, [*USERS.headings(), say("schools.Import_Problem")], bold=True)
    wrong = [one for one in _staged(request, importing) or [] if one.state == "wrong"]
    for number, one in enumerate(wrong, start=2):
        typed = [one.typed.get(column, "") for column in USERS.columns]
        put(sheet, number, [*typed, "\n".join(one.problems)])
    file = finished(book, widths=(28,) * len(USERS.columns) + (60,), freeze="A2")
    return taken_away(file, "xlsx", say("schools.Import_ProblemsFile"))


@require_POST
@door(Permission.MANAGE_SCHOOL_USERS, verified=True)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the people whose rows are right, or forget the spreadsheet."""
    administered(request)
    back = reverse("schools:import", args=[pk])
    return decided_users(request, _own(request, pk), done="schools:users", back=back)


def decided_users(request: HttpRequest, importing: UserImport, *, done: str, back: str) -> HttpResponse:
    """Do what the button says, and go to ``done``; ``back`` to its page while more is to do, or when it could
    not be done.
    """
    after = After(applied=done, discarded=done, refused=back, running=back)
    return decided(request, importing, membership.apply_import, words="schools.Import_", after=after)
