"""The bank of questions as a list; deleting one, and bringing it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries, services
from guildhall.paperwork.forms.editing import Content
from guildhall.paperwork.forms.models import Question
from guildhall.people.accounts.asking import who

from .opening import BUILDER, crumbs, in_language

_LONGEST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def bank(request: HttpRequest) -> HttpResponse:
    """Questions by full or partial code or description; all of them when nothing is entered.

    What was just deleted can be brought back.
    """
    if request.method == "POST":
        return _restore(request)
    words = one_line(request.GET.get("q"))[:_LONGEST]
    page = page_of(queries.questions_found(words), request, 50)
    rows = [
        {
            "code": question.code,
            "text": in_language(question.latest.content.get("text")) if question.latest else "",
            "kind": kind_of(question.latest.content) if question.latest else "",
            "number": question.latest.number if question.latest else 0,
        }
        for question in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "q": words,
        "deleted": _deleted(request),
        "breadcrumbs": crumbs((say("administration.Bank_Heading"), "")),
    }
    return render(request, "building/bank.html", context)


def _deleted(request: HttpRequest) -> str:
    """The code of the question that was just deleted, if it still is."""
    code = one_line(request.GET.get("deleted"))[:_LONGEST]
    known = queries.bank_questions([code]) if code else []
    return next((one.code for one in known if one.retired_at), "")


def _restore(request: HttpRequest) -> HttpResponse:
    for found in queries.bank_questions([one_line(request.POST.get("restore"))]):
        services.restore_question(found, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Question_Restored", code=found.code))
    return redirect("building:bank")


def kind_of(content: Content) -> str:
    """The name of a question's data type."""
    return say(f"administration.Build_Kind_{content.get('kind', 'text')}")


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """Take a question that no form ever had out of the bank, after asking."""
    found = question_or_404(code)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.remove_question(found, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = {"": refusal.message}
        else:
            messages.success(request, say("administration.Question_Deleted"))
            return redirect(reverse("building:bank") + f"?deleted={found.code}")
    context = {
        "found": found,
        "problems": problems,
        "breadcrumbs": crumbs(
            (say("administration.Bank_Heading"), reverse("building:bank")),
            (found.code, reverse("building:question", args=[found.code])),
            (say("administration.Question_Delete"), ""),
        ),
    }
    return render(request, "building/question_delete.html", context, status=409 if problems else 200)


def question_or_404(code: str) -> Question:
    """The question ``code`` of the bank."""
    found = queries.questions_found().filter(code=code.upper()).exclude(latest=None).first()
    if found is None:
        raise Http404
    return found
