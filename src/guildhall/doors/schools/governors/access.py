"""The clerk decides which headteachers read the papers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.work.governors import queries, services
from guildhall.work.governors.queries import Reader

from ..showing import page
from .entering import LETS_IN, for_those_who


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL, verified=True)
@for_those_who(LETS_IN)
def access(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Tick the headteachers who may read."""
    if request.method == "POST":
        wanted = {number(one) for one in request.POST.getlist("heads")}
        services.let_heads_in(reader.place, wanted, now=timezone.now())
        messages.success(request, say("schools.Governors_Saved"))
        return redirect("schools:governors-access")
    heads = queries.heads_of(reader.place.school_id)
    context = {
        "reader": reader,
        "here": "papers",
        "heads": [(str(one.pk), str(one)) for one, _ in heads],
        "ticked": [str(one.pk) for one, let_in in heads if let_in],
    }
    return page(request, "schools/governors/access.html", context)
