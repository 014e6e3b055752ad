"""When a group or a question is shown, and when a question must be answered: chosen, not typed as code."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, rules
from guildhall.paperwork.forms.editing import Content
from guildhall.paperwork.forms.models import WorkingForm
from guildhall.paperwork.forms.problems import problems_of

from . import conditions_map
from .opening import BUILDER, crumbs, form_or_404, group_name, in_language, try_edit


@dataclass(frozen=True)
class Target:
    """What a rule belongs to: a group, or a question of it, and which rule: ``when`` or ``mandatory``."""

    key: str
    code: str
    what: str
    part: Content
    address: str

    @property
    def hides(self) -> bool:
        """Whether the part is hidden, and not shown, when the rule holds."""
        return self.what == "when" and rules.hiding(self.part.get("when")) is not None

    @property
    def rule(self) -> Any:
        """The condition that is chosen on the page."""
        found = self.part.get(self.what)
        return rules.hiding(found) if self.hides else found if isinstance(found, dict) else None

    def put(self, content: Content, rule: Content | None, *, hides: bool) -> Content:
        """``content`` with ``rule`` here, which shows or ``hides``; None takes it away."""
        if rule is not None and hides:
            rule = {"not": rule}
        if not self.code:
            return editing.change_group(content, self.key, {"when": rule})
        question = dict(editing.question_in(content, self.code))
        question.pop(self.what, None)
        return editing.change_question(
            content, self.code, question if rule is None else question | {self.what: rule}
        )


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def of_group(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """When a group, which is a step of the form, is shown."""
    working = form_or_404(code)
    try:
        found = editing.group_in(working.shown, key)
    except editing.CannotEdit as missing:
        raise Http404 from missing
    address = reverse("building:group-rule", args=[working.code, key])
    return _rule(request, working, Target(key, "", "when", found, address))


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def of_question(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """When a question is shown; with ?what=mandatory, when it must be answered."""
    working = form_or_404(code)
    try:
        found = editing.question_in(working.shown, question)
        home = editing.home_of(working.shown, question)
    except editing.CannotEdit as missing:
        raise Http404 from missing
    what = "mandatory" if request.GET.get("what") == "mandatory" else "when"
    address = reverse("building:question-rule", args=[working.code, question]) + f"?what={what}"
    return _rule(request, working, Target(home["key"], question, what, found, address))


def _rule(request: HttpRequest, working: WorkingForm, target: Target) -> HttpResponse:
    askable = {one["code"]: one for one in rules.askable(working.shown, key=target.key, code=target.code)}
    if request.method != "POST":
        return _page(request, working, target, askable)
    verb, _, at = request.POST.get("do", "").partition(":")
    rule, problem = _changed(request, target, askable, verb, at)
    if problem:
        return _page(request, working, target, askable, {"value": problem}, status=422)
    hides = _hides(request, target, verb)
    if try_edit(request, working, lambda content: target.put(content, rule, hides=hides)):
        messages.success(request, say("administration.Rule_Kept"))
    return redirect(target.address)


def _hides(request: HttpRequest, target: Target, verb: str) -> bool:
    if target.what != "when":
        return False
    if target.rule is None:
        return request.POST.get("effect") == "hide"
    return target.hides != (verb == "turn")


def _changed(
    request: HttpRequest, target: Target, askable: dict[str, Content], verb: str, at: str
) -> tuple[Content | None, str]:
    """The rule after what was pressed, and what is wrong with it."""
    place = number(at, digits=3)
    joiner = "any" if request.POST.get("joiner") == "any" else "all"
    if verb == "remove":
        return rules.without_part(target.rule, place), ""
    if verb == "join":
        return rules.joined_by(target.rule, joiner), ""
    if verb != "add":
        return target.rule, ""
    asked = askable.get(request.POST.get("ask", ""))
    if asked is None:
        return None, say("administration.Error_Rule_Earlier")
    values = request.POST.getlist("value")[:100]
    if not rules.choices_of(asked) and request.POST.get("comparison") == "any_of":
        values = [line for value in values for line in value.split("\n")]
    part = rules.comparison(asked, request.POST.get("comparison", ""), values)
    if part is None:
        return None, say("administration.Error_Rule_Value")
    into = number(request.POST.get("into"), digits=3)
    return rules.with_part(target.rule, part, joiner=joiner, into=into), ""


def _page(
    request: HttpRequest,
    working: WorkingForm,
    target: Target,
    askable: dict[str, Content],
    problems: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    ask = request.POST.get("ask") or request.GET.get("ask", "")
    asked = askable.get(ask)
    joiner, parts = rules.parts_of(target.rule)
    language = active_language()
    name = in_language(target.part.get("text" if target.code else "title")) or target.code or target.key
    heading = say(f"administration.Rule_Heading_{target.what}")
    context = {
        "working": working,
        "target": target,
        "heading": heading,
        "name": name,
        "sentence": rules.in_words(target.rule, working.shown, language),
        "parts": [rules.in_words(part, working.shown, language) for part in parts],
        "joiner": joiner,
        "questions": [(code, _short(one)) for code, one in askable.items()],
        "ask": ask if asked else "",
        "asked": _short(asked) if asked else "",
        "comparisons": [(one, say(f"administration.Rule_Op_{one}")) for one in rules.operators_for(asked)]
        if asked
        else [],
        "choices": [(id, in_language(words)) for id, words in rules.choices_of(asked)] if asked else [],
        "comparison": request.POST.get("comparison", ""),
        "effect": request.POST.get("effect", ""),
        "value": request.POST.get("value", ""),
        "always": target.part.get("mandatory") is True,
        "problems": problems or {},
        "breadcrumbs": _trail(working, heading),
    }
    return render(request, "building/rule.html", context, status=status)


def _short(question: Content) -> str:
    text = in_language(question.get("text"))
    return f"{text[:90]}{'…' if len(text) > 90 else ''} ({question['code']})"


def _trail(working: WorkingForm, heading: str) -> list[tuple[str, str]]:
    selector = reverse("building:selector", args=[working.code])
    return crumbs((say("administration.Selector_Heading"), selector), (heading, ""), working=working)


@require_safe
@BUILDER
def whole(request: HttpRequest, code: str) -> HttpResponse:
    """Every condition of a form: a drawing, the same as a table, and what stands against publishing."""
    working = form_or_404(code)
    language = active_language()
    heading = say("administration.Map_Heading")
    context = {
        "working": working,
        "heading": heading,
        "rows": conditions_map.rows(working.shown, language),
        "drawing": conditions_map.drawing(working.shown),
        "flaws": _flaws(working.shown),
        "breadcrumbs": crumbs((heading, ""), working=working),
    }
    return render(request, "building/map.html", context)


def _flaws(content: Content) -> list[str]:
    """What would be refused, each with the group and question that it is about."""
    found = [problem for problem in problems_of(content) if problem.error]
    names = {group["key"]: group_name(group) for group in editing.groups_in(content)}
    return [": ".join(filter(None, (one.question or names.get(one.group), one.say()))) for one in found[:50]]
