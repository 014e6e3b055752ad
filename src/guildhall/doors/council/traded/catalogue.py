"""The catalogue as officers keep it: adding, changing, ordering, retiring and bringing back services."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.long_forms import sent_to
from guildhall.doors.schools.traded.showing import service_row
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import key_of, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.asking import acting
from guildhall.work.traded import queries, services, wording
from guildhall.work.traded.models import Service
from guildhall.work.traded.queries import Asked
from guildhall.work.traded.rules import is_offered

from .forms import ServiceForm, said_of
from .way import DOOR, crumbs

STATES = ("offered", "retired")
PER_PAGE = 50


@require_safe
@DOOR
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every service by state, category and words, in the order in which schools see them."""
    holder, words = holder_of(request), one_line(request.GET.get("find"))[:100]
    state, category = request.GET.get("state", ""), request.GET.get("category", "")
    asked = Asked(
        words,
        category if category in Service.Category.values else "",
        state if state in STATES else "",
    )
    found = page_of(queries.catalogue(holder, asked), request, PER_PAGE)
    context = {
        "rows": [_row(one) for one in found],
        "page": found,
        "asked": asked,
        "narrowed": any((asked.words, asked.category, asked.state)),
        "categories": wording.categories(),
        "states": [(one, say(f"schools.TradedCouncil_State_{one.title()}")) for one in STATES],
        "waiting": queries.waiting(holder),
        "breadcrumbs": crumbs(),
    }
    return render(request, "council/traded/list.html", context)


def _row(one: Service) -> dict[str, Any]:
    retired = one.retired_at is not None
    shown = is_offered(one, timezone.localdate())
    state = "Offered" if shown else "Retired" if retired else "Ended"
    colour = "green" if shown else "grey" if retired else "yellow"
    return service_row(one) | {
        "retired": retired,
        "team": wording.team_name(one.team),
        "state": say(f"schools.TradedCouncil_State_{state}"),
        "colour": colour,
    }


def _service(request: HttpRequest, pk: UUID) -> Service:
    return get_object_or_404(queries.catalogue(holder_of(request), Asked()), pk=pk)


@require_safe
@DOOR
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One service as schools see it, and what can be done with it."""
    found = _service(request, pk)
    row = _row(found)
    context = row | {
        "brochure_href": reverse("council:traded-brochure", args=[pk]),
        "breadcrumbs": crumbs((row["title"], "")),
    }
    return render(request, "council/traded/service.html", context)


@require_safe
@DOOR
def brochure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Download the brochure, of a retired service too."""
    found = _service(request, pk)
    if found.brochure is None:
        raise Http404
    services.note_opened(found, by=who(request), now=timezone.now())
    return cast(HttpResponse, serve(found.brochure, request=request))


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def add(request: HttpRequest) -> HttpResponse:
    """A new service; the page carries its number, so that sending it twice adds one."""
    form, key = ServiceForm(*sent_to(request)), key_of(request.POST.get("key"))
    how = acting(request) | {"key": key}
    made = form.done(
        lambda: services.add_service(form.told, upload=form.cleaned_data["service_brochure"], **how)
    )
    if made is None:
        return _asked(request, form, {"key": key, "heading": say("schools.TradedCouncil_Add")})
    messages.success(request, say("schools.TradedCouncil_Added"))
    return redirect("council:traded-service", made.pk)


def _asked(request: HttpRequest, form: ServiceForm, context: dict[str, Any]) -> HttpResponse:
    problems = form.problems
    context |= {"form": form, "problems": problems, "breadcrumbs": crumbs((context["heading"], ""))}
    return render(request, "council/traded/form.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Describe a service otherwise; a new brochure takes the place of the old one."""
    found = _service(request, pk)
    form = ServiceForm(*sent_to(request), initial=said_of(found))
    made = form.done(
        lambda: services.change_service(
            found, form.told, upload=form.cleaned_data["service_brochure"], **acting(request)
        )
    )
    if made is None:
        return _asked(request, form, {"service": found, "heading": say("schools.TradedCouncil_Change")})
    messages.success(request, say("schools.TradedCouncil_Changed"))
    return redirect("council:traded-service", pk)


@require_POST
@DOOR
def act(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Retire a service or bring it back, move it up or down, or take its brochure away."""
    found, how = _service(request, pk), acting(request)
    if name in {"up", "down"}:
        services.move_service(found, up=name == "up", **how)
        return redirect(f"{reverse('council:traded')}#service-{pk}")
    acts = {
        "retire": services.retire_service,
        "bring-back": services.bring_back_service,
        "remove-brochure": services.remove_brochure,
    }
    if name not in acts:
        raise Http404
    acts[name](found, **how)
    messages.success(request, say(f"schools.TradedCouncil_Done_{name.title().replace('-', '')}"))
    return redirect("council:traded-service", pk)
