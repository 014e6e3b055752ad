"""Taking, handing over and removing whole files, and writing down the scanner's verdict."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts import queries as texts

from .. import checks, clamd, kinds, names, queries, storage
from ..models import Arriving, StoredFile

log = structlog.get_logger(__name__)

ORPHANS_KEPT = timedelta(hours=24)
HeldBy = tuple[str, Any]


class FileRefused(Refusal):
    """The file is not taken; the message says why and what would be. ``reason`` ends its text's name."""

    def __init__(self, reason: str, *, field: str, name: str, accepted: Iterable[str]) -> None:
        values: dict[str, Any] = {
            "name": name,
            "kinds": kinds.spoken(accepted),
            "megabytes": queries.most_bytes() // (1024 * 1024),
            "most": queries.most_files(),
        }
        super().__init__(texts.say(f"shared.Error_File_{reason}", **values), field=field)
        self.reason = reason


class CannotCheckAgain(Refusal):
    """The scanner does not answer, and the file was scanned too long ago to leave on that."""


def accept_upload(
    upload: UploadedFile,
    *,
    owner: Any,
    held_by: HeldBy,
    question: str,
    row: str = "",
    accept: Iterable[str] | None = None,
    now: datetime,
) -> StoredFile:
    """Keep an uploaded file for a question of what ``held_by`` names: ("draft", its id).

    ``accept`` narrows the kinds. The file is checked against its name and stays in quarantine until it
    is scanned. Raises FileRefused with ``question`` as its field, and then nothing is kept.
    """
    name = names.safe_name(upload.name or "")
    accepted = kinds.accepted(accept)
    try:
        content, original = _checked(upload, kinds.extension_of(name), accepted)
        _room_for_one(held_by)
        kept = {"question": question, "row": row, "original_sha256": original}
        return _keep(content, name, owner=owner, held_by=held_by, now=now, **kept)
    except checks.Objection as objection:
        raise FileRefused(objection.reason, field=question, name=name, accepted=accepted) from objection
    except storage.NoRoom as full:
        log.error("files.no_room", reason=str(full))
        raise FileRefused("No_Room", field=question, name=name, accepted=accepted) from full


def _checked(upload: UploadedFile, kind: str, accepted: frozenset[str]) -> tuple[bytes, str]:
    """The bytes to keep, and the SHA-256 of those that came. Raises Objection."""
    if kind not in accepted:
        raise checks.Objection("Kind")
    if (upload.size or 0) > queries.most_bytes():
        raise checks.Objection("Too_Big")
    upload.seek(0)
    content = upload.read()
    return checks.inspect(content, kind), sha256(content).hexdigest()


def _room_for_one(held_by: HeldBy) -> None:
    held = queries.files_of(*held_by).exclude(state=StoredFile.State.INFECTED)
    if held.count() >= queries.most_files():
        raise checks.Objection("Too_Many")


def _keep(
    content: bytes, name: str, *, owner: Any, held_by: HeldBy, now: datetime, **kept: str
) -> StoredFile:
    key = storage.keep(content)
    try:
        with transaction.atomic():
            hold_name(f"files:{held_by[0]}:{held_by[1]}")
            _room_for_one(held_by)
            file = StoredFile.objects.create(
                owner=owner,
                held_by_kind=held_by[0],
                held_by_id=str(held_by[1]),
                name=name,
                kind=kinds.extension_of(name),
                bytes=len(content),
                sha256=sha256(content).hexdigest(),
                storage_key=key,
                uploaded_at=now,
                **kept,
            )
            audit.record("files.uploaded", by=owner, about=file, now=now, detail={"kind": file.kind})
            _start(file, now=now)
            return file
    except Exception:
        storage.forget(key)
        raise


def _start(file: StoredFile, *, now: datetime) -> None:
    """Have the file scanned; in a demonstration without a scanner, accept it as it is."""
    if settings.CLAMD:
        outbox.put("scan", {"file": str(file.pk)}, key=f"scan:{file.pk}", now=now)
    elif queries.accepts_unscanned():
        file.state = StoredFile.State.ACCEPTED
        file.save(update_fields=["state"])
        audit.record("files.accepted_unscanned", by=None, about=file, now=now)


@transaction.atomic
def remove_file(file: StoredFile, *, by: Any, now: datetime) -> None:
    """Delete the file; its bytes go after the commit."""
    audit.record("files.removed", by=by, about=file, now=now)
    key = file.storage_key
    StoredFile.objects.filter(pk=file.pk).delete()
    transaction.on_commit(lambda: storage.forget(key))


@transaction.atomic
def forget_upload(upload: Arriving) -> None:
    """Delete what has arrived of a file so far; the bytes go after the commit. Twice changes nothing."""
    key = upload.storage_key
    Arriving.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: storage.forget_part(key))


@transaction.atomic
def remove_held(held_by: HeldBy, *, by: Any, now: datetime) -> None:
    """Delete everything that one draft keeps, when the draft itself goes; what was still arriving too."""
    for upload in queries.arriving_for(*held_by):
        forget_upload(upload)
    for file in queries.held_by(*held_by):
        remove_file(file, by=by, now=now)


