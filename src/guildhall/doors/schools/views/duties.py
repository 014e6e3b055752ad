"""Who answers for which duty at the school, and who covers until when."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Duty, SchoolPlace

from ..forms import DutyForm, word
from ..showing import page, supervised


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def duties(request: HttpRequest) -> HttpResponse:
    """The duties of the current school, and giving one."""
    place, today = supervised(request), timezone.localdate()
    people = list(school_queries.users_of(holder_of(request), place.school_id))
    data = request.POST if request.method == "POST" else None
    form = DutyForm(data, people=people, initial={"first_on": today, "covers": "no"})
    if form.is_bound and form.is_valid() and _given(request, form):
        return redirect("schools:duties")
    problems = form.problems
    context = {
        "rows": [_row(one) for one in school_queries.duties_at(place.school_id, on=today)],
        "form": form,
        "problems": problems,
    }
    return page(request, "schools/duties.html", context, status=422 if problems else 200)


def _given(request: HttpRequest, form: DutyForm) -> bool:
    told = form.cleaned_data
    try:
        membership.give_duty(
            form.chosen,
            key=told["duty"],
            first_on=told["first_on"],
            last_on=told["last_on"],
            covers=told["covers"] == "yes",
            holder=holder_of(request),
            by=who(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.refuse(refusal.by_field())
        return False
    messages.success(request, say("schools.Duty_Done", name=str(form.chosen)))
    return True


def _row(duty: Duty) -> dict[str, object]:
    return {
        "pk": duty.pk,
        "duty": say(f"schools.Duty_{word(duty.key)}"),
        "person": str(duty.place),
        "covers": duty.covers,
        "first_on": duty.first_on,
        "last_on": duty.last_on,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a duty or a cover before it runs out; asked first."""
    place: SchoolPlace = supervised(request)
    duty = school_queries.unended_duty(place.school_id, pk)
    if duty is None:
        raise Http404
    if request.method == "POST":
        membership.end_duty(duty, holder=holder_of(request), by=who(request), now=timezone.now())
        messages.success(request, say("schools.Duty_Ended", name=str(duty.place)))
        return redirect("schools:duties")
    context = {
        "heading": say("schools.EndDuty_Heading", name=str(duty.place)),
        "words": say("schools.EndDuty_Words"),
        "button": say("schools.EndDuty_Button"),
        "back": "schools:duties",
    }
    return page(request, "schools/act.html", context)
