"""What printed forms look like: the logo, and a sample of what the settings make of a form."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority import services
from guildhall.foundation.documents import Document, Section
from guildhall.foundation.documents import services as documents
from guildhall.foundation.documents.media import MEDIA
from guildhall.foundation.documents.queries import LOGO
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say

from .branding import NOTHING, NoLogo, checked


@require_POST
@door(Permission.EDIT_SETTINGS, verified=True)
def logo(request: HttpRequest) -> HttpResponse:
    """Print the .jpg that was sent, or none when the button said so (SP-233)."""
    try:
        removing = "remove" in request.POST
        given = NOTHING if removing else checked(request, kinds=["JPEG"], words="PrintLogo")
    except NoLogo as refusal:
        messages.error(request, refusal.message)
    else:
        content, kind, size = given
        now = timezone.now()
        services.change_picture(LOGO, content=content, kind=kind, size=size, by=request.user, now=now)
        messages.success(request, say(f"administration.PrintLogo_{'Saved' if content else 'Removed'}"))
    return redirect("administration:setting", "printing")


@require_safe
@door(Permission.EDIT_SETTINGS, verified=True)
def sample(_request: HttpRequest, kind: str) -> HttpResponse:
    """A sample form with the settings that are saved: a picture for the page, a PDF or a Word file."""
    if kind not in MEDIA:
        raise Http404
    compose = {"png": documents.picture, "pdf": documents.pdf, "docx": documents.word}[kind]
    document = _sample(active_language())
    response = HttpResponse(compose(document), content_type=MEDIA[kind])
    name = f"{document.title}.{kind}"
    response["Content-Disposition"] = content_disposition_header(kind == "docx", name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sample(language: str) -> Document:
    words = {
        key: say(f"administration.Print_Sample_{key}")
        for key in ("Title", "Panel", "Sub", "Guidance", "Question", "Answer")
    }
    rows = [(words["Question"], [words["Answer"]])]
    sections = [
        Section(words["Panel"], rows, guidance=words["Guidance"]),
        Section(words["Sub"], rows, level=3),
    ]
    return Document(words["Title"], "SND-2606-1234ABCD", language, sections)
