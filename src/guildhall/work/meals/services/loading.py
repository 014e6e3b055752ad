"""Filling the lists from a spreadsheet, or from approved applications: read, shown, and only then applied."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.loading import spreadsheets
from guildhall.foundation.loading.services import NothingToApply, keep, mark_applied, to_apply
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import applications, sheets
from ..models import Loading, Pupil
from ..staging import Staged, staged
from .lists import Origin, add_pupil, change_pupil, refuse_strangers, take_off


@transaction.atomic
def stage_spreadsheet(name: str, content: bytes, *, holder: Holder, by: User, now: datetime) -> Loading:
    """Read a spreadsheet of pupils and keep its rows until somebody has looked at them.

    Raises spreadsheets.Unreadable, NotYours.
    """
    refuse_strangers(holder)
    rows = spreadsheets.read(name, content, sheets.TEMPLATE)
    return keep(Loading(by=by, source=Pupil.Source.SPREADSHEET, rows=rows, read_at=now))


@transaction.atomic
def stage_applications(*, holder: Holder, by: User, now: datetime) -> Loading:
    """Keep, as rows to look at, the pupils of approved applications that were never put on a list.

    Raises NotYours, NothingToApply.
    """
    refuse_strangers(holder)
    rows = applications.rows(today=timezone.localdate(now))
    if not rows:
        raise NothingToApply(texts.say("schools.Error_Meals_NoApplications"))
    return keep(Loading(by=by, source=Pupil.Source.APPLICATION, rows=rows, read_at=now))


@transaction.atomic
def apply_loading(loading: Loading, *, holder: Holder, by: User, now: datetime) -> Loading:
    """Do what every row that is right says. Nobody is taken off for not being in it.

    Applying it again changes nothing. Raises NotYours, NothingToApply.
    """
    refuse_strangers(holder)
    loading = hold(loading)
    if loading.applied_at is not None:
        return loading
    found = staged(loading, today=timezone.localdate(now))
    rows = to_apply(found, "new", "changed", "moved", otherwise="schools.Error_Meals_Nothing")
    for one in rows:
        _apply(one, loading, by=by, now=now)
    loading.added = sum(one.state != "changed" for one in rows)
    loading.changed = len(rows) - loading.added
    mark_applied(loading, by=by, now=now)
    return loading


def _apply(one: Staged, loading: Loading, **how: Any) -> None:
    assert one.school
    if one.pupil is not None and one.state == "changed":
        change_pupil(one.pupil, one.details, **how)
        return
    if one.pupil is not None:
        take_off(one.pupil, **how)
    reference = one.typed.get("reference", "")
    origin = Origin(Pupil.Source(loading.source), reference, child=applications.record_of(reference))
    add_pupil(one.school.pk, one.details, origin, **how)
