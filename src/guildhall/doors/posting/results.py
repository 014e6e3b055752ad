"""What schools did with a posting: the report, its spreadsheet, reminding the late, and returned files."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files.queries import lines_of
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Posting, ReturnedFile
from guildhall.mail.post.queries.council import PARTS, SORTS
from guildhall.people.accounts.asking import who

from .way import DOOR, posting_or_404, returned_or_404, sure, trail

COLUMNS = ("school", "urn", "opened", "readers", "done", "returned", "file_state", "late")
_WIDTHS = (40, 10, 20, 10, 20, 20, 16, 8)
MOST_EXPORTED = 30_000


@require_safe
@DOOR
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Per school who opened it, what it did, and whether it is late."""
    posting = posting_or_404(request, pk)
    if posting.published_at is None:
        return redirect("posting:posting", pk)
    today, part = timezone.localdate(), _part(request)
    sorting = sorting_of(request, among=SORTS, default="name")
    page = page_of(queries.report(posting, today=today, part=part, sort=sorting.current), request, size=50)
    summary = queries.summary(posting, today=today)
    context = {
        "posting": posting,
        "page": page,
        "rows": [_shown(one) for one in page],
        "summary": summary,
        "part": part,
        "parts": [(one, say(f"schools.Posting_Part_{one}")) for one in PARTS],
        "sorting": sorting,
        "may_chase": posting.state == Posting.State.PUBLISHED and summary.late > 0,
        "breadcrumbs": trail(posting, (say("schools.Posting_Report"), "")),
    }
    return render(request, "posting/report.html", context)


def _part(request: HttpRequest) -> str:
    part = request.GET.get("part", "")
    return part if part in PARTS else PARTS[0]


def _shown(one: Any) -> dict[str, Any]:
    """A school of the report with the state of its file in words."""
    state = file_words(one.returned_state) if one.returned_state else ""
    return {"school": one, "file": state, "readers": one.readers or 0}


def file_words(state: str) -> str:
    """What the state of a returned file is called."""
    return say(f"schools.Posting_File_{state.replace('-', '_')}")


@require_safe
@DOOR
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as a spreadsheet, as it is filtered."""
    posting = posting_or_404(request, pk)
    today = timezone.localdate()
    rows = list(queries.report(posting, today=today, part=_part(request))[:MOST_EXPORTED])
    audit.record(
        "post.report_exported", by=who(request), about=posting, now=timezone.now(), detail={"rows": len(rows)}
    )
    return taken_away(_sheet(rows), "xlsx", f"{posting.number}-{today}")


def _sheet(rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    spreadsheets.put(sheet, 1, [say(f"schools.Posting_Column_{name}") for name in COLUMNS], bold=True)
    yes, no = say("schools.Posting_Yes"), say("schools.Posting_No")
    for line, one in enumerate(rows, start=2):
        words = [
            *(one.name, one.urn, _moment(one.opened_at), str(one.readers or 0), _moment(one.done_at)),
            *(_moment(one.returned_at), _shown(one)["file"], yes if one.is_late else no),
        ]
        spreadsheets.put(sheet, line, words)
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="B2")


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind every late school in one step; asked first, with how many they are."""
    posting = posting_or_404(request, pk)
    if request.method != "POST":
        late = queries.summary(posting, today=timezone.localdate()).late
        return sure(request, posting, "Chase", warned=False, values={"count": late})
    with refusals_told(request):
        chased = post.chase(posting, by=who(request), now=timezone.now())
        messages.success(request, say("schools.Posting_Chased", count=chased.schools))
    return redirect("posting:report", pk)


@require_safe
@DOOR
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """The files that schools returned: school, user, date and time, and what is to be decided."""
    posting = posting_or_404(request, pk)
    page = page_of(queries.returned_to(posting), request)
    lines = lines_of(one.file for one in page)
    context = {
        "posting": posting,
        "page": page,
        "rows": [
            {"one": one, "line": line, "state": file_words(one.state), "waits": _waits(one)}
            for one, line in zip(page, lines, strict=True)
        ],
        "breadcrumbs": trail(posting, (say("schools.Posting_Returned"), "")),
    }
    return render(request, "posting/returned.html", context)


def _waits(one: ReturnedFile) -> bool:
    return one.state == ReturnedFile.State.RETURNED


@require_safe
@DOOR
def returned_file(request: HttpRequest, returned_id: UUID) -> HttpResponse:
    """A returned file, once it was found clean."""
    one = returned_or_404(request, returned_id)
    post.note_returned_opened(one, by=who(request), now=timezone.now())
    return cast(HttpResponse, serve(one.file, request=request))


@require_POST
@DOOR
def accept(request: HttpRequest, returned_id: UUID) -> HttpResponse:
    """Accept a returned file; from then on the school cannot replace it."""
    one = returned_or_404(request, returned_id)
    with refusals_told(request):
        post.accept_return(one, by=who(request), now=timezone.now())
        messages.success(request, say("schools.Posting_FileAccepted", school=one.school.name))
    return redirect("posting:returned", one.posting_id)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def send_back(request: HttpRequest, returned_id: UUID) -> HttpResponse:
    """Ask the school for another file, with the reason."""
    one = returned_or_404(request, returned_id)
    ask: dict[str, Any] = {
        "reason": True,
        "warned": False,
        "back": reverse("posting:returned", args=[one.posting_id]),
    }
    if request.method != "POST":
        return sure(request, one.posting, "SendBack", **ask)
    try:
        post.send_back(one, reason=one_line(request.POST.get("reason")), by=who(request), now=timezone.now())
    except Refusal as refusal:
        return sure(request, one.posting, "SendBack", problems={"reason": refusal.message}, **ask)
    messages.success(request, say("schools.Posting_FileSentBack", school=one.school.name))
    return redirect("posting:returned", one.posting_id)
