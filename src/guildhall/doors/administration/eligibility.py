"""The test button of the ECS Settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say
from guildhall.work.eligibility import queries as eligibility


@require_POST
@door(Permission.EDIT_SETTINGS, verified=True)
def test(request: HttpRequest) -> HttpResponse:
    """Ask the service whether it is there; nobody's details are sent."""
    found = eligibility.state_of_service()
    tell = messages.success if found == "well" else messages.error
    tell(request, say(f"administration.Ecs_Test_{found}"))
    return redirect("administration:setting", "ecs")
