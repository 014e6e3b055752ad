"""The adults of a child: who they are, adding one, and what each is to the child."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.council.children_pages import ADULTS_TAB, record_page
from guildhall.doors.council.merging import follows_merges
from guildhall.doors.council.opening import child_or_404
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import key_of, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children.models import Child
from guildhall.records.children.rules import may_see_address
from guildhall.records.persons import queries, services
from guildhall.records.persons.services import Details

from . import showing
from .forms import typed

PAGE = require_http_methods(["GET", "HEAD", "POST"])
_LOOKED = {"tab": "adults"}


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
@follows_merges
def adults(request: HttpRequest, pk: int) -> HttpResponse:
    """Who belongs to a child, by the records."""
    child, holder = _child(request, pk), holder_of(request)
    found = page_of(queries.relations_of(holder, child), request, size=50)
    hides = not may_see_address(child, holder)
    context = record_page(holder, child, ADULTS_TAB) | {
        "page": found,
        "rows": [(one, "" if hides else one.person.address) for one in found],
    }
    return render(request, "council/persons/of_child.html", context)


@PAGE
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an adult of this child who is not in the records yet."""
    child = _child(request, pk)
    heading = say("children.Person_Add")
    context = _page(request, child, heading) | {"typed": Details(""), "sees_home": True}
    context |= {"key": key_of(request.POST.get("key")), "relation": one_line(request.POST.get("relation"))}
    if request.method != "POST":
        return render(request, "council/persons/form.html", context)
    details = typed(request)
    try:
        made = services.add_person(
            details,
            child=child,
            relation=context["relation"],
            key=context["key"],
            by=who(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        context |= {"typed": details, "problems": refusal.by_field()}
        return render(request, "council/persons/form.html", context, status=422)
    messages.success(request, say("children.Person_Added", name=made))
    return redirect("council:child-adults", child.pk)


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Search for an adult who is in the records already."""
    child, holder = _child(request, pk), holder_of(request)
    words = one_line(request.GET.get("q"))[:200]
    found = page_of(queries.search(holder, words) if words else [], request)
    there = set(queries.relations_of(holder, child).values_list("person_id", flat=True))
    context = _page(request, child, say("children.Adults_Choose")) | {
        "words": words,
        "page": found,
        "rows": [(one, showing.short(holder, one), one.pk in there) for one in found],
    }
    return render(request, "council/persons/choose.html", context)


@PAGE
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def relation(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Say what an adult is to the child, change it, or end it."""
    child, holder = _child(request, pk), holder_of(request)
    found = get_object_or_404(queries.persons_seen_by(holder), pk=person)
    standing = queries.relations_of(holder, child).filter(person=found).first()
    problems: Mapping[str, str] = {}
    words = one_line(request.POST.get("relation")) if request.method == "POST" else ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "end" and standing:
                services.end_relation(standing, by=who(request), now=timezone.now())
            else:
                services.relate(found, child=child, relation=words, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("children.Adults_Saved"))
            return redirect("council:child-adults", child.pk)
    context = _page(request, child, say("children.Adults_Relation", name=found)) | {
        "person": found,
        "rows": showing.facts(holder, found),
        "standing": standing,
        "relation": words or (standing.relation if standing else ""),
        "problems": problems,
    }
    return render(request, "council/persons/relation.html", context, status=422 if problems else 200)


def _child(request: HttpRequest, pk: int) -> Child:
    child = child_or_404(request, pk)
    audit.looked(request, about=child, child=child.pk, detail=_LOOKED)
    return child


def _page(request: HttpRequest, child: Child, heading: str) -> dict[str, Any]:
    page = record_page(holder_of(request), child, ADULTS_TAB)
    here = (child.name, reverse("council:child", args=[child.pk]))
    tab = (say("children.Tab_child-adults"), reverse("council:child-adults", args=[child.pk]))
    crumbs = [*page["breadcrumbs"][:-1], here, tab, (heading, "")]
    return page | {"heading": heading, "breadcrumbs": crumbs, "back": tab[1]}
