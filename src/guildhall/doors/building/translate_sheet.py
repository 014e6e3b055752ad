"""All texts of a form out to a translator as a spreadsheet, and back in: shown before it counts."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries, services, translating
from guildhall.people.accounts.asking import who

from .opening import form_or_404, kept
from .way import DOOR, known_or_404, trail, version_or_404

SALT = "building.translated"
KEPT_FOR = 24 * 60 * 60


@require_safe
@DOOR
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The texts as they are being built, unsaved edits too; with ``version``, as they were published then."""
    number = request.GET.get("version", "")
    content = version_or_404(code, number).definition if number else form_or_404(code).shown
    live = queries.published_content(code)
    name = f"{code.lower()}-v{number}" if number else code.lower()
    return taken_away(translating.book_of(content, live), "xlsx", f"{name}-texts")


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a workbook, look at what each row would change, then keep it."""
    known_or_404(code)
    if request.method != "POST":
        return _draw(request, code)
    if "proposed" in request.POST:
        return _keep(request, code)
    upload = request.FILES.get("file")
    if upload is None:
        return _draw(request, code, {"file": say("send.Error_Sheet_None")})
    try:
        return _look(request, code, upload.read(translating.MOST_BYTES + 1))
    except translating.Unreadable as refusal:
        return _draw(request, code, {"file": refusal.message})


def _look(request: HttpRequest, code: str, file: bytes) -> HttpResponse:
    working = form_or_404(code)
    lines = translating.read(file, working.shown)
    good = [[*line.place, line.language, line.after] for line in lines if not line.problem]
    sealed = signing.dumps([working.revision, good], salt=_salt(request, code), compress=True)
    rows = [(line, translating.where(working.shown, line.place)) for line in lines]
    return _draw(request, code, looked=True, lines=rows, good=len(good), proposed=sealed)


def _keep(request: HttpRequest, code: str) -> HttpResponse:
    try:
        seen, changes = signing.loads(request.POST["proposed"], salt=_salt(request, code), max_age=KEPT_FOR)
    except signing.BadSignature:
        return _draw(request, code, {"file": say("send.Error_Exchange_Again")})
    working = form_or_404(code)
    if working.revision != seen or not changes:
        return _draw(request, code, {"file": say("send.Error_Sheet_Again")}, status=409)
    working = kept(request, working)
    # Edits that somebody has not saved yet stay unsaved.
    keep = services.change_working if working.edited is None else services.edit_working
    content = translating.changed(working.shown, changes)
    try:
        keep(working, content=content, revision=working.revision, by=who(request), now=timezone.now())
    except services.BuiltMeanwhile:
        return _draw(request, code, {"file": say("send.Error_Sheet_Again")}, status=409)
    messages.success(request, say("send.Sheet_Kept", count=len(changes)))
    return redirect("building:translate", working.code)


def _salt(request: HttpRequest, code: str) -> str:
    return f"{SALT}.{request.user.pk}.{code.upper()}"


def _draw(
    request: HttpRequest, code: str, problems: dict[str, str] | None = None, *, status: int = 0, **more: Any
) -> HttpResponse:
    form = queries.building(code)
    if form is None:
        raise Http404
    up = (say("send.Translate_Heading"), reverse("building:translate", args=[form.code]))
    context = {
        "code": form.code,
        "problems": problems or {},
        "breadcrumbs": trail(form.code, up, (say("send.Sheet_Heading"), "")),
    }
    status = status or (422 if problems else 200)
    return render(request, "building/translate_sheet.html", context | more, status=status)
