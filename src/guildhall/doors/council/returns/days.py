"""The census days of a school year: worked out, and set otherwise by an administrator (SY-060)."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.doors.schools.returns import shown
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import day_of, number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.returns import collections, services
from guildhall.work.returns.census import days as census
from guildhall.work.returns.models import Key
from guildhall.work.returns.wording import collection_name, year_name

YEARS = 3


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.EDIT_SETTINGS, verified=True)
def days(request: HttpRequest) -> HttpResponse:
    """The days of a year's collections; posting sets one, or goes back to the day worked out."""
    this = census.school_year(timezone.localdate())
    year = number(request.GET.get("year"), otherwise=this)
    if not this - 1 <= year < this + YEARS:
        raise Http404
    problems: Mapping[str, str] = {}
    key = request.POST.get("key", "")
    if request.method == "POST":
        if key not in Key.values:
            raise Http404
        problems = _set(request, key, year)
        if not problems:
            return redirect(f"{reverse('council:returns-days')}?year={year}")
    context = {
        "year": year,
        "year_name": year_name(year),
        "years": [(one, year_name(one)) for one in range(this - 1, this + YEARS)],
        "rows": [
            {
                "collection": one,
                "title": collection_name(one.key, year),
                "facts": shown.collection_facts(one),
                "usual": census.census_day(one.key, year),
                "typed": one_line(request.POST.get("day")) if one.key == key else f"{one.census_on:%d/%m/%Y}",
                "problem": problems.get("day", "") if one.key == key else "",
            }
            for one in collections.of_year(year)
        ],
        "problems": {f"day-{key}": words for words in problems.values()},
        "breadcrumbs": [
            (say("shared.Menu_Home"), reverse("council:home")),
            (say("schools.ReturnsDays_Heading"), ""),
        ],
    }
    return render(request, "council/returns/days.html", context, status=422 if problems else 200)


def _set(request: HttpRequest, key: str, year: int) -> Mapping[str, str]:
    """Set the day that was typed; what is wrong, by field."""
    try:
        day = None
        if request.POST.get("act") != "usual":
            day = day_of(one_line(request.POST.get("day")))
            if day is None:
                raise Refusal(say("schools.Error_Returns_Day"), field="day")
        services.set_day(key, year, day, **acting(request))
    except Refusal as refusal:
        return refusal.by_field("day")
    messages.success(request, say("schools.ReturnsDays_Saved", collection=collection_name(key, year)))
    return {}
