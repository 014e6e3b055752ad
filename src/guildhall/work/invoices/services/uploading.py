"""Reading a file in, and putting its lines right before they are sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import queries, reading, rules
from ..models import Batch, Upload
from ..reading import COLUMNS, LONGEST_CELL, Row


class NotSending(Refusal):
    """The person does not send this school's invoices."""


class SentBefore(Refusal):
    """The very file was sent; the message names the reference."""


class TooManyUnsent(Refusal):
    """The school has too many files that were read in and neither sent nor discarded."""


class Gone(Refusal):
    """The lines were sent, or somebody discarded them."""


@transaction.atomic
def read_file(
    school_id: int, name: str, content: bytes, *, holder: Holder, by: User, now: datetime
) -> Upload:
    """Read a CSV file of invoices and keep its lines until they are sent; nothing is sent yet.

    A file that waits already is not read again: what was corrected in it is kept. Raises NotSending,
    SentBefore, TooManyUnsent, reading.Unreadable.
    """
    refuse_others(holder, school_id)
    digest = sha256(content).hexdigest()
    refuse_sent(school_id, digest)
    known = Upload.objects.filter(school_id=school_id, batch=None, digest=digest).first()
    if known is not None:
        return known
    refuse_too_many(school_id)
    rows = reading.read(content)
    return keep_rows(school_id, (one_line(name)[:120] or "-", digest), rows, by=by, now=now)


def keep_rows(
    school_id: int, file: tuple[str, str], rows: Sequence[Row], *, by: User, now: datetime
) -> Upload:
    """Keep rows to look at; ``file`` is its name and its digest."""
    made = Upload.objects.create(
        school_id=school_id,
        by=by,
        file_name=file[0],
        digest=file[1],
        rows=[row.as_json() for row in rows],
        read_at=now,
    )
    audit.record("invoices.file_read", by=by, about=made, now=now, detail={"lines": len(rows)})
    return made


def refuse_others(holder: Holder, school_id: int) -> None:
    """Raises NotSending unless ``holder`` sends the school's invoices."""
    if not queries.sends(holder, school_id):
        raise NotSending(texts.say("schools.Error_Invoices_NotSending"))


def refuse_sent(school_id: int, digest: str) -> None:
    """Raises SentBefore where the file is with the council."""
    rows = Batch.objects.filter(school_id=school_id, digest=digest, state__in=Batch.COUNTING)
    if digest and (found := rows.first()):
        words = texts.say("schools.Error_Invoices_SentBefore", reference=found.reference)
        raise SentBefore(words, field="file")


def refuse_too_many(school_id: int) -> None:
    """Raises TooManyUnsent."""
    if Upload.objects.filter(school_id=school_id, batch=None).count() >= rules.MOST_UNSENT:
        words = texts.say("schools.Error_Invoices_TooManyUnsent", most=rules.MOST_UNSENT)
        raise TooManyUnsent(words, field="file")


@transaction.atomic
def correct_line(
    upload: Upload, line: int, typed: Mapping[str, str], *, holder: Holder, by: User, now: datetime
) -> Upload:
    """Let a line say what was ``typed`` by column. What is wrong with it shows. Raises NotSending, Gone."""
    upload = _open(upload, holder)
    told = {column: one_line(typed.get(column))[: LONGEST_CELL + 1] for column in COLUMNS}
    rows = [Row.from_json(plain) for plain in upload.rows]
    changed = [Row(line, told) if row.line == line else row for row in rows]
    return _keep(upload, changed, "invoices.line_corrected", line, by=by, now=now)


@transaction.atomic
def remove_line(upload: Upload, line: int, *, holder: Holder, by: User, now: datetime) -> Upload:
    """Leave a line out of what is sent. Raises NotSending, Gone."""
    upload = _open(upload, holder)
    rows = [row for row in map(Row.from_json, upload.rows) if row.line != line]
    return _keep(upload, rows, "invoices.line_removed", line, by=by, now=now)


def _keep(upload: Upload, rows: list[Row], verb: str, line: int, *, by: User, now: datetime) -> Upload:
    upload.rows = [row.as_json() for row in rows]
    upload.save(update_fields=["rows"])
    audit.record(verb, by=by, about=upload, now=now, detail={"line": line})
    return upload


def _open(upload: Upload, holder: Holder) -> Upload:
    refuse_others(holder, upload.school_id)
    return held(upload)


def held(upload: Upload) -> Upload:
    """The upload, held until the transaction ends. Raises Gone."""
    if not Upload.objects.filter(pk=upload.pk, batch=None).exists():
        raise Gone(texts.say("schools.Error_Invoices_Gone"))
    return hold(upload)


@transaction.atomic
def discard_upload(upload: Upload, *, holder: Holder, by: User, now: datetime) -> None:
    """Forget lines that were not sent. Raises NotSending."""
    refuse_others(holder, upload.school_id)
    Upload.objects.filter(pk=upload.pk, batch=None).delete()
    audit.record("invoices.file_discarded", by=by, about=("invoices.upload", str(upload.pk)), now=now)
