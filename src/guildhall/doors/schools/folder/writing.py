"""Adding, changing, replacing, removing documents and putting them back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import key_of
from guildhall.foundation.texts.forms import WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.schoolfolder import queries, services
from guildhall.work.schoolfolder.queries import Reader

from ..showing import page
from .entering import document_of, with_access
from .forms import DetailsForm, DocumentForm, FileForm, said_of

WRITING = door(Permission.USE_SCHOOL, verified=True)
PAGE = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 20


def _acting(request: HttpRequest, reader: Reader) -> dict[str, Any]:
    return {"place": reader.place, "by": who(request), "now": timezone.now()}


def _asked(request: HttpRequest, template: str, form: WordedForm, **more: Any) -> HttpResponse:
    problems = form.problems
    context = {"form": form, "problems": problems, **more}
    return page(request, template, context, status=422 if problems else 200)


@PAGE
@WRITING
@with_access(add=True)
def add(request: HttpRequest, reader: Reader) -> HttpResponse:
    """A new document. The page carries its number, so that sending it twice adds one."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {"folder_date": timezone.localdate(), "folder_section": request.GET.get("in", "")}
    form = DocumentForm(*sent, sections=list(queries.sections(reader)), initial=initial)
    key = key_of(request.POST.get("key"))
    acting = _acting(request, reader) | {"key": key}
    made = form.done(
        lambda: services.add_document(told=form.told, upload=form.cleaned_data["folder_file"], **acting)
    )
    if made is None:
        return _asked(request, "schools/folder/add.html", form, key=key)
    messages.success(request, say("schools.Folder_Added", title=made.title))
    return redirect("schools:folder-document", made.pk)


@PAGE
@WRITING
@with_access(add=True)
def change(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """Describe a document otherwise, or move it to another sub-folder."""
    found = document_of(reader, pk)
    data = request.POST if request.method == "POST" else None
    form = DetailsForm(data, sections=list(queries.sections(reader)), initial=said_of(found))
    if not form.done(lambda: services.change_document(found, form.told, **_acting(request, reader))):
        return _asked(request, "schools/folder/change.html", form, document=found)
    messages.success(request, say("schools.Folder_Changed"))
    return redirect("schools:folder-document", pk)


@PAGE
@WRITING
@with_access(add=True)
def replace(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """A newer file for a document; the older ones are kept."""
    found = document_of(reader, pk)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    acting = _acting(request, reader)
    if not form.done(lambda: services.replace_file(found, upload=form.cleaned_data["folder_file"], **acting)):
        return _asked(request, "schools/folder/replace.html", form, document=found)
    messages.success(request, say("schools.Folder_Replaced"))
    return redirect("schools:folder-document", pk)


@PAGE
@WRITING
@with_access(add=True)
def remove(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """Ask first, then take the document out of the folder; the next page offers to put it back."""
    found = document_of(reader, pk)
    if request.method != "POST":
        return page(request, "schools/folder/remove.html", {"document": found})
    services.remove_document(found, **_acting(request, reader))
    undo = render_to_string("schools/folder/removed_notice.html", {"document": found}, request=request)
    messages.success(request, SafeString(undo))
    return redirect("schools:folder")


@require_safe
@WRITING
@with_access(add=True)
def removed(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What was removed and can be put back."""
    shown = page_of(queries.removed(reader), request, A_PAGE)
    rows = [{"document": one, "until": queries.kept_until(one)} for one in shown]
    return page(request, "schools/folder/removed.html", {"rows": rows, "page": shown})


@require_POST
@WRITING
@with_access(add=True)
def put_back(request: HttpRequest, reader: Reader, pk: UUID) -> HttpResponse:
    """Put a removed document where it was."""
    found = get_object_or_404(queries.removed(reader), pk=pk)
    services.put_back(found, **_acting(request, reader))
    messages.success(request, say("schools.Folder_PutBack_Done", title=found.title))
    return redirect("schools:folder-document", pk)
