"""The list of jobs that people at schools may have."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.lists import services as lists
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import JobTitle

from .list_entries import acted
from .trail import crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@door(Permission.MANAGE_USERS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """The list in its order, and adding to it."""
    typed = {language: request.POST.get(language, "") for language in ("en", "cy")}
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            lists.add_entry(JobTitle(name=typed), by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
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
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            if not acted(request, title):
                lists.change_entry(title, {"name": typed}, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
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
