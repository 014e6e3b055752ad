"""A form out into one readable file, and a file in: what it would change is shown before it counts."""

import json
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, exchange, queries
from guildhall.paperwork.forms.comparing import differences
from guildhall.paperwork.forms.definition import Definition, compiled
from guildhall.paperwork.forms.problems import Problem, problems_of
from guildhall.paperwork.forms.schema import schema
from guildhall.paperwork.forms.services import importing
from guildhall.people.accounts.asking import who

from .compare import sections_of
from .way import DOOR, known_or_404, trail

SALT = "building.import"
KEPT_FOR = 24 * 60 * 60
MOST_SAID = 100


@require_safe
@DOOR
def export(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """The form as it is saved while it is built, else as it was published last, as a file."""
    form, working = known_or_404(code)
    version = form and (form.live_version or form.versions.order_by("-number").first())
    content = working.content if working else version.definition if version else {}
    name = (working or form).code.lower()  # type: ignore[union-attr]
    response = HttpResponse(exchange.written(content), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


@require_safe
@DOOR
def form_schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The JSON Schema of the file, for editors that say at once what cannot be read."""
    written = json.dumps(schema(), indent=2, ensure_ascii=False)
    response = HttpResponse(written, content_type="application/schema+json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="forms.schema.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@DOOR
def take_in(request: HttpRequest) -> HttpResponse:
    """Choose a file, look at what it would change, then keep it as a form being built."""
    if request.method != "POST":
        return _draw(request)
    if "proposed" in request.POST:
        return _keep(request)
    upload = request.FILES.get("file")
    if upload is None:
        return _draw(request, {"file": say("send.Error_Exchange_None")})
    file = upload.read(exchange.MOST_BYTES + 1)
    try:
        content = exchange.read(file)
    except exchange.BadFile as refusal:
        return _draw(request, {"file": refusal.message})
    return _look(request, content, file)


def _look(request: HttpRequest, content: dict[str, Any], file: bytes) -> HttpResponse:
    errors = [problem for problem in problems_of(content) if problem.error]
    if errors:
        said = _in_words(errors, file)
        wrong = said[:MOST_SAID]
        if rest := said[MOST_SAID:]:
            wrong.append(say("send.Error_Exchange_More", count=len(rest)))
        return _draw(request, {"file": say("send.Error_Exchange_Errors", count=len(said))}, wrong=wrong)
    definition = compiled(content)
    content = content | {"code": definition.code}
    before, revision = _standing(definition.code)
    found = differences(before, definition, active_language()) if before else []
    sealed = signing.dumps([content, revision], salt=_salt(request), compress=True)
    more: dict[str, Any] = {
        "looked": True,
        "new": before is None,
        "definition": definition,
        "title": definition.title.in_(active_language()),
        "sections": sections_of(found),
        "conflicts": _conflicts(content),
        "proposed": sealed,
    }
    return _draw(request, **more)


def _in_words(errors: list[Problem], file: bytes) -> list[str]:
    """What is wrong, each with its line, in the order of the lines of the file."""
    lines = exchange.lines_in(file)
    placed = sorted(((_line_of(one, lines), one.say()) for one in errors), key=lambda found: found[0])
    return [say("send.Error_Exchange_Line", line=line, message=words) for line, words in placed]


def _line_of(problem: Problem, lines: dict[tuple[str, str], int]) -> int:
    """Where the question, the group or the key of the form begins; else where the form does."""
    about = problem.question
    if not problem.group:
        about = problem.values.get("part") or problem.values.get("asked", "").strip("'")
    places = ((problem.group, about), (problem.group, ""), ("", ""))
    return next(lines[place] for place in places if place in lines)


def _standing(code: str) -> tuple[Definition | None, int]:
    """The form there is under the code, being built or published, and the revision it has."""
    if working := queries.working_form(code):
        return compiled(working.shown), working.revision
    content = queries.published_content(code)
    return (compiled(content), importing.PUBLISHED) if content else (None, importing.NEW)


def _conflicts(content: dict[str, Any]) -> list[dict[str, str]]:
    """Questions that the bank has under the same code in other words or with other rules."""
    asked = {question["code"].upper(): question for question in editing.questions_in(content)}
    found = []
    for known in queries.bank_questions(asked):
        kept = known.latest.content if known.latest else {}
        if kept != editing.bank_content(asked[known.code]) | {"code": known.code}:
            words = {"bank": kept.get("text") or {}, "file": asked[known.code].get("text") or {}}
            found.append({"code": known.code} | {key: str(one.get("en", "")) for key, one in words.items()})
    return found


def _keep(request: HttpRequest) -> HttpResponse:
    try:
        content, revision = signing.loads(request.POST["proposed"], salt=_salt(request), max_age=KEPT_FOR)
    except signing.BadSignature:
        return _draw(request, {"file": say("send.Error_Exchange_Again")})
    try:
        working = importing.take_in(content, seen=revision, by=who(request), now=timezone.now())
    except Refusal as refusal:
        return _draw(request, {"file": refusal.message}, status=409)
    messages.success(request, say("send.Exchange_Kept", code=working.code))
    return redirect("building:publish", working.code)


def _salt(request: HttpRequest) -> str:
    return f"{SALT}.{request.user.pk}"


def _draw(
    request: HttpRequest, problems: dict[str, str] | None = None, *, status: int = 0, **more: Any
) -> HttpResponse:
    heading = say("send.Exchange_Heading")
    context = {"problems": problems or {}, "breadcrumbs": trail("", (heading, ""))}
    status = status or (422 if problems else 200)
    return render(request, "building/exchange.html", context | more, status=status)
