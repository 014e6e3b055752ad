"""Which rows are about a person, where a lookup of one field cannot say it."""

from django.db.models import Q, QuerySet

from guildhall.paperwork.submissions.models import Submission
from guildhall.records.children.models import Child
from guildhall.work.advice import queries as advice_queries
from guildhall.work.advice.models import Answer
from guildhall.work.annualreviews import queries as annual_review_queries
from guildhall.work.annualreviews.models import Review
from guildhall.work.transfers import queries as transfer_queries
from guildhall.work.transfers.models import Transfer

from ..subject import Subject

NONE = Q(pk__in=[])


def by_reference(subject: Subject) -> Q:
    return Q(submission__reference__in=subject.references)


def submissions(subject: Subject) -> Q:
    return Q(reference__in=subject.references)


def keyed(subject: Subject) -> Q:
    """Those that were entered of the child, or under the address of the account."""
    sent = Submission.objects.filter(reference__in=subject.references).values("key")
    named = Q(email=subject.email) if subject.email else NONE
    return Q(key__in=sent) | named


def drafts(subject: Subject) -> Q:
    return Q(family_child__in=subject.family_children) | Q(corrects__reference__in=subject.references)


def family_children(subject: Subject) -> Q:
    return Q(pk__in=subject.family_children)


def messages(subject: Subject) -> Q:
    return Q(about__in=subject.references) & ~Q(about="") if subject.kind == "child" else NONE


def recalls(subject: Subject) -> Q:
    return Q(message__about__in=subject.references) & ~Q(message__about="")


def files(subject: Subject) -> Q:
    sent = Q(held_by_kind="submission", held_by_id__in=subject.submissions)
    messages = Q(held_by_kind="message", held_by_id__in=subject.messages)
    reviews = Review.objects.filter(annual_reviews(subject) | _reviewed(subject)).values_list("pk", flat=True)
    numbers = [str(pk) for pk in reviews]
    reviewed = Q(held_by_kind=annual_review_queries.HELD_BY, held_by_id__in=numbers)
    answers = [str(pk) for pk in _advice(subject).values_list("pk", flat=True)]
    alone = [str(pk) for pk in Transfer.objects.filter(transfers(subject)).values_list("pk", flat=True)]
    transferred_alone = Q(held_by_kind=transfer_queries.HELD_BY, held_by_id__in=alone)
    answered = Q(held_by_kind=advice_queries.HELD_BY, held_by_id__in=answers)
    return sent | messages | reviewed | answered | transferred_alone


def _advice(subject: Subject) -> QuerySet[Answer]:
    """What was answered about the child, or by the account."""
    if subject.kind == "child":
        return Answer.objects.filter(requested__involvement__child=subject.id)
    return Answer.objects.filter(by=subject.id)


def audit(subject: Subject) -> Q:
    if subject.kind == "child":
        return Q(child_id=subject.id)
    return Q(by_id=subject.id) | Q(about_kind="accounts.user", about_id=str(subject.id))


def tasks(subject: Subject) -> Q:
    return Q(kind="email", payload__to=subject.email) if subject.email else NONE


def guards(subject: Subject) -> Q:
    if subject.kind == "child":
        return NONE
    return Q(whose__in=[str(subject.id), f"user:{subject.id}", subject.email or "-"])


def notified(subject: Subject) -> Q:
    return Q(email=subject.email) if subject.email else NONE


def asked_for(subject: Subject) -> Q:
    return Q(details__email=subject.email) if subject.email else NONE


def own_requests(subject: Subject) -> Q:
    return Q(subject_kind=subject.kind, subject_id=subject.id)


def odd(subject: Subject) -> Q:
    return Q(child=subject.id) if subject.kind == "child" else Q(reader=subject.id)


def opened(subject: Subject) -> Q:
    return Q(child=subject.id) if subject.kind == "child" else NONE


def holds(subject: Subject) -> Q:
    return Q(kind=subject.kind, what=str(subject.id)) | Q(kind="case", what__in=subject.references)


def listed_for_meals(subject: Subject) -> Q:
    """A child's places on lists that were never tied to the record."""
    return Q(upn__in=_upns(subject)) if subject.kind == "child" else NONE


def _reviewed(subject: Subject) -> Q:
    return Q(plan__mention__child=subject.id) if subject.kind == "child" else NONE


def annual_plans(subject: Subject) -> Q:
    """A child's annual reviews that were never tied to the record."""
    return Q(upn__in=_upns(subject), mention__child=None) if subject.kind == "child" else NONE


def annual_reviews(subject: Subject) -> Q:
    if subject.kind != "child":
        return NONE
    return Q(plan__upn__in=_upns(subject), plan__mention__child=None)


def annual_reports(subject: Subject) -> Q:
    if subject.kind != "child":
        return NONE
    return Q(review__plan__upn__in=_upns(subject), review__plan__mention__child=None)


def census_found(subject: Subject) -> Q:
    """What was found about a child in census files, by UPN: such a record is tied to no other."""
    return Q(upn__in=_upns(subject)) if subject.kind == "child" else NONE


def meals_amendments(subject: Subject) -> Q:
    if subject.kind != "child":
        return NONE
    upns = _upns(subject)
    return Q(pupil__child=subject.id) | Q(pupil__upn__in=upns) | Q(details__upn__in=upns)


def school_applications(subject: Subject) -> Q:
    """A child's applications for school places. They are tied to no record, and a name and a date of birth
    may be another child's: only the UPN says whose they are.
    """
    return Q(upn__in=_upns(subject)) if subject.kind == "child" else NONE


def transferred(subject: Subject) -> Q:
    """A child in files between schools. They are tied to no record: only the UPN says whose they are."""
    return Q(upn__in=_upns(subject)) if subject.kind == "child" else NONE


def transfers(subject: Subject) -> Q:
    """Files that are about the child alone; one of several pupils is not one pupil's to be given."""
    return Q(count=1, pupils__upn__in=_upns(subject)) if subject.kind == "child" else NONE


def _upns(subject: Subject) -> list[str]:
    return list(Child.objects.filter(pk=subject.id).exclude(upn="").values_list("upn", flat=True))
