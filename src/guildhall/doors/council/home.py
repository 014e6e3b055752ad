"""The first page of the council's door."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import ADMINISTERING, Permission
from guildhall.foundation.authority.queries import setting
from guildhall.records.linkage import queries as linkage
from guildhall.work.cases import queries as cases


@require_safe
@door(Permission.HOLD_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """What this person may do here, with how much of it waits. It names no child."""
    holder = holder_of(request)
    if "council" not in holder.doors:
        raise Http404
    portal = bool(setting("modules.portal"))
    return render(
        request,
        "council/home.html",
        {
            "reviews": cases.counts_for(holder) if holder.may(Permission.READ_FORMS) else None,
            "matches": holder.may(Permission.MATCH_CHILDREN),
            "waiting": linkage.queue_for(holder).count() if holder.may(Permission.MATCH_CHILDREN) else 0,
            "reads_children": holder.may(Permission.READ_CHILDREN),
            "enters_forms": holder.may(Permission.READ_FORMS) and holder.may(Permission.FILL_IN_FORMS),
            "sees_status": holder.may(Permission.SEE_STATUS),
            "administers": portal and bool(holder.permissions & ADMINISTERING),
            "manages_consent": portal and holder.may(Permission.MANAGE_CONSENT),
            "builds_forms": portal and holder.may(Permission.BUILD_FORMS),
            "reads_audit": holder.may(Permission.READ_AUDIT),
            "verified": holder.verified,
        },
    )
