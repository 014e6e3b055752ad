"""Deleting a thing with everything behind it: rows, files, and what lists are made from."""

import json
import os
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CASCADE, F, ProtectedError

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, ReportableAnswer, Submission
from guildhall.people.accounts.models import ConsentGiven, Guard, User
from guildhall.people.consent.models import Withdrawal
from guildhall.people.families.models import FamilyChild
from guildhall.people.invitations.models import Invitation
from guildhall.people.membership.models import (
    AccountRequest,
    Duty,
    Keyfob,
    Membership,
    SchoolChange,
    SchoolPlace,
)
from guildhall.records.children.models import AlsoKey, Child
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.models import Decision, Mention
from guildhall.records.persons import services as persons
from guildhall.work.admissions.models import Application
from guildhall.work.advice import services as advice
from guildhall.work.annualreviews import services as annual_reviews
from guildhall.work.annualreviews.models import Plan
from guildhall.work.cases.models import Case, CaseEvent
from guildhall.work.eligibility.models import Check
from guildhall.work.meals.models import Amendment, Pupil

from .. import kept_audit
from ..models import Deletion, Run
from ..registry.finders import meals_amendments, school_applications
from ..retention import CLASSES
from ..subject import Subject

LOG = "deletions.jsonl"


@transaction.atomic
def erase(key: str, row: Any, *, by: User | None, run: Run | None, now: datetime) -> None:
    """Delete ``row`` and all that hangs on it, and write down that it was deleted.

    Raises ProtectedError, and changes nothing, while something that the schedule does not know needs it.
    """
    mark = CLASSES[key].mark(row)
    _ERASERS[key](row, by=by, now=now)
    Deletion.objects.get_or_create(key=key, mark=mark, defaults={"at": now, "run": run})
    audit.record(
        "privacy.erased", by=by, about=("privacy.deletion", mark[:80]), now=now, detail={"class": key}
    )
    transaction.on_commit(partial(_append, key, mark, now))


def _append(key: str, mark: str, now: datetime) -> None:
    """Write the deletion where a copy of the database is not, for the day that copy is restored."""
    with (Path(settings.DATA) / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"key": key, "mark": mark, "at": now.isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _erase_form(case: Case, *, by: User | None, now: datetime) -> None:  # noqa: ARG001
    sent = Submission.objects.filter(reference=case.reference)
    numbers = list(sent.values_list("pk", flat=True))
    messages = Message.objects.filter(about=case.reference)
    mention = case.mention
    for draft in Draft.objects.filter(corrects__in=numbers).select_related("owner"):
        submissions.delete_draft(draft, by=draft.owner, now=now)
    for kind, keys in (("submission", numbers), ("message", list(messages.values_list("pk", flat=True)))):
        for key in keys:
            files.remove_held((kind, key), by=None, now=now)
    CaseEvent.objects.filter(case=case).delete()
    Check.objects.filter(submission__in=numbers).delete()
    Case.objects.filter(pk=case.pk).delete()
    messages.delete()
    Entry.objects.filter(kind="submission", source_id__in=[str(number) for number in numbers]).delete()
    _erase_mention(mention)
    ReportableAnswer.objects.filter(submission__in=numbers).delete()
    for number in sorted(numbers, reverse=True):  # a correction points at what it follows
        Submission.objects.filter(pk=number).delete()


def _erase_mention(mention: Mention) -> None:
    """With its decisions, unless another form or event still speaks of the same mention."""
    if not Case.objects.filter(mention=mention).exists() and not mention.entries.exists():
        Decision.objects.filter(mention=mention).delete()
        Mention.objects.filter(pk=mention.pk).delete()


def _erase_message(message: Message, *, by: User | None, now: datetime) -> None:  # noqa: ARG001
    files.remove_held(("message", message.pk), by=None, now=now)
    Message.objects.filter(pk=message.pk).delete()


def _erase_record(child: Child, *, by: User | None, now: datetime) -> None:
    annual_reviews.forget_plans(list(Plan.objects.filter(mention__child=child)), by=by, now=now)
    advice.forget_files(child, by=by, now=now)
    persons.forget_persons_of(child)
    AlsoKey.objects.filter(child=child).delete()
    Amendment.objects.filter(meals_amendments(Subject("child", child.pk))).delete()
    Pupil.objects.filter(child=child).delete()
    Application.objects.filter(school_applications(Subject("child", child.pk))).delete()
    Child.objects.filter(pk=child.pk).delete()


# What goes with an account besides what the database takes with it, in an order that no key forbids.
_OF_ACCOUNT: tuple[tuple[Any, str], ...] = (
    (Invitation, "user"),
    (AccountRequest, "place__user"),
    (Duty, "place__user"),
    (Keyfob, "place__user"),
    (SchoolChange, "user"),
    (SchoolPlace, "user"),
    (Membership, "user"),
    (Withdrawal, "user"),
    (ConsentGiven, "user"),
    (FamilyChild, "added_by"),
)


def _erase_account(user: User, *, by: User | None, now: datetime) -> None:  # noqa: ARG001
    """With its ways in and its family. Where a row that stays needs the number, that alone is left."""
    for model, lookup in _OF_ACCOUNT:
        model.objects.filter(**{lookup: user}).delete()
    Guard.objects.filter(whose__in=[str(user.pk), f"user:{user.pk}", user.email or "-"]).delete()
    for relation in User._meta.related_objects:
        if relation.on_delete is CASCADE:
            relation.related_model._default_manager.filter(**{relation.field.name: user}).delete()
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).delete()
    except ProtectedError:
        _empty(user)


_PERSONAL = (
    *("last_login", "email", "former_email", "user_name", "title", "forename", "midname", "born_on"),
    *("gender", "address", "home_phone", "mobile", "work_phone", "job_role", "organisation"),
    *("secret_question", "secret_answer"),
)


def _empty(user: User) -> None:
    """Take everything out of ``user`` that says something of the person; the number stays.

    The surname becomes the number, so that what the person did is still somebody's.
    """
    blank: dict[str, Any] = {}
    for name in _PERSONAL:
        field: Any = User._meta.get_field(name)
        blank[name] = None if field.null else field.get_default()
    blank |= {"surname": f"#{user.pk}", "state": User.State.WITHDRAWN, "password": ""}
    User.objects.filter(pk=user.pk).update(**blank, session_epoch=F("session_epoch") + 1)


def _erase_day(day: kept_audit.Day, *, by: User | None, now: datetime) -> None:
    audit.prune(day.on, keep=kept_audit.Held().keeps, by=by, now=now)


_ERASERS: dict[str, Any] = {
    "forms": _erase_form,
    "messages": _erase_message,
    "records": _erase_record,
    "accounts": _erase_account,
    "audit": _erase_day,
}


def reapply(known: list[tuple[str, str]], *, now: datetime) -> int:
    """Delete again whatever of ``known`` (class and mark) is there, after a copy was restored; how many."""
    logged = list(Deletion.objects.values_list("key", "mark"))
    again = 0
    for key, mark in dict.fromkeys([*logged, *known]):
        row = CLASSES[key].find(mark) if key in CLASSES else None
        if row is not None:
            erase(key, row, by=None, run=None, now=now)
            again += 1
    return again
