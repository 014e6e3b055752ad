"""The Question Selector: the form's groups and questions beside the bank, and what can be done with them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, queries, services
from guildhall.paperwork.forms.editing import Content
from guildhall.paperwork.forms.models import WorkingForm
from guildhall.people.accounts.asking import who

from .opening import (
    BUILDER,
    crumbs,
    form_or_404,
    in_language,
    kept,
    seen,
    sure,
    tell_who_still_asks,
    try_edit,
)

_LONGEST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def selector(request: HttpRequest, code: str) -> HttpResponse:
    """The two panes. Each action is an edit that counts only after Save."""
    working = form_or_404(code)
    if request.method == "POST":
        return _act(request, working)
    words = one_line(request.GET.get("q"))[:_LONGEST]
    shown = working.shown
    on_form = {question["code"] for question in editing.questions_in(shown)}
    page = page_of(queries.questions_found(words), request)
    context = {
        "working": working,
        "heading": say("administration.Selector_Heading"),
        "title": in_language(shown.get("title")) or working.code,
        "groups": [_group(group) for group in editing.groups_in(shown)],
        "unsaved": working.edited is not None,
        "bank": [_banked(question, on_form) for question in page],
        "page": page,
        "q": words,
        "breadcrumbs": crumbs((say("administration.Selector_Heading"), ""), working=working),
    }
    return render(request, "building/selector.html", context)


def _group(group: Content) -> dict[str, Any]:
    questions = [
        {
            "code": question["code"],
            "text": in_language(question.get("text")) or question["code"],
            "kind": say(f"administration.Build_Kind_{question.get('kind', 'text')}"),
            "mandatory": bool(question.get("mandatory")),
            "ruled": "when" in question or isinstance(question.get("mandatory"), dict),
        }
        for question in group.get("questions") or []
    ]
    return {
        "key": group["key"],
        "number": group.get("number", 0),
        "title": in_language(group.get("title")) or group["key"],
        "repeats": bool(group.get("repeats")),
        "ruled": "when" in group,
        "questions": questions,
    }


def _banked(question: Any, on_form: set[str]) -> dict[str, Any]:
    content = question.latest.content
    return {
        "code": question.code,
        "text": in_language(content.get("text")) or question.code,
        "kind": say(f"administration.Build_Kind_{content.get('kind', 'text')}"),
        "on_form": question.code in on_form,
    }


def _act(request: HttpRequest, working: WorkingForm) -> HttpResponse:
    verb, _, about = one_line(request.POST.get("do")).partition(":")
    if verb in _PAGES:
        return _PAGES[verb](request, working)
    if verb in _KEEPING:
        return _keeping(request, working, verb)
    if verb in _EDITS and (edit := _EDITS[verb](request, working, about)):
        try_edit(request, working, edit)
    return _back(request, working)


def _back(request: HttpRequest, working: WorkingForm) -> HttpResponse:
    query = {key: value for key in ("q", "page") if (value := request.GET.get(key))}
    return redirect(
        reverse("building:selector", args=[working.code]) + (f"?{urlencode(query)}" if query else "")
    )


def _chosen(request: HttpRequest) -> tuple[str, str]:
    """(group key, question code) of what is marked in the left pane; empty where nothing is."""
    key, _, code = request.POST.get("at", "").partition("/")
    return key, code


Edit = Callable[[Content], Content]


def _missing(request: HttpRequest, name: str) -> None:
    messages.error(request, say(f"administration.Error_Selector_{name}"))


def _add(request: HttpRequest, _working: WorkingForm, _about: str) -> Edit | None:
    """Each marked question of the bank, after what is marked on the form."""
    key, after = _chosen(request)
    questions = [one.latest.content for one in _banked_of(request)]
    if not key or not questions:
        _missing(request, "Both")
        return None

    def edit(content: Content) -> Content:
        codes = [one["code"] for one in editing.group_in(content, key).get("questions") or []]
        at = codes.index(after) + 1 if after in codes else len(codes)
        for place, question in enumerate(questions, at):
            content = editing.add_question(content, question, to=key, at=place)
        return content

    return edit


def _banked_of(request: HttpRequest) -> list[Any]:
    codes = [one_line(code) for code in request.POST.getlist("bank")[:100]]
    return list(queries.questions_found().filter(code__in=codes).exclude(latest=None))


def _remove(request: HttpRequest, working: WorkingForm, _about: str) -> Edit | None:
    _, code = _chosen(request)
    if not code:
        _missing(request, "Question")
        return None
    tell_who_still_asks(request, working.shown, code)
    return lambda content: editing.delete_question(content, code)


def _move(request: HttpRequest, _working: WorkingForm, _about: str) -> Edit | None:
    _, code = _chosen(request)
    to = request.POST.get("to", "")
    if not code or not to:
        _missing(request, "Move")
        return None
    return lambda content: editing.move_question(content, code, to=to)


def _drop(_request: HttpRequest, working: WorkingForm, about: str) -> Edit | None:
    """What was dragged, put where it was dropped: ``about`` is code@group@place, or group@@place."""
    code, _, rest = about.partition("@")
    key, _, place = rest.partition("@")
    at = number(place, digits=3, otherwise=0)
    if not key:
        return lambda content: editing.shift_group(content, code, by=at - _place_of(content, code))
    if any(one.get("code") == code for one in editing.questions_in(working.shown)):
        return lambda content: editing.move_question(content, code, to=key, at=at)
    found = queries.questions_found().filter(code=code).exclude(latest=None).first()
    if found is None or found.latest is None:
        return None
    question = found.latest.content
    return lambda content: editing.add_question(content, question, to=key, at=at)


def _place_of(content: Content, key: str) -> int:
    return [group["key"] for group in editing.groups_in(content)].index(editing.group_in(content, key)["key"])


_EDITS: dict[str, Callable[[HttpRequest, WorkingForm, str], Edit | None]] = {
    "add": _add,
    "remove": _remove,
    "move": _move,
    "drop": _drop,
    "up": lambda _request, _working, code: lambda content: editing.shift_question(content, code, by=-1),
    "down": lambda _request, _working, code: lambda content: editing.shift_question(content, code, by=1),
    "group-up": lambda _request, _working, key: lambda content: editing.shift_group(content, key, by=-1),
    "group-down": lambda _request, _working, key: lambda content: editing.shift_group(content, key, by=1),
}


def _create(request: HttpRequest, working: WorkingForm) -> HttpResponse:
    key, _ = _chosen(request)
    return redirect(reverse("building:question-new", args=[working.code]) + f"?{urlencode({'to': key})}")


def _add_new_group(request: HttpRequest, working: WorkingForm) -> HttpResponse:
    codes = [question.code for question in _banked_of(request)]
    if not codes:
        _missing(request, "Bank")
        return _back(request, working)
    query = urlencode({"question": codes}, doseq=True)
    return redirect(reverse("building:group-new", args=[working.code]) + f"?{query}")


def _ask_discard(request: HttpRequest, working: WorkingForm) -> HttpResponse:
    return sure(
        request,
        working,
        heading=say("administration.Selector_DiscardSure", code=working.code),
        words=say("administration.Selector_DiscardWhat"),
        button=say("administration.Selector_Discard"),
        do="discard",
    )


def _to_group(page: str) -> Callable[[HttpRequest, WorkingForm], HttpResponse]:
    def go(request: HttpRequest, working: WorkingForm) -> HttpResponse:
        key, _ = _chosen(request)
        if not key:
            _missing(request, "Group")
            return _back(request, working)
        return redirect(page, working.code, key)

    return go


_PAGES = {
    "create": _create,
    "add-new-group": _add_new_group,
    "edit-group": _to_group("building:group"),
    "delete-group": _to_group("building:group-delete"),
    "ask-discard": _ask_discard,
}
_KEEPING = {
    "save": (services.save_working, "Build_Saved"),
    "undo": (services.undo_edit, "Selector_Undone"),
    "discard": (services.discard_edits, "Selector_Discarded"),
}


def _keeping(request: HttpRequest, working: WorkingForm, verb: str) -> HttpResponse:
    act, said = _KEEPING[verb]
    with refusals_told(request):
        act(kept(request, working), revision=seen(request), by=who(request), now=timezone.now())
        messages.success(request, say(f"administration.{said}", code=working.code))
    return _back(request, working)
