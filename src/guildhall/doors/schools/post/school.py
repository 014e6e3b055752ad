"""All School's Post: what a supervisor sees of the school's post, and of one member of staff's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.speech import day
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.mail.post import services as posting
from guildhall.mail.post.asked import SORTS, Asked
from guildhall.mail.post.queries import SchoolItem
from guildhall.mail.post.wording import sensitivity_words
from guildhall.people.membership.models import SchoolPlace

from ..showing import page, supervised
from .showing import FILTERS, areas, levels, state_of, tags, without

# What can be shown of the school's post, or of that of one member of staff.
OF_STAFF = ("all", "unread", "old", "archived")


@require_safe
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def everything(request: HttpRequest) -> HttpResponse:
    """The title and read state of every item, for the whole school or for one user."""
    place = supervised(request)
    staff = _staff(place)
    of = staff.get(number(request.GET.get("user")))
    asked = Asked.read(request.GET if of else request.GET.dict() | {"view": "all"}, view="all")
    listed = post.school_post(holder_of(request), place.school_id, asked=asked, of=of, now=timezone.now())
    found = page_of(listed, request, 20)
    context = {
        "lines": [_line(one, of, without(request.GET)) for one in found],
        "page": found,
        "sorting": sorting_of(request, among=SORTS, default=asked.sort),
        "of": of,
        "staff": [(str(pk), str(one)) for pk, one in staff.items()],
        "chosen": str(of.pk) if of else "",
        "parts": [(one, say(f"schools.PostView_{one.title()}")) for one in OF_STAFF],
        "asked": asked,
        "areas": areas(),
        "levels": levels(),
        "sought": "",
        "tags": tags(request.GET, asked),
        "clear": without(request.GET, *FILTERS) or "?",
    }
    return page(request, "schools/post/everything.html", context)


def _staff(place: SchoolPlace) -> dict[int, SchoolPlace]:
    """Everybody at the school with an account, the supervisor too, by name."""
    found = sorted([place, *post.colleagues(place)], key=lambda one: (one.surname, one.forename, one.pk))
    return {one.pk: one for one in found}


def _line(item: SchoolItem, of: SchoolPlace | None, query: str) -> dict[str, Any]:
    one = item.posting
    return {
        "posting": one,
        "item": item,
        "href": reverse("schools:post-item", args=[one.pk]) + query,
        "level": sensitivity_words(one.sensitivity),
        "read": _read_words(item, of),
        "unread": item.mark is None if of else not item.readers,
    } | state_of(one, done=item.done, returned=item.returned)


def _read_words(item: SchoolItem, of: SchoolPlace | None) -> str:
    if of is None:
        return say("schools.AllPost_Readers", count=item.readers) if item.readers else ""
    return say("schools.AllPost_ReadOn", day=day(item.mark.read_at)) if item.mark else ""


@require_POST
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def prompt(request: HttpRequest) -> HttpResponse:
    """Have an email prompt a member of staff about what they left unread for over seven days."""
    place = supervised(request)
    who = _staff(place).get(number(request.POST.get("user")))
    if who is None:
        raise Http404
    with refusals_told(request):
        posting.prompt_about_unread(who, by=place, now=timezone.now())
        messages.success(request, say("schools.AllPost_Prompted", name=str(who)))
    return redirect(f"{reverse('schools:all-post')}?user={who.pk}&view=old")
