"""Users from a spreadsheet: read, shown row by row, and only then applied."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit import identifiers
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.loading.services import keep, mark_applied, to_apply
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules, spreadsheets
from ..models import UserImport
from ..staging import Staged, staged
from .places import Given, NotYours, add_person


@transaction.atomic
def stage_import(
    name: str, content: bytes, *, school: Establishment | None, holder: Holder, by: User, now: datetime
) -> UserImport:
    """Read a spreadsheet of users and keep its rows until somebody has looked at them.

    ``school`` None is for the council, whose rows name their schools. Raises NotYours, Unreadable.
    """
    if not (rules.keeps(holder, school.pk) if school else rules.helps(holder)):
        raise NotYours(texts.say("schools.Error_NotYours"))
    rows = spreadsheets.read(name, content)
    return keep(UserImport(by=by, school=school, rows=rows, read_at=now))


@transaction.atomic
def apply_import(importing: UserImport, *, holder: Holder, by: User, now: datetime) -> UserImport:
    """Add the people of every row that is right. Applying it again changes nothing.

    Rows that are wrong or whose people work there already are left out. Raises NothingToApply.
    """
    importing = hold(importing)
    if importing.applied_at is not None:
        return importing
    rows = to_apply(staged(importing, holder), "new", otherwise="schools.Error_Import_Nothing")
    for one in rows:
        add_person(_given(one), holder=holder, by=by, now=now)
    importing.added = len(rows)
    mark_applied(importing, by=by, now=now)
    return importing


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
