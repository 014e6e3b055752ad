"""The list of jobs that people at schools may have."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import JobTitle

from .trail import crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])


def problems_of(refusal: Refusal) -> dict[str, str]:
    """Field → what is wrong with it."""
    return getattr(refusal, "problems", None) or {refusal.field or "main-content": refusal.message}


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """The list in its order, and adding to it."""
    typed = {language: request.POST.get(language, "") for language in ("en", "cy")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            membership.add_job_title(**typed, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = problems_of(refusal)
        else:
            messages.success(request, say("schools.JobTitle_Added"))
            return redirect("administration:job-titles")
    context = {
        "titles": school_queries.all_job_titles(),
        "typed": typed,
        "problems": problems,
        "breadcrumbs": crumbs((say("schools.JobTitles_Heading"), "")),
    }
    return render(request, "administration/schools_titles.html", context, status=422 if problems else 200)


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a job otherwise, move it, retire it or offer it again."""
    title = get_object_or_404(JobTitle, pk=pk)
    typed = {language: request.POST.get(language, title.name[language]) for language in ("en", "cy")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            _do(request, title, typed)
        except Refusal as refusal:
            problems = problems_of(refusal)
        else:
            messages.success(request, say("schools.JobTitle_Saved"))
            return redirect("administration:job-titles")
    context = {
        "title": title,
        "typed": typed,
        "problems": problems,
        "breadcrumbs": crumbs(
            (say("schools.JobTitles_Heading"), reverse("administration:job-titles")),
            (say("schools.JobTitle_Change"), ""),
        ),
    }
    return render(request, "administration/schools_title.html", context, status=422 if problems else 200)


def _do(request: HttpRequest, title: JobTitle, typed: dict[str, str]) -> None:
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    match request.POST.get("act"):
        case "retire":
            membership.retire_job_title(title, **acting)
        case "back":
            membership.bring_back_job_title(title, **acting)
        case "up" | "down":
            membership.move_job_title(title, up=request.POST["act"] == "up", **acting)
        case _:
            membership.change_job_title(title, en=typed["en"], cy=typed["cy"], **acting)
