"""Every change to the users of schools, for the council's officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.membership import school_queries

from .trail import crumbs

ACTS = (
    *("added", "changed", "locked", "unlocked", "removed", "reset", "enabled", "second"),
    *("appointed", "stepped_down", "recorded", "duty", "covers", "duty_ended", "services", "opened"),
    *("keyfob", "keyfob_back", "network"),
)


@require_safe
@door(Permission.MANAGE_USERS, verified=True)
def changes(request: HttpRequest) -> HttpResponse:
    """Newest first; of one school, or of one kind."""
    school, act = one_line(request.GET.get("school")), request.GET.get("act", "")
    found = school_queries.changes(
        school_id=number(school) if school else None, act=act if act in ACTS else ""
    )
    shown = page_of(found, request, 50)
    context = {
        "rows": [(one, say(f"schools.Change_{one.act}")) for one in shown],
        "page": shown,
        "acts": [("", say("schools.Change_Any")), *((key, say(f"schools.Change_{key}")) for key in ACTS)],
        "act": act,
        "school": school,
        "breadcrumbs": crumbs(
            (say("schools.Council_Heading"), reverse("administration:schools")),
            (say("schools.Changes_Heading"), ""),
        ),
    }
    return render(request, "administration/schools_changes.html", context)
