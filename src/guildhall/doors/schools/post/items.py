"""One item of post: what it says, its files, and what its reader does about it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.files.archive import serve_archive, sort_out
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.mail.post import services as posting
from guildhall.mail.post.asked import Asked
from guildhall.mail.post.models import ReturnedFile
from guildhall.mail.post.queries import Item
from guildhall.mail.post.wording import sensitivity_words

from ..showing import current, page
from .inbox import make
from .showing import own, reached, returned_line, state_of, without

# The confidential items that a supervisor said they want to open, though they are no Lead Contact.
STEPPED = "post_opened"
MOST_STEPPED = 50


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """An item, which is read once it is opened. A supervisor first says that they want to open what is
    confidential and does not reach them, which is recorded."""
    found = reached(request, pk)
    if request.method == "POST" and found.as_supervisor:
        _step(request, pk)
        return redirect("schools:post-item", pk)
    if not _may_open(request, found):
        return page(request, "schools/post/step.html", {"posting": found.posting} | _levelled(found))
    posting.open_item(found, place=current(request), now=timezone.now())
    return show(request, found)


def show(request: HttpRequest, found: Item, problems: dict[str, str] | None = None) -> HttpResponse:
    """The page of an item; ``problems`` of what was typed or chosen on it."""
    place = current(request)
    if found.withdrawn:
        return page(request, "schools/post/withdrawn.html", {"posting": found.posting})
    context: dict[str, Any] = {
        **_beside(request, found),
        "item": found,
        "posting": found.posting,
        "files": post.attachments(found),
        "corrections": post.corrections(found.posting),
        "returned": [returned_line(one) for one in post.returned_files(place, found.posting)],
        "done": post.done_by(place, found.posting) if found.posting.asks_action else None,
        "areas": [one.called for one in found.through],
        "problems": problems or {},
        "state": state_of(found.posting, done=found.done, returned=found.returned),
        "accepted": found.returned == ReturnedFile.State.ACCEPTED,
        **_levelled(found),
    }
    return page(request, "schools/post/item.html", context, status=422 if problems else 200)


def _beside(request: HttpRequest, found: Item) -> dict[str, str]:
    """The way back to the list from which the item was opened, and to the items next to it there."""
    if found.as_supervisor:
        return {"list_href": reverse("schools:all-post") + without(request.GET)}
    query = without(request.GET)
    asked = Asked.read(request.GET)
    ways = post.neighbours(current(request), found.posting.pk, asked=asked, now=timezone.now())
    hrefs = [reverse("schools:post-item", args=[pk]) + query if pk else "" for pk in ways]
    return {"list_href": reverse("schools:post") + query, "newer": hrefs[0], "older": hrefs[1]}


def _levelled(found: Item) -> dict[str, str]:
    return {"level": sensitivity_words(found.posting.sensitivity)}


def _step(request: HttpRequest, pk: int) -> None:
    """Keep in this session that the supervisor opens the item, at this school."""
    mark = f"{current(request).pk}:{pk}"
    known = [one for one in request.session.get(STEPPED, []) if one != mark]
    request.session[STEPPED] = [*known, mark][-MOST_STEPPED:]


def _may_open(request: HttpRequest, found: Item) -> bool:
    if not found.as_supervisor or not found.posting.confidential:
        return True
    return f"{current(request).pk}:{found.posting.pk}" in request.session.get(STEPPED, [])


def openable(request: HttpRequest, pk: int) -> Item:
    """An item whose page this person has opened or may open without more ado, else Http404."""
    found = reached(request, pk)
    if found.withdrawn or not _may_open(request, found):
        raise Http404
    return found


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def file(request: HttpRequest, pk: int, file_id: UUID) -> HttpResponse:
    """An attachment, once it was found clean."""
    found = openable(request, pk)
    stored = post.attachment(current(request), pk, file_id)
    if stored is None:
        raise Http404
    posting.note_download(found.posting, file=stored, place=current(request), now=timezone.now())
    return cast(HttpResponse, serve(stored, request=request))


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def all_files(request: HttpRequest, pk: int) -> HttpResponse:
    """All attachments in one archive, to save on a shared drive."""
    found, now = openable(request, pk), timezone.now()
    sorted_out = sort_out([one.file for one in post.attachments(found)], now=now)
    for stored in sorted_out.kept:
        posting.note_download(found.posting, file=stored, place=current(request), now=now)
    return cast(HttpResponse, serve_archive(sorted_out, name=found.posting.number))


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item away, or bring it back."""
    archived = own(request, pk).archived
    make(request, "restore" if archived else "archive", [pk])
    return redirect("schools:post-item", pk) if archived else redirect("schools:post")


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for the school that what the item asks is done, or that it is not after all."""
    found, back = own(request, pk), request.POST.get("act") == "back"
    service = posting.take_back_action if back else posting.mark_action_done
    with refusals_told(request):
        service(found.posting, place=current(request), now=timezone.now())
        messages.success(request, say(f"schools.PostAction_{'NotDone' if back else 'Done'}"))
    return redirect("schools:post-item", pk)
