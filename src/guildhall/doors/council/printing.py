"""Printing a form, as Word or PDF, from the chronology and from Form Details."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.documents import services as documents
from guildhall.foundation.documents.media import MEDIA
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.records.chronology import queries as chronology

from . import printing_choice as choice
from .children_pages import submission_of
from .opening import child_or_404
from .printing_document import document_of, file_name
from .printing_panels import Form, Panel, form_of
from .review import case_for
from .showing import crumbs
from .told import KIND, readable


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def entry_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The print options of a form on the chronology, and the document that they make (SP-224)."""
    found = chronology.entry_with(pk)
    if found is None or found.mention.child is None or not readable(holder_of(request), [found]):
        raise Http404
    holder = holder_of(request)
    child = child_or_404(request, found.mention.child.pk)
    submission = submission_of(found)
    if submission is None:
        raise Http404
    audit.looked(request, about=found, child=child.pk, surface="print")
    form = form_of(submission, found, child=child, holder=holder, language=active_language())
    record = (child.name, reverse("council:child-chronology", args=[child.pk]))
    return _answer(request, form, back=reverse("council:entry", args=[pk]), way=[*_council(), record])


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.READ_FORMS, verified=True, reads_child=True)
def case_print(request: HttpRequest, reference: str) -> HttpResponse:
    """The same from Form Details, before or after a decision."""
    found = case_for(request, reference)
    entry = chronology.entry_of(KIND, str(found.submission_id))
    if entry is None:
        raise Http404
    audit.looked(request, about=found, child=found.mention.child_id, surface="print")
    holder = holder_of(request)
    form = form_of(found.submission, entry, child=None, holder=holder, language=active_language())
    back = reverse("council:case", args=[reference])
    return _answer(request, form, back=back, way=crumbs((reference, back)))


def _answer(request: HttpRequest, form: Form, *, back: str, way: list[tuple[str, str]]) -> HttpResponse:
    posted = request.method == "POST"
    chosen = choice.read(request.POST, form) if posted else choice.everything(form)
    if posted and "select" not in request.POST and not chosen.problems:
        return _file(request, form, chosen)
    context = {
        "form": form,
        "chosen": chosen,
        "panels": [_drawn(panel, chosen) for panel in form.panels],
        "kinds": _options("Kind", choice.kinds_of(form)),
        "formats": _options("Format", list(choice.FORMATS)),
        "problems": chosen.problems,
        "back": back,
        "breadcrumbs": [*way, (say("children.Print_Heading"), "")],
    }
    return render(request, "council/print.html", context, status=422 if chosen.problems else 200)


def _file(request: HttpRequest, form: Form, chosen: choice.Choice) -> HttpResponse:
    """The document: a PDF opens in the browser, a Word file is downloaded (SP-235)."""
    document = document_of(form, chosen, who=str(request.user), now=timezone.now())
    word = chosen.format == "docx"
    content = documents.word(document) if word else documents.pdf(document)
    response = HttpResponse(content, content_type=MEDIA[chosen.format])
    name = file_name(form, chosen.format)
    response["Content-Disposition"] = str(content_disposition_header(word, name))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _drawn(panel: Panel, chosen: choice.Choice) -> dict[str, Any]:
    return {
        "key": panel.key,
        "id": f"panel-{panel.key}",
        "questions_id": f"questions-{panel.key}",
        "label": f"{panel.key} {panel.title}",
        "title": panel.title,
        "ticked": panel.key in chosen.panels,
        "options": [{"value": key, "text": label} for key, label in panel.questions.items()],
        "values": [key for key in panel.questions if key in chosen.questions],
        "part": 0 < sum(key in chosen.questions for key in panel.questions) < len(panel.questions),
    }


def _options(group: str, values: list[str]) -> list[dict[str, str]]:
    return [
        {
            "value": value,
            "text": say(f"children.Print_{group}_{value}"),
            "hint": say(f"children.Print_{group}_{value}_Hint"),
        }
        for value in values
    ]


def _council() -> list[tuple[str, str]]:
    home = (say("shared.Menu_Home"), reverse("council:home"))
    return [home, (say("shared.Menu_Children"), reverse("council:children"))]
