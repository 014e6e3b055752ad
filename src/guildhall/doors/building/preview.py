"""Trying out a form while it is built: its pages in both languages, with answers that nobody keeps.

The answers are in the session of whoever tries it out, and are no draft.
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import spoken, steps
from guildhall.paperwork.forms.previewing import previewable
from guildhall.paperwork.forms.shape import LANGUAGES, Definition, Group
from guildhall.paperwork.forms.walk import Walk
from guildhall.people.organisations import queries as organisations
from guildhall.work.intake.titles import shown_subtitle, shown_title

from .way import DOOR, known_or_404, trail

SUMMARY = "summary"
WIDTHS = ("wide", "phone")
MOST_KEPT = 60_000
_MOST_ROWS = 60


@require_safe
@DOOR
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The introduction of the form, and all its pages, those on the route of the answers marked."""
    definition = shown_form(code)
    language = language_of(request)
    walk = walk_of(request, definition)
    places = [
        {
            "title": group.title.in_(language),
            "href": _address(request, definition.code, group.key),
            "open": walk.opens(group),
        }
        for group in definition.groups
    ]
    first = walk.groups[0].key if walk.groups else SUMMARY
    context = {
        "places": places,
        "start": _address(request, definition.code, first),
        "guidance": definition.guidance.in_(language),
        "subtitle": shown_subtitle(definition, language),
        "words": _words(language, "Start"),
    }
    return _draw(request, definition, "building/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def step(request: HttpRequest, code: str, place: str) -> HttpResponse:
    """One page of the form, filled in as its people would; conditions work as they will."""
    definition = shown_form(code)
    group = definition.group_by_key.get(place)
    if group is None and place == SUMMARY:
        return _summary(request, definition)
    if group is None:
        raise Http404
    row = _row_asked(request) if group.repeats else ""
    if request.method != "POST":
        return _step(request, definition, group, row)
    return _answered(request, definition, group, row)


@require_POST
@DOOR
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """Forget the answers and begin again."""
    definition = shown_form(code)
    request.session.pop(_key(definition), None)
    return redirect(_address(request, definition.code))


def _answered(request: HttpRequest, definition: Definition, group: Group, row: str) -> HttpResponse:
    answers = _kept(request, definition)
    if not group.repeats or row:
        typed = steps.read(
            definition,
            group,
            request.POST,
            answers=answers,
            today=timezone.localdate(),
            language=language_of(request),
            row_id=row or None,
            establishments=organisations.find_establishments,
        )
        problems = typed.problems
        if not _keep(request, definition, _joined(group, answers, typed.answers, row)):
            problems = problems | {"form": say("send.Error_Preview_Large")}
        if problems or typed.opened:
            return _step(request, definition, group, row, problems)
    if row:
        return redirect(_address(request, definition.code, group.key))
    after = walk_of(request, definition).next_place(group.key)
    return redirect(_address(request, definition.code, after or SUMMARY))


def _joined(group: Group, answers: dict[str, Any], typed: dict[str, Any], row: str) -> dict[str, Any]:
    if not row:
        return answers | typed
    rows = list(answers.get(group.key) or [])
    before: dict[str, Any] = next((one for one in rows if one["_id"] == row), {"_id": row})
    after = before | typed
    if before in rows:
        rows[rows.index(before)] = after
    elif len(rows) < _MOST_ROWS:
        rows.append(after)
    return answers | {group.key: rows}


def _step(
    request: HttpRequest,
    definition: Definition,
    group: Group,
    row: str,
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    walk, language = walk_of(request, definition), language_of(request)
    context: dict[str, Any] = {
        "group": group,
        "heading": group.title.in_(language),
        "guidance": group.guidance.in_(language),
        "problems": problems or {},
        "words": _words(language, "Continue") | {"Add": say("send.Rows_Add", language)},
        "back": _address(request, definition.code, walk.previous_place(group.key)),
    }
    if group.repeats and not row:
        context |= _rows(request, definition, group, walk)
    else:
        context["fields"] = steps.fields(
            walk,
            group,
            language=language,
            row_id=row or None,
            problems=problems,
            establishments=organisations.find_establishments,
        )
    return _draw(request, definition, "building/preview_step.html", context, status=422 if problems else 200)


def _rows(request: HttpRequest, definition: Definition, group: Group, walk: Walk) -> dict[str, Any]:
    rows = walk.rows(group)
    here = _address(request, definition.code, group.key)
    item = group.repeats.item.in_(language_of(request)) if group.repeats else ""
    return {
        "rows": [(f"{item} {number}", f"{here}&row={one['_id']}") for number, one in enumerate(rows, 1)],
        "add": f"{here}&row={len(walk.answers.get(group.key) or []) + 1}",
        "may_add": bool(group.repeats) and len(rows) < group.repeats.most,  # type: ignore[union-attr]
    }


def _summary(request: HttpRequest, definition: Definition) -> HttpResponse:
    walk, language = walk_of(request, definition), language_of(request)
    parts = spoken.sections(definition, walk.answers, language, today=timezone.localdate())
    none = say("send.Summary_NotAnswered", language)
    context = {
        "sections": [
            {
                "title": f"{part.title} – {part.rows_heading}" if part.rows_heading else part.title,
                "rows": [{"key": pair.label, "value": pair.lines or none} for pair in part.pairs],
                "href": _address(request, definition.code, part.place),
            }
            for part in parts
        ],
        "gaps": [gap.message for gap in walk.gaps],
        "heading": say("send.Tab_Summary", language),
        "declaration": definition.declaration.in_(language),
    }
    return _draw(request, definition, "building/preview_summary.html", context)


def _draw(
    request: HttpRequest, definition: Definition, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    language, width = language_of(request), _width(request)
    shared = {
        "code": definition.code,
        "language": language,
        "title": shown_title(definition, language),
        "side": say(f"send.Preview_Side_{definition.portal or 'citizen'}"),
        "phone": width == "phone",
        "looks": [
            *(_look(request, "language", one, language) for one in LANGUAGES),
            *(_look(request, "width", one, width) for one in WIDTHS),
        ],
        "first": _address(request, definition.code),
        "papers": [
            (reverse(f"building:preview-{kind}", args=[definition.code]), say(f"send.Preview_{kind}"))
            for kind in ("pdf", "docx")
        ],
        "breadcrumbs": trail(definition.code, (say("send.Preview_Heading"), "")),
    }
    return render(request, template, shared | context, status=status)


def _look(request: HttpRequest, key: str, value: str, chosen: str) -> dict[str, Any]:
    """A way to see this page in another language or width."""
    asked = {"language": language_of(request), "width": _width(request)} | {key: value}
    if row := _row_asked(request):
        asked["row"] = row
    return {"words": say(f"send.Preview_{value}"), "href": f"?{urlencode(asked)}", "here": value == chosen}


def shown_form(code: str) -> Definition:
    """The form as it is being built, unsaved edits too; as it was published where nobody builds it."""
    form, working = known_or_404(code)
    version = None
    if form and not working:
        version = form.live_version or form.versions.order_by("-number").first()
    content = working.shown if working else version.definition if version else {}
    code = working.code if working else form.code if form else code
    return previewable(content | {"code": code})


def walk_of(request: HttpRequest, definition: Definition) -> Walk:
    """The way of the answers that were tried out."""
    return Walk(definition, _kept(request, definition), today=timezone.localdate())


def _key(definition: Definition) -> str:
    return f"preview:{definition.code}"


def _kept(request: HttpRequest, definition: Definition) -> dict[str, Any]:
    """The answers, but for those of groups that repeated, or did not, when they were given."""
    kept: dict[str, Any] = request.session.get(_key(definition), {})
    repeating = {group.key for group in definition.groups if group.repeats}
    return {
        key: value for key, value in kept.items() if key in definition.question_by_code or key in repeating
    }


def _keep(request: HttpRequest, definition: Definition, answers: dict[str, Any]) -> bool:
    """Keep the answers in the session; False, and nothing kept, when they are too long for it."""
    if len(json.dumps(answers)) > MOST_KEPT:
        return False
    others = [key for key in request.session.keys() if key.startswith("preview:")]  # noqa: SIM118
    for key in others:
        if key != _key(definition):
            del request.session[key]
    request.session[_key(definition)] = answers
    return True


def _address(request: HttpRequest, code: str, place: str | None = "") -> str:
    asked = urlencode({"language": language_of(request), "width": _width(request)})
    page = (
        reverse("building:preview-step", args=[code, place])
        if place
        else reverse("building:preview", args=[code])
    )
    return f"{page}?{asked}"


def language_of(request: HttpRequest) -> str:
    """The language in which the form is seen, which need not be that of the page."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else active_language()


def _row_asked(request: HttpRequest) -> str:
    return one_line(request.GET.get("row"))[:40]


def _width(request: HttpRequest) -> str:
    return "phone" if request.GET.get("width") == "phone" else "wide"


def _words(language: str, *names: str) -> dict[str, str]:
    """Words of the portal's own pages, in the language of the preview."""
    return {name: say(f"send.Preview_{name}", language) for name in names}
