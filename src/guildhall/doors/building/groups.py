"""The groups of a form: made, changed, numbered and deleted."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, queries, services
from guildhall.paperwork.forms.editing import Content
from guildhall.paperwork.forms.models import WorkingForm
from guildhall.paperwork.forms.shape import RESERVED_KEYS

from . import fields
from .details import too_long
from .opening import BUILDER, crumbs, form_or_404, in_language, keep_edit, sure, tell_who_still_asks, try_edit

LONGEST_NAME = 300
LONGEST_ITEM = 100
_WORDS = {"title": LONGEST_NAME, "guidance": 20_000}
_MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def new(request: HttpRequest, code: str) -> HttpResponse:
    """A group for questions marked in the bank, or an empty one."""
    working = form_or_404(code)
    numbers = [group.get("number", 0) for group in editing.groups_in(working.shown)]
    blank = {"number": max(numbers, default=editing.FIRST_NUMBER - 1) + 1}
    if request.method != "POST":
        return _page(request, working, blank, {})
    given, problems = read(request.POST)
    if problems:
        return _page(request, working, given, problems, status=422)
    given["key"] = _key_for(given, working.shown)
    codes = _marked(request)

    def edit(content: Content) -> Content:
        content = editing.add_group(content, {k: v for k, v in given.items() if v is not None})
        for question in queries.questions_found().filter(code__in=codes).exclude(latest=None):
            assert question.latest
            content = editing.add_question(content, question.latest.content, to=given["key"])
        return content

    try:
        content = edit(working.shown)
    except editing.CannotEdit as refusal:
        return _page(request, working, given, {"": refusal.message}, status=422)
    return _keep(request, working, given, content)


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def group(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """A group's name, guidance, number and repeating; a changed number asks about the others."""
    working = form_or_404(code)
    before = _group_or_404(working, key)
    if request.method != "POST":
        return _page(request, working, before, {}, key=key)
    given, problems = read(request.POST)
    if before.get("repeats") is None and given["repeats"]:
        problems |= _cannot_repeat(before)
    if problems:
        return _page(request, working, given, problems, key=key, status=422)
    answer = request.POST.get("renumber", "")
    if given["number"] != before.get("number") and answer not in {"yes", "no"}:
        return _ask_numbers(request, working)
    content = editing.change_group(working.shown, key, given)
    moved = None
    if answer == "yes":
        content, moved = editing.renumber(content, changed=key)
    return _keep(request, working, given, content, key=key, moved=moved)


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def delete(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Take a group off the form, after asking; the Question Selector can undo it until Save."""
    working = form_or_404(code)
    found = _group_or_404(working, key)
    if request.method == "POST":
        if try_edit(request, working, lambda content: editing.delete_group(content, key)):
            messages.success(request, say("administration.FormGroup_Deleted", name=_name(found)))
            for question in found.get("questions") or []:
                tell_who_still_asks(request, working.shown, question["code"], but=key)
        return redirect("building:selector", working.code)
    count = len(found.get("questions") or [])
    return sure(
        request,
        working,
        heading=say("administration.FormGroup_DeleteSure", name=_name(found)),
        words=say("administration.FormGroup_DeleteWhat", name=_name(found), count=count),
        button=say("administration.Selector_DeleteGroup"),
        address=reverse("building:group-delete", args=[working.code, key]),
    )


def _marked(request: HttpRequest) -> list[str]:
    """The codes of the questions that were marked in the bank."""
    return [one_line(code) for code in request.GET.getlist("question")[:100]]


def read(posted: QueryDict) -> tuple[Content, dict[str, str]]:
    """The group that was posted, None for what it has not, and what must be put right in it."""
    given: Content = {
        "title": _said(posted, "title", one_line),
        "guidance": _said(posted, "guidance", paragraphs),
        "number": _whole(posted.get("number", ""), least=2, most=999),
        "repeats": _repeats(posted) if posted.get("repeats") == "yes" else None,
    }
    problems = too_long(given, _WORDS) | too_long(given["repeats"] or {}, {"item": LONGEST_ITEM})
    if not given["title"] or not given["title"]["en"]:
        problems["title_en"] = say("administration.Error_FormGroup_Name")
    if given["number"] is None:
        problems["number"] = say("administration.Error_FormGroup_Number")
    return given, problems | _repeat_problems(given["repeats"])


def _repeats(posted: QueryDict) -> Content:
    return {
        "least": _whole(posted.get("least", "") or "0", least=0, most=_MOST),
        "most": _whole(posted.get("most", "") or "10", least=1, most=_MOST),
        "item": _said(posted, "item", one_line),
    }


def _repeat_problems(repeats: Content | None) -> dict[str, str]:
    if repeats is None:
        return {}
    problems = {}
    for name in ("least", "most"):
        if repeats[name] is None:
            problems[name] = say("administration.Error_FormGroup_Times", most=_MOST)
    if not problems and repeats["least"] > repeats["most"]:
        problems["most"] = say("administration.Error_FormGroup_LeastMost")
    if not repeats["item"] or not repeats["item"]["en"]:
        problems["item_en"] = say("administration.Error_FormGroup_Item")
    return problems


def _cannot_repeat(before: Content) -> dict[str, str]:
    """A question that can be inherited several times cannot be asked several times as well (SP-154)."""
    several = [one["code"] for one in before.get("questions") or [] if one.get("inherit_multiple")]
    if not several:
        return {}
    words = say("administration.Error_Inherit_Repeats", code=", ".join(several), group=_name(before))
    return {"repeats": words}


def _said(posted: QueryDict, name: str, clean: Any) -> dict[str, str] | None:
    said = {language: clean(posted.get(f"{name}_{language}", "")) for language in ("en", "cy")}
    return said if any(said.values()) else None


def _whole(written: str, *, least: int, most: int) -> int | None:
    found = number(one_line(written), digits=5)
    return found if least <= found <= most else None


def _key_for(given: Content, content: Content) -> str:
    """The group's place in the address, made from its English name and not taken yet."""
    made = "-".join(re.findall(r"[a-z0-9]+", given["title"]["en"].lower()))[:34].strip("-")
    made = made if made[:1].isalpha() else f"group-{made}".strip("-")
    taken = RESERVED_KEYS | {one.get("key") for one in content.get("groups") or []}
    return next(key for key in (made, *(f"{made}-{n}" for n in range(2, 1000))) if key not in taken)


def _group_or_404(working: WorkingForm, key: str) -> Content:
    try:
        return editing.group_in(working.shown, key)
    except editing.CannotEdit as missing:
        raise Http404 from missing


def _name(found: Content) -> str:
    return in_language(found.get("title")) or str(found["key"])


def _keep(
    request: HttpRequest,
    working: WorkingForm,
    given: Content,
    content: Content,
    *,
    key: str = "",
    moved: list[tuple[str, int, int]] | None = None,
) -> HttpResponse:
    try:
        working = keep_edit(request, working, content)
    except services.BuiltMeanwhile as refusal:
        return _page(request, refusal.current, given, {"": refusal.message}, key=key, status=409)
    except Refusal as refusal:
        return _page(request, working, given, {"": refusal.message}, key=key, status=422)
    if moved is None:
        messages.success(request, say("administration.FormGroup_Kept"))
        return redirect(reverse("building:selector", args=[working.code]) + f"#g-{key or given['key']}")
    names = {one["key"]: _name(one) for one in working.shown["groups"]}
    heading = say("administration.FormGroup_Renumbered")
    context = {
        "working": working,
        "heading": heading,
        "moved": [(names[one], old, new_) for one, old, new_ in moved],
        "breadcrumbs": crumbs((heading, ""), working=working),
    }
    return render(request, "building/renumbered.html", context)


def _ask_numbers(request: HttpRequest, working: WorkingForm) -> HttpResponse:
    posted = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    heading = say("administration.FormGroup_RenumberAsk")
    context = {
        "working": working,
        "heading": heading,
        "posted": posted,
        "breadcrumbs": crumbs((heading, ""), working=working),
    }
    return render(request, "building/renumber.html", context)


def _page(
    request: HttpRequest,
    working: WorkingForm,
    given: Content,
    problems: dict[str, str],
    *,
    key: str = "",
    status: int = 200,
) -> HttpResponse:
    heading = say("administration.Selector_EditGroup" if key else "administration.Selector_NewGroup")
    context = {
        "working": working,
        "heading": heading,
        "key": key,
        "fields": _fields(given, problems),
        "questions": _marked(request),
        "problems": problems,
        "breadcrumbs": crumbs((heading, ""), working=working),
    }
    return render(request, "building/group.html", context, status=status)


def _fields(given: Content, problems: dict[str, str]) -> list[SafeString]:
    repeats = given.get("repeats") or {}
    return [
        fields.both("title", given.get("title"), problems, optional=False, called="title_group"),
        fields.both("guidance", given.get("guidance"), problems, rows=4, called="guidance_group"),
        fields.line("number", given.get("number"), problems, width=3, inputmode="numeric"),
        fields.tick("repeats", given.get("repeats"), problems),
        fields.line("least", repeats.get("least", 0), problems, width=3, inputmode="numeric"),
        fields.line("most", repeats.get("most", 10), problems, width=3, inputmode="numeric"),
        fields.both("item", repeats.get("item"), problems),
    ]
