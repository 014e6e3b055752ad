"""The page of a service: its forms, for whom they are, and what of it the person has begun or sent."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from guildhall.doors.filling.names import Shown, shown_names
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority.declared import word_of
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions.rules import is_young
from guildhall.people.accounts.models import User
from guildhall.people.families import queries as families
from guildhall.work.eligibility import queries as eligibility
from guildhall.work.intake.destinations import destinations_of

from ..past import past_of
from ..services_offered import GUIDANCE, OWN_PAGES, forms_of


@require_http_methods(["GET", "HEAD"])
@door(Permission.KEEP_FAMILY, verified=True)
def service(request: HttpRequest, service: str) -> HttpResponse:
    """One service; not there while its panel is off."""
    if service not in OWN_PAGES or not setting(f"tiles.{service}"):
        raise Http404
    user = cast(User, request.user)
    children = shown_names(user, families.children_of(user))
    word = word_of(service)
    context = {
        "title": say(f"home-tiles.{word}_Title"),
        "words": say(f"home-tiles.{word}_Words"),
        "guidance": say(GUIDANCE[service]),
        "offered": _offered(user, service, children),
        "children": children,
        "past": past_of(user, behind=destinations_of(service), now=timezone.now()),
        "codes": eligibility.codes_of(user) if service == "thirty-hours" else [],
        "here": request.path,
    }
    return render(request, "families/service.html", context)


def _offered(user: User, service: str, children: list[Shown]) -> list[dict[str, Any]]:
    young = is_young(user.born_on, timezone.localdate())
    audiences = {"parent", "public", *(["young-person"] if young else [])}
    return [_offer(version.pk, version.form.code, children) for version in forms_of(service, audiences)]


def _offer(version_id: int, code: str, children: list[Shown]) -> dict[str, Any]:
    """A form with a start for each child, or one start where it is about nobody's child."""
    definition = forms.definition_of(version_id)
    start = reverse("filling:start", args=[code])
    about_child = definition.audience == "parent"
    starts = [(shown.name, f"{start}?{urlencode({'child': str(shown.id)})}") for shown in children]
    return {
        "title": definition.title.in_(get_language() or "en"),
        "subtitle": definition.subtitle.in_(get_language() or "en"),
        "starts": starts if about_child else [],
        "start": "" if about_child and starts else start,
    }
