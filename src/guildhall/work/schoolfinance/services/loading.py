"""Account statements from a file: read in, shown line by line, and only then published."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.loading import spreadsheets
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import rules, sheets
from ..models import Line, Statement, Upload
from ..staging import OfSchool, by_school, staged
from . import telling

_AT_ONCE = 500


class NotHandling(Refusal):
    """The person is not of the council's finance team."""


class NotNow(Refusal):
    """It was sent, withdrawn or replaced meanwhile."""


class NothingToPublish(Refusal):
    """Every row is wrong, or says what is published already."""


def refuse_strangers(holder: Holder) -> None:
    """Raises NotHandling unless ``holder`` keeps every school's statements."""
    if not rules.handles(holder):
        raise NotHandling(texts.say("schools.Error_Finance_NotHandling"))


@transaction.atomic
def read_file(
    month: date | None, name: str, content: bytes, *, holder: Holder, by: User, now: datetime
) -> Upload:
    """Read a spreadsheet of statements of ``month`` (its first day) and keep its rows; nothing is published.

    What the same person read before and did not publish is forgotten. Raises NotHandling, Refusals,
    spreadsheets.Unreadable.
    """
    refuse_strangers(holder)
    if month not in rules.months_until(timezone.localdate(now)):
        raise Refusals({"month": texts.say("schools.Error_Finance_Month")})
    rows = spreadsheets.read(name, content, sheets.TEMPLATE)
    Upload.objects.filter(by=by, published_at=None).delete()
    made = Upload.objects.create(
        month=month, by=by, file_name=one_line(name)[:120] or "-", rows=rows, read_at=now
    )
    audit.record("schoolfinance.file_read", by=by, about=made, now=now, detail={"rows": len(rows)})
    return made


@transaction.atomic
def publish(upload: Upload, *, holder: Holder, by: User, now: datetime) -> Upload:
    """Publish what the rows say that are right, as a new version where a school has a statement already.

    Publishing it again changes nothing. Raises NotHandling, NothingToPublish.
    """
    refuse_strangers(holder)
    hold_name("schoolfinance:publish")
    upload = hold(upload)
    if upload.published_at is not None:
        return upload
    found = [one for one in by_school(upload, staged(upload)) if one.state != "same"]
    if not found:
        raise NothingToPublish(texts.say("schools.Error_Finance_Nothing"))
    earlier = [one.before.pk for one in found if one.before]
    Statement.objects.filter(pk__in=earlier).update(current=False)
    made = [_made(one, upload, by, now) for one in found]
    Statement.objects.bulk_create(made, batch_size=_AT_ONCE)
    lines = [line for one, statement in zip(found, made, strict=True) for line in _lines(one, statement)]
    Line.objects.bulk_create(lines, batch_size=_AT_ONCE)
    # Nobody needs the rows as they were typed from here on.
    upload.rows, upload.published_at, upload.schools = [], now, len(made)
    upload.save(update_fields=["rows", "published_at", "schools"])
    detail = {"month": f"{upload.month:%Y-%m}", "schools": [one.school_id for one in made]}
    audit.record("schoolfinance.published", by=by, about=upload, now=now, detail=detail)
    telling.tell_of_statements("Published", [one for one in made if one.version == 1], now=now)
    telling.tell_of_statements("Corrected", [one for one in made if one.version > 1], now=now)
    return upload


def _made(one: OfSchool, upload: Upload, by: User, now: datetime) -> Statement:
    version = one.before.version + 1 if one.before else 1
    return Statement(
        school=one.school, month=upload.month, version=version, published_at=now, published_by=by
    )


def _lines(one: OfSchool, statement: Statement) -> list[Line]:
    return [
        Line(
            statement=statement,
            position=position,
            kind=row.kind,
            code=row.code,
            description=row.description,
            budget=row.budget,
            actual=row.actual,
            committed=row.committed,
        )
        for position, row in enumerate(one.rows, start=1)
    ]


@transaction.atomic
def discard_upload(upload: Upload, *, holder: Holder, by: User, now: datetime) -> None:
    """Forget what was not published. Raises NotHandling."""
    refuse_strangers(holder)
    Upload.objects.filter(pk=upload.pk, published_at=None).delete()
    about = ("schoolfinance.upload", str(upload.pk))
    audit.record("schoolfinance.file_discarded", by=by, about=about, now=now)
