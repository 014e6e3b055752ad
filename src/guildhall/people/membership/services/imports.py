"""Users from a spreadsheet: read, shown row by row, and only then applied."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import identifiers
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules, spreadsheets
from ..models import UserImport
from ..staging import Staged, staged
from .places import Given, NotYours, add_person


class NothingToApply(Refusal):
    """Every row is wrong, or is here already."""


@transaction.atomic
def stage_import(
    name: str, content: bytes, *, school: Establishment | None, holder: Holder, by: User, now: datetime
) -> UserImport:
    """Read a spreadsheet of users and keep its rows until somebody has looked at them.

    ``school`` None is for the council, whose rows name their schools. The same person's earlier import that
    was never applied is forgotten. Raises spreadsheets.Unreadable, NotYours.
    """
    if not (rules.keeps(holder, school.pk) if school else rules.helps(holder)):
        raise NotYours(texts.say("schools.Error_NotYours"))
    rows = spreadsheets.read(name, content)
    UserImport.objects.filter(by=by, applied_at=None).delete()
    made = UserImport.objects.create(by=by, school=school, rows=rows, read_at=now)
    audit.record("membership.import_read", by=by, about=made, now=now, detail={"rows": len(rows)})
    return made


@transaction.atomic
def apply_import(importing: UserImport, *, holder: Holder, by: User, now: datetime) -> int:
    """Add the people of every row that is right; how many. Applying it again changes nothing.

    Rows that are wrong or whose people work there already are left out. Raises NothingToApply.
    """
    importing = hold(importing)
    if importing.applied_at is not None:
        return importing.added
    rows = [one for one in staged(importing, holder) if one.state == "new"]
    if not rows:
        raise NothingToApply(texts.say("schools.Error_Import_Nothing"))
    for one in rows:
        add_person(_given(one), holder=holder, by=by, now=now)
    # The rows are personal information that nobody needs from here on.
    UserImport.objects.filter(pk=importing.pk).update(applied_at=now, added=len(rows), rows=[])
    audit.record("membership.import_applied", by=by, about=importing, now=now, detail={"rows": len(rows)})
    return len(rows)


@transaction.atomic
def discard_import(importing: UserImport, *, by: User, now: datetime) -> None:
    """Forget a spreadsheet that was not applied."""
    UserImport.objects.filter(pk=importing.pk, applied_at=None).delete()
    audit.record(
        "membership.import_discarded", by=by, about=("membership.userimport", str(importing.pk)), now=now
    )


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
