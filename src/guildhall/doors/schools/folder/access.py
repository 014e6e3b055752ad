"""Change Access: the supervisor ticks who may use the folder."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.schoolfolder import queries, services
from guildhall.work.schoolfolder.models import Access

from ..showing import page, supervised

A_PAGE = 50
Level = Access.Level


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def access(request: HttpRequest) -> HttpResponse:
    """Who may read and who may add; only what was ticked otherwise than the page showed is changed."""
    place, holder = supervised(request), holder_of(request)
    if request.method == "POST":
        levels = _ticked(request.POST)
        changed = services.choose_access(
            place.school_id, levels, holder=holder, by=who(request), now=timezone.now()
        )
        messages.success(request, say("schools.Folder_Access_Saved", count=len(changed)))
        return redirect(request.get_full_path())
    given = queries.levels_at(place.school_id)
    people = school_queries.users_of(holder, place.school_id)
    shown = page_of(people.filter(seat=None), request, A_PAGE)
    context = {
        "people": [_asked(one, given.get(one.pk, "")) for one in shown],
        "page": shown,
        "supervisors": school_queries.supervisors_of(place.school_id),
    }
    return page(request, "schools/folder/access.html", context)


def _asked(place: SchoolPlace, level: str) -> dict[str, object]:
    """A person with their boxes, and what the page shows ticked."""
    field = Field(
        name=f"access-{place.pk}",
        label=str(place),
        label_kind="govuk-fieldset__legend--s",
        hint=place.job_title.called,
        tooltip=say("schools.Folder_Access_Tooltip"),
    )
    options = [(one, say(f"schools.Folder_Access_{one.title()}")) for one in Level.values]
    ticked: dict[str, list[str]] = {"": [], Level.READ: [Level.READ], Level.ADD: Level.values}
    boxes: SafeString = components.checkboxes_field(field, options=options, values=ticked[level], small=True)
    return {"boxes": boxes, "shown": f"{place.pk}:{level}"}


def _ticked(data: QueryDict) -> dict[int, str]:
    """The new levels of those whose boxes were changed on the page. Whoever may add may read."""
    levels = {}
    for pk, _, before in (one.partition(":") for one in data.getlist("shown")):
        ticks = data.getlist(f"access-{pk}")
        after = next((one for one in (Level.ADD, Level.READ) if one in ticks), "")
        if after != before:
            levels[number(pk)] = str(after)
    return levels
