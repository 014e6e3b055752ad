"""Noting that a case was sent, and what is to be done about it on a later day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.work.cases.services.telling import tell_team

from .. import queries
from ..groups import CONFIRMED, REVIEWS
from ..models import SchoolCase
from ..terms import confirmed_term, term_of


@transaction.atomic
def note_sent(key: UUID, *, now: datetime) -> None:
    """Note that the case with ``key`` was submitted; it cannot be changed any more (SC-112)."""
    rows = SchoolCase.objects.filter(key=key, submitted_at=None)
    rows.update(submitted_at=now, review_on=_review_day(key))


def _review_day(key: UUID) -> date | None:
    """The day on which it is looked at again: the one its form asks for, or the first of the next term."""
    codes = [*REVIEWS, *CONFIRMED]
    sent = Submission.objects.filter(key=key, version__form__code__in=codes).select_related("version__form")
    submission = sent.defer("version__definition").first()
    if submission is None:
        return None
    code = submission.version.form.code
    if code in CONFIRMED:
        sent_on = timezone.localdate(submission.sent_at)
        return confirmed_term(submission.answers.get(CONFIRMED[code].term), sent_on=sent_on).next.first_on
    said = submission.answers.get(REVIEWS[code])
    return date.fromisoformat(said) if isinstance(said, str) else None


def remind_of_reviews(*, today: date, now: datetime) -> int:
    """Remind the officer, or for a profile the school, of each case whose day has come; how many (SC-103).

    An officer is reminded once, a school each term until it confirms its profile (SC-104).
    """
    due = SchoolCase.objects.filter(review_on__lte=today, reminded_at=None, submitted_at__isnull=False)
    due = due.select_related("version__form").defer("version__definition")
    return sum(_remind(case, today, now) for case in due.order_by("review_on", "pk")[:500])


@transaction.atomic
def _remind(case: SchoolCase, today: date, now: datetime) -> bool:
    if case.version.form.code in CONFIRMED:
        return _ask_to_confirm(case, today, now)
    if not SchoolCase.objects.filter(pk=case.pk, reminded_at=None).update(reminded_at=now):
        return False
    if council := queries.council_case(case):
        tell_team(council, "ReviewDue", key=f"review-due:{case.pk}", now=now)
    audit.record("schoolcase.review_due", by=None, about=case, now=now, detail={"reference": case.reference})
    return True


def _ask_to_confirm(case: SchoolCase, today: date, now: datetime) -> bool:
    """Ask the school to confirm its profile for this term, unless it sent a newer one; then never again."""
    last = queries.last_sent(case.school_id, case.version.form_id)
    newest = last is not None and last.reference == case.reference
    term = term_of(today)
    later = term.next.first_on if newest else None
    moved = SchoolCase.objects.filter(pk=case.pk, review_on=case.review_on).update(review_on=later)
    if not moved or not newest:
        return False
    for user in queries.confirmers(case):
        _ask(case, user, f"profile-due:{case.pk}:{term.first_on}:{user.pk}", term.key, now)
    detail = {"reference": case.reference}
    audit.record("schoolcase.confirmation_due", by=None, about=case, now=now, detail=detail)
    return True


def _ask(case: SchoolCase, user: User, key: str, term: str, now: datetime) -> None:
    messages.send_text(
        "ProfileDue",
        to=user,
        about=About(case.reference),
        key=key,
        now=now,
        sensitive=False,
        reference=case.reference,
        term=texts.say(f"schools.Term_{term.capitalize()}", user.language),
    )
