"""What the worker found in a file."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold

from ..census.findings import Finding, Result
from ..census.packs import Pack
from ..models import Found, Return, Upload
from ..moves import MOVES, Move

_AT_ONCE = 500


def far(upload_id: int, *, pupils: int, done: int) -> None:
    """Keep how far a check is, for whoever watches it."""
    Upload.objects.filter(pk=upload_id).update(pupils=pupils, done=done)


@transaction.atomic
def cannot_read(upload: Upload, *, reason: str, line: int, now: datetime) -> None:
    """Keep that a file is no census file of this school and collection; its return stays as it was."""
    upload = hold(upload)
    upload.state, upload.reason, upload.line = Upload.State.UNREADABLE, reason, line
    upload.checked_at, upload.content = now, b""
    upload.save()
    audit.record("returns.file_unreadable", by=None, about=upload, now=now, detail={"reason": reason})


@transaction.atomic
def take_result(upload: Upload, result: Result, pack: Pack, *, now: datetime) -> Return | None:
    """Keep what a check found, in place of what the file before had. None when the file was replaced."""
    own = Return.objects.filter(upload=upload).first()
    if own is None:
        return None
    own, upload = hold(own), hold(upload)
    if upload.state != Upload.State.WAITING:
        return own
    upload.state, upload.checked_at = Upload.State.CHECKED, now
    upload.pupils, upload.done = result.pupils, upload.size
    upload.save(update_fields=["state", "checked_at", "pupils", "done"])
    notes = {
        _alike(one.rule, one.upn, one.value): one for one in Found.objects.filter(of=own).exclude(note="")
    }
    Found.objects.filter(of=own).delete()
    made = [_found(own, one, pack, notes) for one in _in_order(result.findings, pack)]
    Found.objects.bulk_create(made, batch_size=_AT_ONCE)
    own.pupils, own.totals = result.pupils, result.totals
    own.errors = sum(count for rule, count in result.broken.items() if pack.rules[rule].is_error)
    own.queries = sum(count for rule, count in result.broken.items() if not pack.rules[rule].is_error)
    move = Move.FIND_ERRORS if own.errors else Move.FIND_QUERIES
    own.state, own.changed_at = MOVES[own.state][move], now
    own.save()
    detail = {"school": own.school_id, "pupils": own.pupils, "errors": own.errors, "queries": own.queries}
    audit.record("returns.file_checked", by=None, about=own, now=now, detail=detail)
    return own


def _in_order(findings: Iterable[Finding], pack: Pack) -> list[Finding]:
    """Errors first, then by record."""
    return sorted(findings, key=lambda one: (not pack.rules[one.rule].is_error, one.record, one.rule))


def _alike(rule: str, upn: str, value: str) -> tuple[str, str, str]:
    return rule, upn, value


def _found(own: Return, one: Finding, pack: Pack, notes: dict[tuple[str, str, str], Found]) -> Found:
    """A finding as it is kept, with what was said of the very same one in the file before."""
    before = notes.get(_alike(one.rule, one.upn[:40], one.value[:100]))
    return Found(
        of=own,
        rule=one.rule,
        is_error=pack.rules[one.rule].is_error,
        record=one.record,
        line=one.line,
        upn=one.upn[:40],
        name=one.name[:120],
        item=one.item[:60],
        value=one.value[:100],
        note=before.note if before else "",
        note_by=before.note_by if before else None,
        note_at=before.note_at if before else None,
    )
