"""The data map as a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guildhall.foundation.texts.queries import say
from guildhall.work.privacy import datamap

from .privacy import OFFICER, trail


@require_safe
@OFFICER
def data_map(request: HttpRequest) -> HttpResponse:
    """Every table that holds something of a person: what for, on what ground, how long, which fields."""
    lines = [
        (
            table,
            datamap.word("Purpose", table.purpose),
            datamap.word("Basis", table.basis),
            datamap.word("Keeping", table.keeping),
            [(name, name in table.hidden) for name in table.personal],
        )
        for table in datamap.of_people()
    ]
    context = {"lines": lines, "breadcrumbs": trail((say("administration.DataMap_Heading"), ""))}
    return render(request, "administration/privacy_map.html", context)
