"""Whether the helpline may work on the accounts of the school's own network: the school's own answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries
from guildhall.people.membership import services as membership

from ..showing import page, supervised

ANSWERS = {"yes": True, "no": False}


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def network(request: HttpRequest) -> HttpResponse:
    """What the school answered last; posting ``answer``, yes or no, answers anew."""
    place = supervised(request)
    if request.method == "POST":
        typed = request.POST.get("answer", "")
        if typed not in ANSWERS:
            raise Http404
        membership.answer_about_network(
            place.school,
            allowed=ANSWERS[typed],
            holder=holder_of(request),
            by=who(request),
            now=timezone.now(),
        )
        messages.success(request, say("schools.Network_Answered"))
        return redirect("schools:network")
    return page(request, "schools/network.html", {"answer": school_queries.network_answer(place.school_id)})
