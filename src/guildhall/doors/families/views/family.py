"""My Family: the citizen's own details and the children they look after."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.doors.account import finding, returning
from guildhall.doors.account.forms import ADDRESS_FIELDS
from guildhall.doors.account.pages import form_page
from guildhall.doors.filling.names import Shown, shown_name, shown_names
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.panels import panel
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.asking import who
from guildhall.people.families import queries, services
from guildhall.people.families.models import FamilyChild

from ..forms import ChildForm, initial_of

FAMILY = door(Permission.KEEP_FAMILY)
READS = door(Permission.KEEP_FAMILY, reads_child=True)
page = require_http_methods(["GET", "HEAD", "POST"])
_KEPT = ("forename", "midname", "surname", "born_on", "gender", "relationship", "parental_responsibility")


def child_or_404(request: HttpRequest, child_id: UUID) -> FamilyChild:
    """The child ``child_id``, if the person who asks added it."""
    try:
        return queries.child_of(who(request), child_id)
    except FamilyChild.DoesNotExist:
        raise Http404 from None


def note_list(request: HttpRequest, children: list[Shown]) -> None:
    """Keep which children of the family a page named (GH-046)."""
    named = [str(child.id) for child in children]
    audit.looked(request, about=("families", "list"), surface="list", detail={"shown": named})


@require_http_methods(["GET", "HEAD"])
@READS
@panel("family")
def family(request: HttpRequest) -> HttpResponse:
    """My Family."""
    user = who(request)
    children = shown_names(user, queries.children_of(user))
    note_list(request, children)
    return render(request, "families/family.html", {"person": user, "children": children})


@page
@FAMILY
@panel("family")
def add_child(request: HttpRequest) -> HttpResponse:
    """Add Child; ``?next=`` leads back to Choose Person."""
    user = who(request)
    initial = initial_of({}, user.address, timezone.localdate())
    form, found = _asked(request, initial)
    if form.is_bound and form.is_valid():
        try:
            child = services.add_child(user, details=form.details, now=timezone.now())
        except Refusals as refusals:
            form.refuse(_beside(refusals))
        else:
            messages.success(request, texts.say("account.Child_Added", name=child))
            return redirect(returning.asked(request) or "families:family")
    return form_page(
        request,
        "AddChild",
        form,
        back="families:family",
        template="families/child.html",
        next=returning.asked(request),
        **found,
    )


def _asked(request: HttpRequest, initial: dict[str, Any]) -> tuple[ChildForm, dict[str, Any]]:
    """The form with what was typed, and the addresses at the postcode where Find Address was pressed."""
    if not finding.wanted(request):
        form = ChildForm(request.POST if request.method == "POST" else None, initial=initial)
        return form, {"parts": _parts(form)}
    found = finding.look(request, ChildForm)
    form = ChildForm(initial=initial | found.values)
    return form, {"parts": _parts(form)} | found.shown


def _parts(form: ChildForm) -> dict[str, list[SafeString]]:
    where = ["postcode", *(name for name in ADDRESS_FIELDS if name != "postcode")]
    person = [form.draw(name) for name in form.fields if name not in where]
    return {"person": person, "where": [form.draw(name) for name in where]}


def _beside(refusals: Refusals) -> dict[str, str]:
    return {f"child_{name}": message for name, message in refusals.problems.items()}


@page
@READS
@panel("family")
def change_child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A child's details, to look at and to change."""
    child = child_or_404(request, child_id)
    kept = {name: getattr(child, name) for name in _KEPT}
    initial = initial_of(kept, child.address, timezone.localdate())
    form, found = _asked(request, initial)
    if form.is_bound and form.is_valid():
        try:
            services.change_child(child, details=form.details, by=who(request), now=timezone.now())
        except Refusals as refusals:
            form.refuse(_beside(refusals))
        else:
            messages.success(request, texts.say("account.Child_Saved", name=shown_name(who(request), child)))
            return redirect("families:family")
    audit.looked(request, about=child)
    return form_page(
        request,
        "ChangeChild",
        form,
        back="families:family",
        template="families/child.html",
        child=child,
        child_name=shown_name(who(request), child),
        **found,
    )


@require_POST
@FAMILY
@panel("family")
def remove_child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Take a child out of the family; the next page can undo it."""
    child = child_or_404(request, child_id)
    services.remove_child(child, by=who(request), now=timezone.now())
    undo = {
        "name": shown_name(who(request), child),
        "address": reverse("families:bring-back", args=[child.pk]),
    }
    messages.info(request, SafeString(render_to_string("families/removed.html", undo, request=request)))
    return redirect("families:family")


@require_POST
@FAMILY
@panel("family")
def bring_back(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Undo taking a child out of the family."""
    child = queries.removed_child_of(who(request), child_id)
    if child is None:
        raise Http404
    services.bring_back_child(child, by=who(request), now=timezone.now())
    messages.success(request, texts.say("account.Child_Back", name=shown_name(who(request), child)))
    return redirect("families:family")
