"""Choosing whom a form is about, and the Forms page of that person."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.doors.account.forms import PersonalDetails
from guildhall.doors.account.pages import form_page
from guildhall.doors.filling.names import shown_name, shown_names
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.panels import panel
from guildhall.foundation.kit.speech import day
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.submissions.rules import is_young
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.families import queries as families
from guildhall.work.intake.destinations import destinations_of

from ..past import past_of, title_of
from ..services_offered import BY_PERSON, forms_of
from .family import child_or_404, note_list

SEND = door(Permission.KEEP_FAMILY, verified=True)
READS = door(Permission.KEEP_FAMILY, verified=True, reads_child=True)
page = require_http_methods(["GET", "HEAD", "POST"])
read = require_http_methods(["GET", "HEAD"])


@read
@READS
@panel(BY_PERSON)
def choose_person(request: HttpRequest) -> HttpResponse:
    """Choose Person: the children, oneself, and adding a child."""
    user = who(request)
    children = shown_names(user, families.children_of(user))
    note_list(request, children)
    tiles = [
        Tile(shown.name, _born(shown.child.born_on), reverse("families:forms", args=[shown.id]))
        for shown in children
    ]
    tiles.append(Tile(str(user), say("send.ChoosePerson_Me"), reverse("families:my-details")))
    return render(request, "families/choose_person.html", {"tiles": tiles})


def _born(born_on: date) -> str:
    return f"{say('account.Family_Born')} {day(born_on)}"


@page
@SEND
@panel(BY_PERSON)
def my_details(request: HttpRequest) -> HttpResponse:
    """My Details, to check; Save & Continue opens the Forms page."""
    user = who(request)
    names = ("title", "forename", "midname", "surname", "born_on", "gender", "job_role", "organisation")
    initial: dict[str, Any] = {name: getattr(user, name) for name in names}
    initial |= {"today": timezone.localdate(), "professional": bool(user.job_role)}
    form = PersonalDetails(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        accounts.change_details(user, changes=form.cleaned_data, by=user, now=timezone.now())
        return redirect("families:own-forms")
    return form_page(request, "MyDetails", form, area="send", back="families:choose-person")


@read
@READS
@panel(BY_PERSON)
def forms_of_child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The Forms page of a child of the family."""
    child = child_or_404(request, child_id)
    audit.looked(request, about=child)
    name = shown_name(who(request), child)
    return _forms_page(request, {"parent", "public"}, name, child.pk)


@read
@SEND
@panel(BY_PERSON)
def own_forms(request: HttpRequest) -> HttpResponse:
    """The Forms page of the citizen; forms for young people only from 16 to 25."""
    user = who(request)
    young = is_young(user.born_on, timezone.localdate())
    return _forms_page(request, {"young-person", "public"} if young else {"public"}, str(user), None)


def _forms_page(request: HttpRequest, audiences: set[str], name: str, child_id: UUID | None) -> HttpResponse:
    query = f"?child={child_id}" if child_id else ""
    offered = [
        {"title": title_of(one.pk), "href": reverse("filling:start", args=[one.form.code]) + query}
        for one in forms_of(BY_PERSON, audiences)
    ]
    only, behind = Q(family_child=child_id), destinations_of(BY_PERSON)
    past = past_of(who(request), behind=behind, only=only, now=timezone.now())
    return render(request, "families/forms.html", {"name": name, "offered": offered, "past": past})
