"""Filling the lists from a spreadsheet: read, shown line by line, and only then applied."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.loading import spreadsheets
from guildhall.foundation.loading.services import keep, mark_applied, to_apply
from guildhall.people.accounts.models import User

from .. import sheets
from ..details import FIELDS
from ..models import Application, Loading, Round
from ..staging import Staged, staged
from .rounds import refuse_strangers


@transaction.atomic
def stage_spreadsheet(
    found: Round, name: str, content: bytes, *, holder: Holder, by: User, now: datetime
) -> Loading:
    """Read a spreadsheet of applications and keep its rows until somebody has looked at them.

    Raises spreadsheets.Unreadable, NotYours.
    """
    refuse_strangers(holder)
    rows = spreadsheets.read(name, content, sheets.TEMPLATE)
    return keep(Loading(round=found, by=by, rows=rows, read_at=now))


@transaction.atomic
def apply_loading(loading: Loading, *, holder: Holder, by: User, now: datetime) -> Loading:
    """Do what every row that is right says. Nobody is taken off for not being in it.

    Applying it again changes nothing. Raises NotYours, NothingToApply.
    """
    refuse_strangers(holder)
    hold(loading.round)
    loading = hold(loading)
    if loading.applied_at is not None:
        return loading
    found = staged(loading, today=timezone.localdate(now))
    rows = to_apply(found, "new", "changed", otherwise="schools.Error_Admissions_Nothing")
    new = [one for one in rows if one.state == "new"]
    changed = [one for one in rows if one.state == "changed"]
    Application.objects.bulk_create((_made(one, loading, now) for one in new), batch_size=500)
    Application.objects.bulk_update(
        [_changed(one, now) for one in changed], [*FIELDS, "loaded_at"], batch_size=200
    )
    loading.added, loading.changed = len(new), len(changed)
    mark_applied(loading, by=by, now=now)
    return loading


def _made(one: Staged, loading: Loading, now: datetime) -> Application:
    assert one.school
    return Application(round_id=loading.round_id, school=one.school, **asdict(one.details), loaded_at=now)


def _changed(one: Staged, now: datetime) -> Application:
    assert one.before
    for name in FIELDS:
        setattr(one.before, name, getattr(one.details, name))
    one.before.loaded_at = now
    return one.before
