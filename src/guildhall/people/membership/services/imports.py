"""Users from a spreadsheet: read, shown row by row, and only then applied."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit import identifiers
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.loading import spreadsheets
from guildhall.foundation.loading.services import forget_unapplied, keep, mark_applied, to_apply
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules
from ..models import UserImport
from ..queries import holder_for
from ..spreadsheets import USERS
from ..staging import Staged, staged
from .places import Given, NotYours, add_person

AT_A_TIME = 100


@transaction.atomic
def stage_import(
    name: str, content: bytes, *, school: Establishment | None, holder: Holder, by: User, now: datetime
) -> UserImport:
    """Read a spreadsheet of users and keep its rows until somebody has looked at them.

    ``school`` None is for the council, whose rows name their schools. Raises NotYours, Unreadable.
    """
    if not (rules.keeps(holder, school.pk) if school else rules.helps(holder)):
        raise NotYours(texts.say("schools.Error_NotYours"))
    rows = spreadsheets.read(name, content, USERS)
    return keep(UserImport(by=by, school=school, rows=rows, read_at=now))


@transaction.atomic
def apply_import(importing: UserImport, *, holder: Holder, by: User, now: datetime) -> UserImport:
    """Begin to add the people of every row that is right; a worker goes on where they are many.

    Rows that are wrong or whose people work there already are left out. Applying it again changes nothing.
    Raises NothingToApply.
    """
    importing = hold(importing)
    if importing.applied_at is not None:
        return importing
    to_apply(staged(importing, holder), "new", otherwise="schools.Error_Import_Nothing")
    importing.applied_at = now
    return _add_some(importing, holder=holder, by=by, now=now)


@transaction.atomic
def go_on_with_import(importing: UserImport, *, now: datetime) -> UserImport:
    """Add the next people, as far as whoever applied the spreadsheet may still do that."""
    importing = hold(importing)
    if not importing.is_running:
        return importing
    holder = holder_for(importing.by, verified=True)
    return _add_some(importing, holder=holder, by=importing.by, now=now)


def forget_imports(*, now: datetime) -> None:
    """Forget the rows of spreadsheets that nobody applied for a week."""
    forget_unapplied(UserImport, now=now)


def _add_some(importing: UserImport, *, holder: Holder, by: User, now: datetime) -> UserImport:
    for one in staged(importing, holder, first=importing.done, most=AT_A_TIME):
        if one.state == "new" and _added(one, holder=holder, by=by, now=now):
            importing.added += 1
        elif one.state != "here":
            importing.left_out.append(one.number)
    importing.done = min(importing.done + AT_A_TIME, len(importing.rows))
    if importing.done == len(importing.rows):
        mark_applied(importing, by=by, now=now)
        return importing
    importing.save()
    key = f"users-import:{importing.pk}:{importing.done}"
    outbox.put("users-import", {"import": importing.pk}, key=key, now=now)
    return importing


def _added(one: Staged, *, holder: Holder, by: User, now: datetime) -> bool:
    """Add one person, unless somebody was quicker since the row was looked at."""
    try:
        add_person(_given(one), holder=holder, by=by, now=now)
    except Refusal:
        return False
    return True


def _given(one: Staged) -> Given:
    assert one.school
    assert one.job_title
    return Given(
        email=one.typed["email"].lower(),
        forename=one.typed["forename"],
        surname=one.typed["surname"],
        mobile=identifiers.normalise_phone(one.typed.get("mobile", "")),
        job_title=one.job_title,
        is_admin=one.is_admin,
        schools=frozenset([one.school.pk]),
    )
