"""The process on an involvement: where it is, its dates, its history, and taking the last change back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.doors.families.tracker import tracker_of
from guildhall.doors.schools.reviews.pupils import posted
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.meanwhile import carried
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import key_of, number
from guildhall.foundation.texts.forms import WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children.models import Child
from guildhall.work.ehcprocess import queries, rules, services
from guildhall.work.ehcprocess.models import Process

from ..involvement import involvement_crumbs, involvement_page
from ..merging import follows_merges
from ..sharing import child_to_share
from . import shown
from .forms import DatesForm, begun, holders, in_words

DOOR = door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
HERE = "child-process"


@require_safe
@DOOR
@follows_merges
def process(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest process of a child, or the one asked for, as families see it and with all that is behind."""
    child = child_to_share(request, pk)
    audit.looked(request, about=child, child=child.pk, detail={"tab": "process"})
    found = list(queries.processes_of(holder_of(request), child)[:20])
    asked = number(request.GET.get("process"))
    one = next((each for each in found if each.pk == asked), found[0] if found else None)
    context = involvement_page(holder_of(request), child, HERE) | {
        "process": one,
        "others": [each for each in found if each != one],
        "on_team": rules.works_for(holder_of(request)),
        "may_start": not any(each.open for each in found),
    }
    if one:
        context |= _details(one)
    return render(request, "council/process/process.html", context)


def _details(one: Process) -> dict[str, Any]:
    today = timezone.localdate()
    ehc, _ = queries.packs_of(one)
    return {
        "tracker": tracker_of(one, today=today),
        "steps": shown.steps_of(one, today=today),
        "markers": shown.markers_of(one.facts),
        "excuses": [(each, in_words(ehc.exemptions[each.kind].name)) for each in queries.excuses_of(one)],
        "history": shown.saves_of(one),
        "may_undo": queries.before(one) is not None,
        "rushed": rules.rushed(one.facts, ehc),
        "pack": ehc,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """A request was received: the first date. The page carries its number, so that twice starts one."""
    child = child_to_share(request, pk)
    key = key_of(request.POST.get("key"))
    form = DatesForm(posted(request), holders=holders(None), initial={"owner": str(who(request).pk)})
    made = form.done(
        lambda: services.start_process(child, form.facts, key=key, by=who(request), now=timezone.now())
    )
    if made is not None:
        messages.success(request, say("children.Process_Started"))
        return redirect(address(child))
    return asked(request, child, "council/process/dates.html", form, heading="Start_Heading", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def change(request: HttpRequest, pk: int, process_id: int) -> HttpResponse:
    """The dates, decisions and owner of a process."""
    child = child_to_share(request, pk)
    one = process_or_404(request, child, process_id)
    form = DatesForm(posted(request), holders=holders(one), initial=begun(one.facts))
    seen = number(request.POST.get("seen"))
    made = form.done(
        lambda: services.keep_facts(one, form.facts, seen=seen, by=who(request), now=timezone.now())
    )
    if made is not None:
        messages.success(request, say("children.Process_Saved"))
        return redirect(address(child, one))
    kept = carried(request, one.version)
    return asked(request, child, "council/process/dates.html", form, heading="Dates_Heading", seen=kept)


@require_POST
@DOOR
def undo(request: HttpRequest, pk: int, process_id: int) -> HttpResponse:
    """Take the last change back."""
    child = child_to_share(request, pk)
    one = process_or_404(request, child, process_id)
    seen = number(request.POST.get("seen"))
    with refusals_told(request):
        services.undo_last(one, seen=seen, by=who(request), now=timezone.now())
        messages.success(request, say("children.Process_Undone"))
    return redirect(address(child, one))


def process_or_404(request: HttpRequest, child: Child, process_id: int) -> Process:
    """A process of the child."""
    found = queries.processes_of(holder_of(request), child).filter(pk=process_id).first()
    if found is None:
        raise Http404
    return found


def asked(
    request: HttpRequest, child: Child, template: str, form: WordedForm, *, heading: str, **more: Any
) -> HttpResponse:
    """The page of a form about the process of ``child``."""
    audit.looked(request, about=child, child=child.pk, detail={"tab": "process"})
    words = say(f"children.Process_{heading}")
    page = involvement_page(holder_of(request), child, HERE)
    context = page | {
        "form": form,
        "heading": words,
        "problems": form.problems,
        "back": address(child),
        "breadcrumbs": involvement_crumbs(
            child, page, (say("children.Tab_child-process"), address(child)), (words, "")
        ),
        **more,
    }
    return render(request, template, context, status=422 if context["problems"] else 200)


def address(child: Child, process: Process | None = None) -> str:
    address = reverse(f"council:{HERE}", args=[child.pk])
    return f"{address}?process={process.pk}" if process else address
