"""Asking an officer without work with a child why they open the record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children import queries as children
from guildhall.records.children.models import Child
from guildhall.work.privacy import services
from guildhall.work.privacy.caseload import is_open_to
from guildhall.work.privacy.looking import reason_words
from guildhall.work.privacy.models import OpeningReason

from .merging import follows_merges
from .showing import crumbs

HERE = "/council/children/"


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.READ_CHILDREN, verified=True)
@follows_merges
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the officer opens the record; a good answer leads to the page that they came for."""
    child = get_object_or_404(children.children_seen_by(holder_of(request)), pk=pk)
    onward, now = _onward(request, child), timezone.now()
    if is_open_to(holder_of(request), child, now=now):
        return redirect(onward)
    typed = {"kind": one_line(request.POST.get("kind")), "words": paragraphs(request.POST.get("words"))}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.give_reason(child, **typed, by=who(request), now=now)
        except Refusals as refusals:
            problems = refusals.problems
        else:
            return redirect(onward)
    page = _page(child, typed) | {"problems": problems, "onward": onward}
    return render(request, "council/child_why.html", page, status=422 if problems else 200)


def _page(child: Child, typed: dict[str, str]) -> dict[str, Any]:
    """Nothing of the child but the number, because nobody has said yet why they look."""
    search = (say("shared.Menu_Children"), reverse("council:children"))
    return {
        "child": child,
        "typed": typed,
        "hours": setting("odd.ask_hours"),
        "kinds": [(kind, reason_words(kind)) for kind in OpeningReason.Kind.values],
        "breadcrumbs": [*crumbs()[:1], search, (child.reference, "")],
    }


def _onward(request: HttpRequest, child: Child) -> str:
    """The page of a child that the officer came for, by the address; the record when it is none of these."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if asked.startswith(HERE) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("council:child", args=[child.pk])
