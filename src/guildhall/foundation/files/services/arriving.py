"""Files that arrive in parts, so that a lost connection or a restart costs one part and not the whole.

How much has arrived is what the row says: a part that was written but not committed is written again.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import kinds, names, queries, storage
from ..models import Arriving, StoredFile
from .keeping import FileRefused, HeldBy, forget_upload

log = structlog.get_logger(__name__)

KEPT_STILL = timedelta(hours=24)
KEPT_AT_ALL = timedelta(days=3)
"""How long an upload is kept after its last part, and after its first."""


class NotWhole(Refusal):
    """Parts of the file have not arrived yet."""


@transaction.atomic
def begin_upload(
    *,
    owner: Any,
    held_by: HeldBy,
    question: str,
    row: str = "",
    name: str,
    size: int,
    fingerprint: str,
    accept: Iterable[str] | None = None,
    now: datetime,
) -> Arriving:
    """Be ready for a file of ``size`` bytes, or go on with the one of the same ``fingerprint``.

    Raises FileRefused for what would be refused when it is whole: the kind, the size, one file too many.
    """
    name = names.safe_name(name)
    accepted = kinds.accepted(accept)
    wanted = {
        "owner": owner,
        "held_by_kind": held_by[0],
        "held_by_id": str(held_by[1]),
        "question": question,
        "row": row,
        "name": name,
        "bytes": size,
        "fingerprint": fingerprint[:200],
    }
    if reason := _objection(name, size, accepted):
        raise FileRefused(reason, field=question, name=name, accepted=accepted)
    if known := Arriving.objects.filter(became=None, **wanted).first():
        return known
    if Arriving.objects.filter(owner=owner, became=None).count() >= queries.most_files():
        raise FileRefused("Too_Many", field=question, name=name, accepted=accepted)
    return Arriving.objects.create(storage_key=storage.new_part(), began_at=now, moved_at=now, **wanted)


def _objection(name: str, size: int, accepted: frozenset[str]) -> str:
    if kinds.extension_of(name) not in accepted:
        return "Kind"
    if size <= 0:
        return "Empty"
    return "Too_Big" if size > queries.most_bytes() else ""


@transaction.atomic
def take_chunk(upload: Arriving, *, offset: int, content: bytes, now: datetime) -> Arriving:
    """Put ``content`` where it belongs, forced to disk; the upload as it is then.

    A part that does not begin where the last one ended changes nothing: ``arrived`` says what is wanted.
    Bytes that the disk lost are asked for again. Raises FileRefused where there is no room.
    """
    held = Arriving.objects.select_for_update().get(pk=upload.pk)
    on_disk = storage.part_length(held.storage_key)
    if held.became is None and on_disk < held.arrived:
        held.arrived = on_disk
    elif held.became is None and offset == held.arrived and offset + len(content) <= held.bytes:
        try:
            storage.grow(held.storage_key, at=offset, content=content)
        except storage.NoRoom as full:
            log.error("files.no_room", reason=str(full))
            raise FileRefused("No_Room", field=held.question, name=held.name, accepted=()) from full
        held.arrived = offset + len(content)
    held.moved_at = now
    held.save(update_fields=["arrived", "moved_at"])
    return held


@contextmanager
def whole(upload: Arriving) -> Iterator[UploadedFile]:
    """The file whose every part has arrived, as if it had come at once, locked. Raises NotWhole."""
    held = Arriving.objects.select_for_update().filter(pk=upload.pk, became=None).first()
    if held is None or held.arrived != held.bytes:
        raise NotWhole(texts.say("shared.Error_File_Not_Whole"))
    with storage.part_path(held.storage_key).open("rb") as content:
        yield UploadedFile(content, name=held.name, size=held.bytes)


@transaction.atomic
def finish_upload(upload: Arriving, *, file: StoredFile) -> None:
    """Note what the parts became, so that a reply that got lost can be asked for; the parts go."""
    Arriving.objects.filter(pk=upload.pk).update(became=file.pk)
    transaction.on_commit(lambda: storage.forget_part(upload.storage_key))


def sweep_arriving(*, now: datetime) -> int:
    """Delete uploads that nobody goes on with, and parts that no upload names; how many there were."""
    stale = list(queries.stale_arriving(still=now - KEPT_STILL, at_all=now - KEPT_AT_ALL)[:1_000])
    for upload in stale:
        forget_upload(upload)
    keys = set(storage.all_parts(older_than=(now - KEPT_STILL).timestamp()))
    keys -= {upload.storage_key for upload in stale}
    lost = keys - set(Arriving.objects.filter(storage_key__in=keys).values_list("storage_key", flat=True))
    for key in lost:
        storage.forget_part(key)
    return len(stale) + len(lost)
