"""An entry of Information Requested: adding, looking, changing, removing and putting back."""

from dataclasses import replace
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guildhall.doors.filling.file_fields import FileRow, file_row
from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit.meanwhile import carried
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language, day
from guildhall.foundation.kit.typed import key_of, number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children.models import Child
from guildhall.work.advice import queries, services, showing
from guildhall.work.advice.models import Requested
from guildhall.work.advice.told import Told

from .forms import Choices, RequestForm, standing
from .history import happened
from .pages import DOOR, PAGE, child_of, page_of_child, request_of

CARRIED_BESIDES = frozenset({"csrfmiddlewaretoken", "do"})


@PAGE
@DOOR
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new entry: OK shows it to check, Save keeps it on the involvement (SP-249)."""
    return _written(request, child_of(request, pk), None)


@PAGE
@DOOR
def change(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """The same for an entry that is there."""
    child = child_of(request, pk)
    return _written(request, child, request_of(request, child, entry_id))


@require_safe
@DOOR
def entry(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """Everything about one request: how it stands, how it was told, reminded of and answered."""
    child = child_of(request, pk)
    found = request_of(request, child, entry_id, removed=True)
    [line] = showing.lines_of([found], today=timezone.localdate())
    context = page_of_child(
        request,
        child,
        say("children.Advice_Entry_Heading", name=found.name),
        requested=found,
        line=line,
        rows=[{"key": key, "value": value} for key, value in showing.rows_of(line)],
        wanted=queries.title_of_form(found.wanted, active_language()),
        told=found.notifications.all(),
        chases=found.chases.all(),
        turns=[(turn, [_row(child, found, file) for file in turn.files]) for turn in _turns(found)],
        history=happened(queries.history_of(found)[:50]),
        sees=found.portal_user is not None and found.portal_user.authenticated,
    )
    return render(request, "council/advice/entry.html", context)


@PAGE
@DOOR
def remove(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """Ask first, then take the entry out of the panel."""
    child = child_of(request, pk)
    found = request_of(request, child, entry_id)
    problems = {}
    if request.method == "POST":
        seen = number(request.POST.get("seen"))
        try:
            services.remove_request(found, seen=seen, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = {"main-content": refusal.message}
        else:
            messages.success(request, say("children.Advice_Removed_Done", name=found.name))
            return redirect("council:advice", child.pk)
    heading = say("children.Advice_Remove_Heading")
    context = page_of_child(request, child, heading, requested=found, problems=problems)
    return render(request, "council/advice/remove.html", context, status=422 if problems else 200)


@require_POST
@DOOR
def put_back(request: HttpRequest, pk: int, entry_id: int) -> HttpResponse:
    """Put a removed entry where it was."""
    child = child_of(request, pk)
    found = request_of(request, child, entry_id, removed=True)
    services.put_back(found, by=who(request), now=timezone.now())
    messages.success(request, say("children.Advice_PutBack_Done", name=found.name))
    return redirect("council:advice-entry", child.pk, found.pk)


@require_safe
@DOOR
def file(request: HttpRequest, pk: int, entry_id: int, file_id: UUID) -> HttpResponse:
    """A file that was sent with an answer, once it was found clean."""
    child = child_of(request, pk, surface="file")
    stored = queries.file_of(request_of(request, child, entry_id, removed=True), file_id)
    if stored is None:
        raise Http404
    audit.looked(request, about=stored, child=child.pk, surface="file")
    return cast(HttpResponse, serve(stored, request=request))


def _turns(requested: Requested) -> list[showing.Turn]:
    return showing.turns_of(queries.answers_to(requested), requested.furthers.all())


def _written(request: HttpRequest, child: Child, requested: Requested | None) -> HttpResponse:
    choices = Choices.of(holder_of(request), child, requested)
    act = request.POST.get("do") if request.method == "POST" else None
    if act is None:
        return _form(
            request, child, requested, RequestForm(None, choices=choices, initial=standing(requested))
        )
    form = RequestForm(request.POST, choices=choices)
    if act == "back" or not form.is_valid():
        return _form(request, child, requested, form)
    try:
        services.demand_right(form.told, now=timezone.now())
        if act != "save":
            return _check(request, child, requested, form.told)
        kept = _save(request, child, requested, form.told)
    except Refusal as refusal:
        form.refuse(refusal.by_field())
        return _form(request, child, requested, form)
    messages.success(request, say("children.Advice_Saved"))
    return redirect("council:advice-entry", child.pk, kept.pk)


def _save(request: HttpRequest, child: Child, requested: Requested | None, told: Told) -> Requested:
    by, now = who(request), timezone.now()
    if requested is None:
        key = key_of(request.POST.get("key"))
        return services.add_request(child, told, key=key, by=by, now=now)
    seen = number(request.POST.get("seen"))
    return services.change_request(requested, told, seen=seen, by=by, now=now)


def _form(request: HttpRequest, child: Child, requested: Requested | None, form: RequestForm) -> HttpResponse:
    back = request.POST.get("do") == "back"
    problems = form.problems if form.is_bound and not back else {}
    heading = say("children.Advice_Change_Heading" if requested else "children.Advice_New_Heading")
    context = page_of_child(
        request,
        child,
        heading,
        form=form,
        requested=requested,
        problems={name or "main-content": words for name, words in problems.items()},
        key=key_of(request.POST.get("key")),
        seen=_seen(request, requested),
        back=_back(child, requested),
    )
    return render(request, "council/advice/form.html", context, status=422 if problems else 200)


def _check(request: HttpRequest, child: Child, requested: Requested | None, told: Told) -> HttpResponse:
    """What will be kept, with the address and role of the account (SP-250)."""
    posted = [pair for pair in request.POST.items() if pair[0] not in CARRIED_BESIDES]
    context = page_of_child(
        request,
        child,
        say("children.Advice_Check_Heading"),
        rows=_rows(told),
        carried=posted,
        unseen=told.portal_user is not None and not told.portal_user.authenticated,
        back=_back(child, requested),
    )
    return render(request, "council/advice/check.html", context)


def _rows(told: Told) -> list[dict[str, object]]:
    name, email, role = told.asked
    values: dict[str, object] = {
        "Name": name,
        "Email": email,
        "Role": role,
        "Person": str(told.person or ""),
        "Wanted": queries.title_of_form(told.wanted, active_language()),
        "Details": told.details,
        "DueOn": day(told.due_on) if told.due_on else "",
        "NotifiedOn": day(told.notified_on) if told.notified_on else "",
        "ReceivedOn": day(told.received_on) if told.received_on else "",
        "Form": told.form.reference if told.form else "",
    }
    nothing = say("children.Advice_Nothing")
    return [
        {"key": say(f"children.Advice_{key}"), "value": value or nothing} for key, value in values.items()
    ]


def _seen(request: HttpRequest, requested: Requested | None) -> str:
    return carried(request, requested.version if requested else "")


def _back(child: Child, requested: Requested | None) -> str:
    if requested is None:
        return reverse("council:advice", args=[child.pk])
    return reverse("council:advice-entry", args=[child.pk, requested.pk])


def _row(child: Child, requested: Requested, file: StoredFile) -> FileRow:
    ids = [child.pk, requested.pk, file.pk]
    href = reverse("council:advice-file", args=ids) if files.may_be_served(file) else ""
    return replace(file_row(file), href=href)
