"""What somebody began or sent before, as the families' pages list it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.rules import days_left
from guildhall.people.accounts.models import User
from guildhall.work.intake import titles


@dataclass(frozen=True)
class Past:
    """A form in progress or submitted, as the history shows it."""

    title: str
    at: datetime
    done: bool
    href: str
    days: int | None = None


def past_of(user: User, *, behind: list[str], only: Q | None = None, now: datetime) -> list[Past]:
    """The citizens' forms of ``user`` that go to one of ``behind``, begun or sent, newest first."""
    mine = (only or Q()) & Q(version__portal="citizen", version__destination__in=behind)
    begun = [
        Past(
            title_of(draft.version_id),
            draft.saved_at,
            False,
            reverse("filling:resume", args=[draft.pk]),
            days_left(draft.expires_at, now) if draft.expires_at else None,
        )
        for draft in submissions.saved_forms_of(user).filter(mine)
    ]
    sent = [
        Past(title_of(one.version_id), one.sent_at, True, reverse("filling:submission", args=[one.pk]))
        for one in submissions.current_submissions_of(user).filter(mine)
    ]
    return sorted(begun + sent, key=lambda one: one.at, reverse=True)


def title_of(version_id: int) -> str:
    """The title of a form's version in the active language."""
    return titles.shown_title(forms.definition_of(version_id), get_language() or "en")