@transaction.atomic
def hand_over(*, from_: HeldBy, to: HeldBy, now: datetime) -> None:
    """Make the files of a draft those of the submission that it became."""
    moved = queries.files_of(*from_)
    for file in moved:
        detail = {"from": [from_[0], str(from_[1])], "to": [to[0], str(to[1])]}
        audit.record("files.handed_over", by=None, about=file, now=now, detail=detail)
    moved.update(held_by_kind=to[0], held_by_id=str(to[1]))


@transaction.atomic
def copy_held(*, from_: HeldBy, to: HeldBy, by: Any, now: datetime) -> dict[str, str]:
    """Copies of the files of a submission for the draft that corrects it: old id → new id.

    A file that was found infected is not copied.
    """
    copied: dict[str, str] = {}
    for file in queries.held_by(*from_):
        if file.state != StoredFile.State.INFECTED:
            copied[str(file.pk)] = str(_copy(file, to=to, by=by, now=now).pk)
    return copied


def _copy(file: StoredFile, *, to: HeldBy, by: Any, now: datetime) -> StoredFile:
    copied = StoredFile.objects.create(
        owner=file.owner,
        held_by_kind=to[0],
        held_by_id=str(to[1]),
        question=file.question,
        row=file.row,
        name=file.name,
        kind=file.kind,
        bytes=file.bytes,
        sha256=file.sha256,
        original_sha256=file.original_sha256,
        storage_key=storage.copy(file.storage_key),
        state=file.state,
        verdict=file.verdict,
        uploaded_at=file.uploaded_at,
        scanned_at=file.scanned_at,
        signatures=file.signatures,
    )
    audit.record("files.copied", by=by, about=copied, now=now, detail={"from": str(file.pk)})
    if copied.state == StoredFile.State.QUARANTINED:
        _start(copied, now=now)
    return copied


def look_into(file: StoredFile) -> tuple[str, str]:
    """What the scanner finds in the file now ("" for nothing), and which signatures it looked with.

    Raises clamd.ScannerDown and clamd.ScanFailed.
    """
    signatures = clamd.version()
    with storage.path_of(file.storage_key).open("rb") as content:
        return clamd.scan(content), signatures


@transaction.atomic
def write_verdict(file: StoredFile, *, found: str, now: datetime, signatures: str = "") -> None:
    """Release a file that the scanner called clean, or refuse one in which it ``found`` something.

    The bytes of a refused file go; its row stays and says why. Whoever works with what keeps it is told by
    the outbox. Writing the same verdict twice is safe; what is infected stays so.
    """
    state = StoredFile.State.INFECTED if found else StoredFile.State.CLEAN
    rows = StoredFile.objects.filter(pk=file.pk).exclude(state=StoredFile.State.INFECTED)
    if not rows.update(state=state, verdict=found[:200], scanned_at=now, signatures=signatures):
        return
    if state != file.state:
        audit.record(f"files.{state}", by=None, about=file, now=now, detail={"found": found})
    if found:
        outbox.put("infected-file", {"file": str(file.pk)}, key=f"infected-file:{file.pk}", now=now)
        key = file.storage_key
        transaction.on_commit(lambda: storage.forget(key))


def check_again(file: StoredFile, *, now: datetime) -> StoredFile:
    """The file as it may be served now: scanned again when the scanner has learnt since, or long ago.

    Without a scanner that answers, an earlier verdict counts for ``files.recheck_hours``; after that raises
    CannotCheckAgain. Where no scanner is set up there is nothing to ask, and the earlier verdict stands.
    """
    if not settings.CLAMD or not queries.may_be_served(file):
        return file
    old = queries.scanned_long_ago(file, now=now)
    signatures = clamd.version()
    if not old and signatures in {"", file.signatures}:
        return file
    try:
        found, signatures = look_into(file)
    except (clamd.ScannerDown, clamd.ScanFailed) as error:
        if old:
            raise CannotCheckAgain(texts.say("shared.File_State_Check_Again")) from error
        return file
    write_verdict(file, found=found, signatures=signatures, now=now)
    file.refresh_from_db()
    return file


def rescan_waiting(*, now: datetime) -> int:
    """Have every file that still waits scanned; how many wait. For when the scanner is back."""
    files = list(queries.waiting()[:1_000])
    for file in files:
        outbox.put_again("scan", {"file": str(file.pk)}, key=f"scan:{file.pk}", now=now)
    return len(files)


def sweep_orphans(*, now: datetime) -> int:
    """Delete bytes that no row has named for a day; how many files went."""
    keys = list(storage.all_keys(older_than=(now - ORPHANS_KEPT).timestamp()))
    swept = 0
    for start in range(0, len(keys), 500):
        some = set(keys[start : start + 500])
        named = StoredFile.objects.filter(storage_key__in=some).exclude(state=StoredFile.State.INFECTED)
        for key in some - set(named.values_list("storage_key", flat=True)):
            storage.forget(key)
            swept += 1
    return swept
