"""Forms that answer a request: when the form that was asked for comes, the request is closed with it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from guildhall.foundation.kit.locks import hold
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.merges import kept_for

from ..models import Requested
from .keeping import receive
from .telling import tell_officer

AT_ONCE = 200
SUBMISSION = "submission"


def take_forms(*, now: datetime) -> int:
    """Close what the forms that came since answer; how many. Each in a transaction of its own."""
    return sum(_take(requested, form, now=now) for some in _waiting() for requested, form in _answered(some))


def _waiting() -> Iterator[list[Any]]:
    """The open requests that name a form, some at a time, each with ``asked_at``: when it was last asked."""
    rows = Requested.objects.filter(received_on=None, removed_at=None, portal_user__isnull=False)
    rows = rows.annotate(asked_at=Coalesce(Max("furthers__at"), F("made_at")))
    rows = rows.exclude(wanted="").select_related("portal_user", "involvement").order_by("pk")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield some
        last = some[-1].pk


def _answered(some: list[Any]) -> Iterator[tuple[Requested, Submission]]:
    """Each with the first form that was sent for it, by whom it was asked of and about the same child."""
    sent = Submission.objects.filter(
        sender__in=[one.portal_user.user_id for one in some if one.portal_user],
        version__form__code__in=[one.wanted for one in some],
        sent_at__gte=min(one.asked_at for one in some),
    )
    forms = list(sent.select_related("version__form").order_by("sent_at", "pk"))
    children = _children_of(forms)
    for one in some:
        about = kept_for(one.involvement.child_id) if forms else 0
        fits = (form for form in forms if _answers(form, one) and children.get(form.pk) == about)
        if form := next(fits, None):
            yield one, form


def _answers(form: Submission, requested: Any) -> bool:
    entry = requested.portal_user
    return (
        entry is not None
        and form.sender_id == entry.user_id
        and form.version.form.code == requested.wanted
        and form.sent_at >= requested.asked_at
    )


def _children_of(forms: list[Submission]) -> dict[int, int]:
    """Number of a form → the record that it turned out to be about. One query."""
    entries = Entry.objects.filter(
        kind=SUBMISSION, source_id__in=[str(form.pk) for form in forms], mention__child__isnull=False
    )
    return {int(source): child for source, child in entries.values_list("source_id", "mention__child")}


@transaction.atomic
def _take(requested: Requested, form: Submission, *, now: datetime) -> bool:
    requested = hold(requested)
    if requested.received_on or requested.removed_at:
        return False
    requested.form = form
    receive(requested, timezone.localdate(form.sent_at), by=None, now=now)
    tell_officer("AdviceFormCame", requested, key=f"advice-form:{requested.pk}:{form.pk}", now=now)
    return True
