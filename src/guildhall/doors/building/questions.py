"""Questions: making one for a form, and changing one wherever it is."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, queries, services
from guildhall.paperwork.forms.editing import Content
from guildhall.paperwork.forms.models import Question, WorkingForm
from guildhall.people.accounts.asking import who

from . import fields, options, question_form
from .bank import kind_of, question_or_404
from .opening import BUILDER, crumbs, form_or_404, in_language, keep_edit, kept


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def new(request: HttpRequest, code: str) -> HttpResponse:
    """A new question, made from within a form: it is in the bank at once, and on the form if asked."""
    working = form_or_404(code)
    to = request.GET.get("to", "")
    blank: Content = {"kind": "text"}
    if request.method != "POST":
        # An answer fills in later forms unless somebody chooses otherwise (SP-176).
        return _page(request, blank | {"reuse": "fill"}, {}, working=working, new=True)
    blank["code"] = editing.clean_code(request.POST.get("code", ""))
    question, problems = question_form.read(request.POST, blank, set())
    if request.POST.get("do") == "kind":
        return _page(request, question, {}, working=working, new=True)
    problems = _code_problems(question["code"]) | problems | _in_group(working, to, question)
    alike = queries.near_duplicates(question)
    if problems or (alike and request.POST.get("alike") != "yes"):
        return _page(request, question, problems, working=working, new=True, alike=alike, status=422)
    try:
        services.keep_question(question, by=who(request), now=timezone.now(), new=True)
        if to:
            keep_edit(request, working, editing.add_question(working.shown, question, to=to))
    except services.CodeTaken as refusal:
        return _page(request, question, {"code": refusal.message}, working=working, new=True, status=422)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, say("administration.Question_Kept", code=question["code"]))
    return redirect(reverse("building:selector", args=[working.code]) + f"?q={question['code']}")


def _code_problems(code: str) -> dict[str, str]:
    if code.startswith("Z"):
        return {"code": say("administration.Error_Question_Reserved")}
    return {} if question_form.CODE.fullmatch(code) else {"code": say("administration.Error_Question_Code")}


def _in_group(working: WorkingForm, key: str, question: Content) -> dict[str, str]:
    """An answer that can be inherited several times has no place in a repeating group (SP-154)."""
    if not key or not question.get("inherit_multiple"):
        return {}
    for group in editing.groups_in(working.shown):
        if group.get("key") == key and group.get("repeats"):
            name = in_language(group.get("title"))
            words = say("administration.Error_Inherit_Repeats", code=question["code"], group=name)
            return {"inherit_multiple": words}
    return {}


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def question(request: HttpRequest, code: str) -> HttpResponse:
    """A question of the bank. One that forms have opens read-only; a new revision can be made of it."""
    found = question_or_404(code)
    assert found.latest
    return _change(request, found, found.latest.content)


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def placed(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """A question as it stands on a form."""
    working = form_or_404(code)
    try:
        content = editing.question_in(working.shown, question)
    except editing.CannotEdit as missing:
        raise Http404 from missing
    if request.method == "POST":
        working = kept(request, working)
    # A form that was only published may have questions that the bank gets with the first change.
    found = next(iter(queries.bank_questions([question])), Question(code=question))
    return _change(request, found, content, working=working)


def _change(
    request: HttpRequest, found: Question, content: Content, *, working: WorkingForm | None = None
) -> HttpResponse:
    used = queries.forms_using(found.code, besides=working.code if working else "")
    reading = bool(used) and request.method != "POST" and "change" not in request.GET
    common: dict[str, Any] = {"working": working, "found": found, "used": used}
    if request.method != "POST":
        return _page(request, content, {}, reading=reading, **common)
    question, problems = question_form.read(request.POST, content, _known_ids(found.code, content))
    if request.POST.get("do") == "kind":
        return _page(request, question, {}, **common)
    if working:
        home = editing.home_of(working.shown, found.code)
        problems |= _in_group(working, home["key"], question)
    if working and used and request.POST.get("how") not in {"link", "copy"}:
        problems["how"] = say("administration.Error_Question_How")
    if problems:
        return _page(request, question, problems, status=422, **common)
    try:
        touched = _keep(request, working, question, before=content)
    except Refusal as refusal:
        return _page(request, question, {"": refusal.message}, status=409, **common)
    messages.success(request, _kept_words(found.code, touched))
    if working:
        return redirect(reverse("building:selector", args=[working.code]) + f"#q-{found.code}")
    return redirect("building:question", found.code)


def _known_ids(code: str, content: Content) -> set[str]:
    return queries.option_ids(code) | {option["id"] for option in content.get("options") or []}


def _kept_words(code: str, touched: list[WorkingForm]) -> str:
    kept = say("administration.Question_Kept", code=code)
    forms = ", ".join(form.code for form in touched)
    return f"{kept} {say('administration.Question_Touched', forms=forms)}" if forms else kept


def _keep(
    request: HttpRequest, working: WorkingForm | None, question: Content, *, before: Content
) -> list[WorkingForm]:
    """Link: a new revision for the forms that were chosen. Copy: changed on this form alone.

    The forms that were changed are returned.
    """
    if working and request.POST.get("how") == "copy":
        mine = editing.on_form(question, instead_of=before)
        content = editing.change_question(working.shown, question["code"], mine)
        return [keep_edit(request, working, content)]
    to = {one_line(form) for form in request.POST.getlist("forms")[:500]}
    to |= {working.code} if working else set()
    seen = number(request.POST.get("seen"))
    return services.revise_question(question, seen=seen, to=to, by=who(request), now=timezone.now())


def _page(
    request: HttpRequest,
    content: Content,
    problems: dict[str, str],
    *,
    working: WorkingForm | None = None,
    found: Question | None = None,
    used: list[str] | None = None,
    reading: bool = False,
    new: bool = False,
    alike: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    heading = found.code if found else say("administration.Selector_Create")
    chosen = posted.getlist("forms") if posted else None
    context = {
        "working": working,
        "found": found,
        "heading": heading,
        "content": content,
        "text": in_language(content.get("text")),
        "kind_name": kind_of(content),
        "code_field": fields.line(
            "code", content.get("code"), problems, called="code_question", width=20, spellcheck=False
        ),
        "kind_field": fields.choose("kind", question_form.kind_choices(), content.get("kind"), problems),
        "fields": question_form.drawn(content, problems),
        "options": options.rows(content, posted, problems),
        "chooses": "options" in question_form.KINDS[content.get("kind", "text")].takes,
        "new_options": question_form.new_options(posted, problems),
        "advice": _advice(content),
        "rows": _summary(content) if reading else [],
        "reading": reading,
        "used": used or [],
        "forms": _forms(found, working, chosen),
        "how": posted.get("how", "") if posted else "",
        "new": new,
        "alike": alike or [],
        "problems": problems,
        "breadcrumbs": _trail(working, heading),
    }
    return render(request, "building/question.html", context, status=status)


def _trail(working: WorkingForm | None, heading: str) -> list[tuple[str, str]]:
    if working:
        selector = reverse("building:selector", args=[working.code])
        return crumbs((say("administration.Selector_Heading"), selector), (heading, ""), working=working)
    return crumbs((say("administration.Bank_Heading"), reverse("building:bank")), (heading, ""))


def _advice(content: Content) -> list[str]:
    kind = content.get("kind", "text")
    return [say("administration.Advice_Integer")] if kind in {"integer", "decimal"} else []


def _summary(content: Content) -> list[dict[str, Any]]:
    """The question as it is, to read."""
    rows: list[dict[str, Any]] = [{"key": fields.label_of("kind"), "value": kind_of(content)}]
    for name in ("text", "hint", "tooltip", "missing"):
        if said := content.get(name):
            rows.append({"key": fields.label_of(name), "value": [said.get("en", ""), said.get("cy", "")]})
    for name in ("max_length", "minimum", "maximum", "decimals"):
        if name in content:
            rows.append({"key": fields.label_of(name), "value": str(content[name])})
    for name in ("identity", "reuse"):
        if said := content.get(name):
            called = say(f"administration.Build_{name.title()}_{said}")
            rows.append({"key": fields.label_of(name), "value": called})
    if listed := [in_language(one["text"]) for one in content.get("options") or []]:
        rows.append({"key": say("administration.Question_List"), "value": listed})
    ticked = ("mandatory", "past", "multiple", "spell_check", "chronology", "reportable", "inherit_multiple")
    rows += [
        {"key": fields.label_of(name), "value": say("shared.Yes")} for name in ticked if content.get(name)
    ]
    return rows


def _forms(
    found: Question | None, working: WorkingForm | None, chosen: list[str] | None
) -> list[dict[str, Any]]:
    """The other forms being built that have the question, to choose those that take the new revision."""
    if found is None:
        return []
    others = [one for one in queries.built_with(found.code) if not working or one[0] != working.code]
    return [
        {"code": code, "linked": linked, "chosen": code in chosen if chosen is not None else linked}
        for code, linked in others
    ]
