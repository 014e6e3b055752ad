"""The list of a school's actions, and what is done from it to several."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.actions import queries, services, sheets
from guildhall.work.actions.models import Action
from guildhall.work.actions.queries import Asked
from guildhall.work.actions.sources import people_of
from guildhall.work.actions.wording import source_words, status_words

from ..post.showing import Tag, without
from ..showing import current, page
from .shown import line_of, row_of

FILTERS = ("state", "source", "owner", "overdue", "q")
PER_PAGE, WHOLE = 20, 5_000
SEVERAL = 100


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def actions(request: HttpRequest) -> HttpResponse:
    """One's own actions or the school's: searched, filtered, sorted; with ?whole all on a page to print."""
    place, asked, today = current(request), Asked.read(request.GET), timezone.localdate()
    rows = queries.actions_of(place, asked, today=today)
    found = page_of(rows, request, WHOLE if "whole" in request.GET else PER_PAGE)
    owners = _owners(place)
    context = {
        "rows": [row_of(one, today) for one in found],
        "page": found,
        "sorting": sorting_of(request, among=queries.SORTS, default=asked.sort),
        "asked": asked,
        "views": _views(asked, place),
        "states": [(one, _state(one)) for one in queries.STATES],
        "sources": [(one, source_words(one)) for one in Action.Source.values],
        "owners": owners,
        "people": [(one.user_id, str(one)) for one in people_of(place.school)],
        "tags": _tags(request.GET, asked, owners),
        "clear": without(request.GET, *FILTERS) or "?",
        "query": without(request.GET),
        "whole": f"?{without(request.GET, 'whole').removeprefix('?')}&whole=1",
    }
    return page(request, "schools/actions/list.html", context)


def _views(asked: Asked, place: SchoolPlace) -> list[dict[str, Any]]:
    """One's own and the school's, to do and overdue, as links with how many there are."""
    found, here = queries.counts(place, today=timezone.localdate()), reverse("schools:actions")
    kinds = (
        ("Mine", "", found.mine, True, False),
        ("MineLate", "?overdue=yes", found.mine_late, True, True),
        ("School", "?whose=all", found.school, False, False),
        ("SchoolLate", "?whose=all&overdue=yes", found.school_late, False, True),
    )
    return [
        {
            "href": here + query,
            "title": say(f"schools.ActionsView_{name}"),
            "count": count,
            "here": asked.mine is mine and asked.overdue is late,
        }
        for name, query, count, mine, late in kinds
    ]


def _state(key: str) -> str:
    return say(f"schools.ActionState_{key.title() or 'ToDo'}") if key in {"", "all"} else status_words(key)


def _owners(place: SchoolPlace) -> list[tuple[str, str]]:
    return [("0", say("schools.Action_NoOwner")), *((str(one.pk), str(one)) for one in queries.owners(place))]


def _tags(query: QueryDict, asked: Asked, owners: list[tuple[str, str]]) -> list[Tag]:
    """The filters in use, each with the address that drops it."""
    used = {
        "state": _state(asked.state) if asked.state else "",
        "source": source_words(asked.source) if asked.source else "",
        "owner": dict(owners).get(str(asked.owner), "") if asked.owner is not None else "",
        "overdue": say("schools.Action_Overdue") if asked.overdue else "",
        "q": asked.words,
    }
    return [Tag(words, without(query, name) or "?") for name, words in used.items() if words]


@require_safe
@door(Permission.USE_SCHOOL, verified=True)
def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a spreadsheet."""
    place, today = current(request), timezone.localdate()
    rows = queries.actions_of(place, Asked.read(request.GET), today=today)[:WHOLE]
    content = sheets.sheet_of([line_of(one, today) for one in rows])
    return taken_away(content, "xlsx", say("schools.Actions_FileName"))


@require_POST
@door(Permission.USE_SCHOOL, verified=True)
def several(request: HttpRequest) -> HttpResponse:
    """Mark what was ticked as done, take that back, or give it to somebody."""
    picked = [number(one) for one in request.POST.getlist("pick")[:SEVERAL]]
    act = request.POST.get("act", "")
    if act not in {"done", "reopen", "give"}:
        raise Http404
    if not picked:
        messages.warning(request, say("schools.Actions_NothingPicked"))
    elif act == "give":
        _give(request, picked)
    else:
        _move(request, act, picked)
    return redirect(reverse("schools:actions") + without(QueryDict(request.POST.get("query", "")[1:500])))


def _move(request: HttpRequest, act: str, picked: list[int]) -> None:
    service = services.finish_some if act == "done" else services.reopen_some
    moved = service(picked, place=current(request), now=timezone.now())
    words = say(f"schools.Actions_{act.title()}Several", count=len(moved))
    if len(moved) < len(picked):
        words += f" {say('schools.Actions_LeftOut', count=len(picked) - len(moved))}"
    if moved and act == "done":
        tell_done(request, words, moved)
    elif moved:
        messages.success(request, words)
    else:
        messages.warning(request, words)


def tell_done(request: HttpRequest, words: str, done: list[int]) -> None:
    """Say what was marked as done, with a button that takes it back."""
    context = {"words": words, "done": done}
    messages.success(request, mark_safe(render_to_string("schools/actions/undo.html", context, request)))


def _give(request: HttpRequest, picked: list[int]) -> None:
    place, owner = current(request), number(request.POST.get("owner"))
    person = people_of(place.school).filter(user=owner).first()
    if person is None:
        messages.warning(request, say("schools.Error_Action_GiveTo"))
        return
    given, left = services.give_some(picked, owner, place=place, now=timezone.now())
    if given:
        messages.success(request, say("schools.Actions_GivenSeveral", count=len(given), name=str(person)))
    if left or not given:
        messages.warning(request, say("schools.Actions_NotGiven", count=left, name=str(person)))
