"""Asking for more of a request that was answered, in place."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from guildhall.doors.schools.reviews.pupils import posted
from guildhall.foundation.kit.meanwhile import carried
from guildhall.foundation.kit.typed import key_of, number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.work.advice import queries, services

from .forms import MoreForm
from .pages import DOOR, PAGE, child_of, page_of_child, request_of

GIVEN = timedelta(weeks=2)


@PAGE
@DOOR
def ask_more(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """What is still missing, and by when; the answers that came stay, and the request waits again."""
    child = child_of(request, pk)
    found = request_of(request, child, entry_id)
    key, seen = key_of(request.POST.get("key")), number(request.POST.get("seen"))
    form = MoreForm(posted(request), initial={"due_on": timezone.localdate() + GIVEN})
    now = timezone.now()
    made = form.done(
        lambda: services.ask_more(found, form.more, seen=seen, key=key, by=who(request), now=now)
    )
    if made is not None:
        told = queries.reachable(found) is not None
        words = "children.Advice_More_Told" if told else "children.Advice_More_Kept"
        messages.success(request, say(words, name=found.name))
        return redirect("council:advice-entry", child.pk, found.pk)
    context = page_of_child(
        request,
        child,
        say("children.Advice_More_Heading", name=found.name),
        form=form,
        requested=found,
        reachable=queries.reachable(found) is not None,
        problems=form.problems,
        key=key,
        seen=carried(request, found.version),
    )
    return render(request, "council/advice/more.html", context, status=422 if form.is_bound else 200)
