"""Adding, changing and removing an adult."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import key_of, number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.persons import queries, services
from guildhall.records.persons.models import Person
from guildhall.records.persons.rules import may_see_home
from guildhall.records.persons.services import Details

from . import showing
from .forms import typed

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@door(Permission.READ_CHILDREN, verified=True)
def add(request: HttpRequest) -> HttpResponse:
    """Enter an adult who belongs to no child yet."""
    heading = say("children.Person_Add")
    key = key_of(request.POST.get("key"))
    context = {"heading": heading, "breadcrumbs": showing.trail((heading, "")), "sees_home": True}
    context |= {"typed": Details(""), "key": key}
    if request.method != "POST":
        return render(request, "council/persons/form.html", context)
    details = typed(request)
    try:
        made = services.add_person(details, key=key, by=who(request), now=timezone.now())
    except Refusal as refusal:
        context |= {"typed": details, "problems": refusal.by_field()}
        return render(request, "council/persons/form.html", context, status=422)
    messages.success(request, say("children.Person_Added", name=made))
    return redirect("council:person", made.pk)


@PAGE
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is known of an adult."""
    found = _person(request, pk)
    audit.looked(request, about=found)
    sees_home = may_see_home(queries.children_of(found), holder_of(request))
    heading = say("children.Person_Change", name=found)
    context = {"heading": heading, "person": found, "typed": Details.of(found), "seen": found.version}
    context |= {"sees_home": sees_home, "breadcrumbs": showing.trail_of(found, (heading, ""))}
    if request.method != "POST":
        return render(request, "council/persons/form.html", context)
    details, seen = typed(request, found, sees_home=sees_home), number(request.POST.get("seen"))
    try:
        services.change_person(found, details=details, seen=seen, by=who(request), now=timezone.now())
    except Refusal as refusal:
        context |= {"typed": details, "problems": refusal.by_field()}
        return render(request, "council/persons/form.html", context, status=422)
    messages.success(request, say("children.Person_Changed"))
    return redirect("council:person", found.pk)


@PAGE
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an adult out of the records; asked first."""
    found = _person(request, pk)
    audit.looked(request, about=found)
    if request.method == "POST":
        with refusals_told(request):
            seen = number(request.POST.get("seen"))
            services.remove_person(found, seen=seen, by=who(request), now=timezone.now())
            messages.success(request, say("children.Person_Removed", name=found))
        return redirect("council:person", found.pk)
    heading = say("children.Person_Remove_Heading", name=found)
    context = {
        "person": found,
        "heading": heading,
        "rows": showing.facts(holder_of(request), found),
        "children": showing.children_lines(found),
        "breadcrumbs": showing.trail_of(found, (heading, "")),
    }
    return render(request, "council/persons/remove.html", context)


@require_POST
@door(Permission.READ_CHILDREN, verified=True)
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    found = get_object_or_404(queries.all_persons(holder_of(request)), pk=pk)
    services.put_back_person(found, by=who(request), now=timezone.now())
    messages.success(request, say("children.Person_PutBack_Done", name=found))
    return redirect("council:person", found.pk)


def _person(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(queries.persons_seen_by(holder_of(request)), pk=pk)
