"""Adding several pupils from a spreadsheet: read, shown, and only then added."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership import spreadsheets
from guildhall.people.organisations.models import Establishment

from ..models import Loading
from ..sheets import TEMPLATE
from ..staging import staged
from .permitting import must_keep
from .plans import add_plan


class NothingToAdd(Refusal):
    """Every row is left out, or is on the list already."""


@transaction.atomic
def stage_list(
    name: str, content: bytes, *, school: Establishment, holder: Holder, by: User, now: datetime
) -> Loading:
    """Read a spreadsheet of pupils and keep its rows until somebody has looked at them.

    What the same person read before and never applied is forgotten. Raises NotTheirs, Unreadable.
    """
    must_keep(holder, school.pk)
    rows = spreadsheets.read(name, content, TEMPLATE)
    Loading.objects.filter(by=by, applied_at=None).delete()
    made = Loading.objects.create(by=by, school=school, rows=rows, read_at=now)
    audit.record("annualreviews.list_read", by=by, about=made, now=now, detail={"rows": len(rows)})
    return made


@transaction.atomic
def add_loaded(loading: Loading, *, holder: Holder, by: User, now: datetime) -> Loading:
    """Put the pupil of every row that is right on the list; nobody who is on it changes.

    Doing it again changes nothing. Raises NotTheirs, NothingToAdd.
    """
    must_keep(holder, loading.school_id)
    hold_name(f"annual-reviews:{loading.school_id}")
    loading = hold(loading)
    if loading.applied_at is not None:
        return loading
    rows = [one for one in staged(loading, today=timezone.localdate(now)) if one.state == "new"]
    if not rows:
        raise NothingToAdd(say("schools.Error_SenReview_Nothing"))
    for one in rows:
        assert one.pupil and one.dates
        add_plan(loading.school, one.pupil, one.dates, key=uuid4(), holder=holder, by=by, now=now)
    # The rows are personal information that nobody needs from here on.
    loading.added, loading.applied_at, loading.rows = len(rows), now, []
    loading.save(update_fields=["added", "applied_at", "rows"])
    audit.record("annualreviews.list_added", by=by, about=loading, now=now, detail={"rows": len(rows)})
    return loading


@transaction.atomic
def discard_loading(loading: Loading, *, by: User, now: datetime) -> None:
    """Forget what was not applied."""
    Loading.objects.filter(pk=loading.pk, applied_at=None).delete()
    about = ("annualreviews.loading", str(loading.pk))
    audit.record("annualreviews.list_discarded", by=by, about=about, now=now)
