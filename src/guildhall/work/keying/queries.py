"""Reading what was entered by one person about another."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.records.chronology.rules import may_lend
from guildhall.records.linkage import merges

from .models import ChildForm, Keyed

MOST_EARLIER = 200


def child_form_with(key: UUID) -> ChildForm | None:
    """The officer's form that is filled in, or was saved, under ``key``."""
    return ChildForm.objects.filter(key=key).select_related("child").first()


def child_forms_open(child: Child, user: User) -> list[Draft]:
    """The forms that ``user`` began in the chronology of ``child``, or of a record that gave way to it, and
    has not saved there."""
    begun = ChildForm.objects.filter(
        child__in=merges.brought_to(child.pk), started_by=user, saved_at=None
    ).values("key")
    rows = Draft.objects.filter(key__in=begun, owner=user).select_related("version__form")
    return list(rows.order_by("-saved_at"))


def earlier_forms(entries: Iterable[Entry], *, to: str, teams: dict[str, str]) -> list[Submission]:
    """The forms behind ``entries`` that may lend answers to a form for the team ``to``, newest first.

    ``teams``: submission id → the team that the form went to.
    """
    ids = [entry.source_id for entry in entries if may_lend(teams[entry.source_id], to=to)][:MOST_EARLIER]
    found = {str(one.pk): one for one in Submission.objects.filter(pk__in=ids).select_related("sender")}
    return [found[one] for one in ids if one in found]


def keyed_with(key: UUID) -> Keyed | None:
    """The form that is entered, or was entered, for a family under ``key``."""
    return _keyed().filter(key=key).first()


def entered_by(user: User, submission_id: int) -> Submission | None:
    """A form that ``user`` entered and sent for somebody else, by its number."""
    keys = Keyed.objects.filter(entered_by=user).values("key")
    return Submission.objects.filter(pk=submission_id, key__in=keys).select_related("version__form").first()


def entered_with_key(user: User, key: UUID | str) -> Submission | None:
    """The same, by its key."""
    if not Keyed.objects.filter(entered_by=user, key=key).exists():
        return None
    return Submission.objects.filter(key=key).select_related("version__form").first()


def keyed_open(user: User) -> list[Draft]:
    """The forms that ``user`` is entering for families."""
    begun = Keyed.objects.filter(entered_by=user, sent_at=None).values("key")
    rows = Draft.objects.filter(key__in=begun, owner=user).select_related("version__form")
    return list(rows.order_by("-saved_at"))


def _keyed() -> QuerySet[Keyed]:
    return Keyed.objects.select_related("entered_by", "person", "school")


def keyed_of_reference(reference: str) -> Keyed | None:
    """Who entered the form with this reference, if somebody did."""
    sent = Submission.objects.filter(reference=reference).values("key")
    return _keyed().filter(key__in=sent).first()


def told_without_account(keys: Iterable[UUID]) -> list[Keyed]:
    """Who told the forms under ``keys`` and has no account in which they are."""
    return list(Keyed.objects.filter(key__in=list(keys), person=None))


def name_without_account(key: UUID) -> str:
    """Who told, where the form is not in an account of theirs; "" for a form that its sender filled in."""
    found = Keyed.objects.filter(key=key, person=None).values_list("told_by", flat=True).first()
    return found or ""
