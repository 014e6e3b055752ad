"""Forward Post: by email, or to a colleague within the portal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post
from guildhall.mail.post import services as posting
from guildhall.mail.post.queries import Item
from guildhall.mail.post.wording import sensitivity_words
from guildhall.people.membership.models import SchoolPlace

from ..showing import current, page
from .showing import own

LONGEST = 254


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True)
def forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Both ways of forwarding an item: the form that was sent says which of them is meant."""
    found = own(request, pk)
    if request.method != "POST":
        return _ways(request, found)
    return _redirected(request, found) if "staff" in request.POST else _mailed(request, found)


def _mailed(request: HttpRequest, found: Item) -> HttpResponse:
    """The item sent to an email address."""
    address = one_line(request.POST.get("address"))[: LONGEST + 1]
    try:
        posting.forward(
            found.posting,
            place=current(request),
            to=address,
            confirmed=request.POST.get("confirmed") == "yes",
            now=timezone.now(),
        )
    except posting.Unconfirmed as refusal:
        return _sure(request, found, {"address": [address]}, [address], refusal)
    except Refusal as refusal:
        return _ways(request, found, problems={"address": refusal.message}, address=address)
    messages.success(request, say("schools.PostForward_Done", address=address))
    return redirect("schools:post-item", found.posting.pk)


def _redirected(request: HttpRequest, found: Item) -> HttpResponse:
    """The item put into the post of one or more colleagues."""
    staff = post.colleagues(current(request))
    picked = {number(one) for one in request.POST.getlist("staff")}
    chosen = [one for one in staff if one.pk in picked]
    try:
        posting.redirect(
            found.posting,
            place=current(request),
            to=[one.pk for one in chosen],
            confirmed=request.POST.get("confirmed") == "yes",
            now=timezone.now(),
        )
    except posting.Unconfirmed as refusal:
        return _sure(request, found, {"staff": [str(one.pk) for one in chosen]}, refusal.names, refusal)
    except Refusal as refusal:
        return _ways(request, found, problems={"staff": refusal.message}, chosen=chosen)
    messages.success(request, say("schools.PostRedirect_Done", names=", ".join(map(str, chosen))))
    return redirect("schools:post-item", found.posting.pk)


def _ways(
    request: HttpRequest,
    found: Item,
    *,
    problems: dict[str, str] | None = None,
    address: str = "",
    chosen: list[SchoolPlace] | None = None,
) -> HttpResponse:
    staff = [(str(one.pk), str(one)) for one in post.colleagues(current(request))]
    picked = [str(one.pk) for one in chosen or []]
    context: dict[str, Any] = {
        "posting": found.posting,
        "level": sensitivity_words(found.posting.sensitivity),
        "staff": staff,
        "picked": picked,
        "several_picked": len(picked) > 1,
        "first": picked[0] if len(picked) == 1 else "",
        "address": address,
        "problems": problems or {},
    }
    return page(request, "schools/post/forward.html", context, status=422 if problems else 200)


def _sure(
    request: HttpRequest, found: Item, sent: dict[str, list[str]], names: list[str], refusal: Refusal
) -> HttpResponse:
    """Ask before a confidential item goes to somebody who could not see it otherwise."""
    by_email = "address" in sent
    context = {
        "posting": found.posting,
        "level": sensitivity_words(found.posting.sensitivity),
        "sent": [(name, value) for name, values in sent.items() for value in values],
        "names": ", ".join(map(str, names)),
        "words": refusal.message,
        "by_email": by_email,
    }
    return page(request, "schools/post/sure.html", context, status=422)
