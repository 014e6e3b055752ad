"""The list of one school as the council's team keeps it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.schools.meals import shown
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.organisations.models import Establishment
from guildhall.work.meals import queries, services

from .team import crumbs, of_the_team

RECENTLY = timedelta(days=30)


@require_safe
@door(Permission.OPEN_BENEFITS_FORMS, verified=True, reads_child=True)
@of_the_team
def of_school(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is on the list, and who was taken off it of late."""
    school, holder = get_object_or_404(Establishment, pk=pk), holder_of(request)
    found = queries.pupils_of(holder, pk, sort=shown.sorted_as_asked(request))
    gone = queries.removed_from(holder, pk, since=timezone.now() - RECENTLY)
    shown.looked_at(request, gone, "list")
    heading = say("schools.MealsCouncil_List_Heading", school=school.name)
    context = shown.list_page(request, found) | {
        "heading": heading,
        "gone": [shown.pupil_row(one) for one in gone],
        "actions": "council/meals/actions.html",
        "export_href": reverse("council:meals-export", args=[pk]),
        "breadcrumbs": crumbs(heading),
    }
    return render(request, "council/meals/list.html", context)


@require_safe
@door(Permission.OPEN_BENEFITS_FORMS, verified=True, reads_child=True)
@of_the_team
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list as a spreadsheet."""
    school = get_object_or_404(Establishment, pk=pk)
    return shown.sheet(request, queries.pupils_of(holder_of(request), school.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.OPEN_BENEFITS_FORMS, verified=True, reads_child=True)
@of_the_team
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off their list; asked first."""
    pupil = get_object_or_404(queries.all_pupils(holder_of(request)).filter(removed_at=None), pk=pk)
    if request.method == "POST":
        services.remove_pupil(pupil, holder=holder_of(request), by=who(request), now=timezone.now())
        messages.success(request, say("schools.MealsCouncil_Remove_Done"))
        return redirect("council:meals-list", pupil.school_id)
    shown.looked_at_one(request, pupil)
    heading = say("schools.MealsCouncil_Remove_Heading", name=pupil.name)
    context = {
        "heading": heading,
        "rows": shown.pupil_facts(pupil),
        "back": reverse("council:meals-list", args=[pupil.school_id]),
        "breadcrumbs": crumbs(heading),
    }
    return render(request, "council/meals/remove.html", context)


@require_POST
@door(Permission.OPEN_BENEFITS_FORMS, verified=True)
@of_the_team
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back somebody who was taken off."""
    pupil = get_object_or_404(queries.all_pupils(holder_of(request)), pk=pk)
    with refusals_told(request):
        services.put_back_pupil(pupil, holder=holder_of(request), by=who(request), now=timezone.now())
        messages.success(request, say("schools.MealsCouncil_PutBack_Done"))
    return redirect("council:meals-list", pupil.school_id)
