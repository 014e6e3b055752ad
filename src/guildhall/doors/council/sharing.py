"""Portal Sharing on a child's EHCP Assessment Involvement: who is on it, and who is authenticated."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.sharing import queries, services
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.rules import may_share
from guildhall.work.sharing.services import Details

from .merging import follows_merges
from .opening import child_or_404
from .sharing_pages import check_page, entry_page, find_page, panel_page


@require_safe
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
@follows_merges
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is on the involvement, which forms they read, and every change."""
    child = child_to_share(request, pk)
    audit.looked(request, about=child, child=child.pk, detail={"tab": "sharing"})
    return render(request, "council/child_sharing.html", panel_page(holder_of(request), child, request))


@require_safe
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Browsing for the portal user to add (SP-238)."""
    child = child_to_share(request, pk)
    audit.looked(request, about=child, child=child.pk, detail={"tab": "sharing"})
    page = find_page(holder_of(request), child, one_line(request.GET.get("q"))[:200])
    return render(request, "council/sharing_find.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def add(request: HttpRequest, pk: int, user_id: int) -> HttpResponse:
    """A new entry: OK shows it to check, Save keeps it on the involvement (SP-237)."""
    child = child_to_share(request, pk)
    user = queries.portal_user(holder_of(request), user_id)
    if user is None:
        raise Http404
    return _entry(request, child, user, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def change(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """The same for an entry that is there, to change it or to take the tick of Authenticated away."""
    child = child_to_share(request, pk)
    entry = get_object_or_404(queries.people_of(holder_of(request), child), pk=entry_id)
    return _entry(request, child, entry.user, entry)


def child_to_share(request: HttpRequest, pk: int) -> Child:
    """The record, for an officer who may share it and sees what is shared."""
    if not may_share(holder_of(request)):
        raise Http404
    return child_or_404(request, pk)


def _entry(request: HttpRequest, child: Child, user: User, entry: PortalUser | None) -> HttpResponse:
    audit.looked(request, about=child, child=child.pk, detail={"tab": "sharing"})
    holder, typed = holder_of(request), _typed(request) if request.method == "POST" else None
    if typed is None or request.POST.get("do") == "back":
        return render(request, "council/sharing_entry.html", entry_page(holder, child, user, entry, typed))
    try:
        typed.demand_complete()
        if request.POST.get("do") != "save":
            page = check_page(holder, child, user, entry, typed)
            return render(request, "council/sharing_check.html", page)
        _save(request, child, user, entry, typed)
    except Refusal as refusal:
        problems = refusal.by_field("main-content")
        page = entry_page(holder, child, user, entry, typed) | {"problems": problems}
        return render(request, "council/sharing_entry.html", page, status=422)
    messages.success(request, say("children.Sharing_Saved"))
    return redirect("council:child-sharing", child.pk)


def _save(request: HttpRequest, child: Child, user: User, entry: PortalUser | None, details: Details) -> None:
    by, now = who(request), timezone.now()
    if entry is None:
        services.add_portal_user(child, user=user, details=details, by=by, now=now)
    else:
        seen = number(request.POST.get("seen", ""))
        services.change_portal_user(entry, details=details, seen=seen, by=by, now=now)


def _typed(request: HttpRequest) -> Details:
    posted = request.POST
    return Details(
        relation=one_line(posted.get("relation")),
        young_person=posted.get("young_person") == "yes",
        parental_responsibility=posted.get("parental_responsibility") == "yes",
        authenticated=posted.get("authenticated") == "yes",
        reason=paragraphs(posted.get("reason")),
    )
