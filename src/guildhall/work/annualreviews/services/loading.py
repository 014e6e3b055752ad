"""Adding several pupils from a spreadsheet: read, shown, and only then added."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.loading import spreadsheets
from guildhall.foundation.loading.services import keep, mark_applied, to_apply
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from ..models import Loading
from ..sheets import TEMPLATE
from ..staging import staged
from .permitting import must_keep
from .plans import add_plan


@transaction.atomic
def stage_list(
    name: str, content: bytes, *, school: Establishment, holder: Holder, by: User, now: datetime
) -> Loading:
    """Read a spreadsheet of pupils and keep its rows until somebody has looked at them.

    Raises NotTheirs, Unreadable.
    """
    must_keep(holder, school.pk)
    rows = spreadsheets.read(name, content, TEMPLATE)
    return keep(Loading(by=by, school=school, rows=rows, read_at=now))


@transaction.atomic
def add_loaded(loading: Loading, *, holder: Holder, by: User, now: datetime) -> Loading:
    """Put the pupil of every row that is right on the list; nobody who is on it changes.

    Doing it again changes nothing. Raises NotTheirs, NothingToApply.
    """
    must_keep(holder, loading.school_id)
    hold_name(f"annual-reviews:{loading.school_id}")
    loading = hold(loading)
    if loading.applied_at is not None:
        return loading
    found = staged(loading, today=timezone.localdate(now))
    rows = to_apply(found, "new", otherwise="schools.Error_SenReview_Nothing")
    for one in rows:
        assert one.pupil and one.dates
        add_plan(loading.school, one.pupil, one.dates, key=uuid4(), holder=holder, by=by, now=now)
    loading.added = len(rows)
    mark_applied(loading, by=by, now=now)
    return loading
