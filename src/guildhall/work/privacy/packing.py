"""A pack as a file: a page to read, the same as data, and the files that were uploaded."""

import json
import zipfile
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import translation

from guildhall.foundation.files import storage
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.texts.queries import say

from . import wording
from .gathering import ACTS
from .models import Pack, PackPart

READABLE = (StoredFile.State.CLEAN, StoredFile.State.ACCEPTED)
FILES, AUDIT = "files.StoredFile", "audit.Entry"
_DAY = (1980, 1, 1, 0, 0, 0)


def written(pack: Pack, *, whole: bool) -> IO[bytes]:
    """The pack in a file, ready to be read, that is gone from the disk as soon as it is closed."""
    file = TemporaryFile()  # noqa: SIM115
    try:
        write(pack, file, whole=whole)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def write(pack: Pack, to: IO[bytes], *, whole: bool) -> None:
    """Write the pack to ``to``. ``whole``: for whoever checks it, with what is marked left in and marked."""
    with translation.override(pack.request.language), zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as out:
        sections = [_section(part, pack, whole) for part in pack.parts.order_by("model", "number")]
        page = {"pack": pack, "sections": sections, "whole": whole, "language": pack.request.language}
        _put(out, "index.html", render_to_string("privacy/index.html", page).encode())
        data = [
            {"model": each["model"], "rows": [_plain(row["cells"]) for row in each["rows"]]}
            for each in sections
        ]
        _put(out, "data.json", json.dumps(data, ensure_ascii=False, indent=1).encode())
        for name, key in _files(pack, whole):
            _put(out, name, storage.path_of(key).read_bytes())


def _put(out: zipfile.ZipFile, name: str, content: bytes) -> None:
    # The moment of writing is nothing that the pack should say; the same pack makes the same file.
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    out.writestr(entry, content)


def _section(part: PackPart, pack: Pack, whole: bool) -> dict[str, Any]:
    rows = [_row(part.model, row, pack, whole) for row in part.rows]
    return {"model": part.model, "heading": wording.heading_of(part.model), "rows": rows}


def _row(model: str, row: dict[str, Any], pack: Pack, whole: bool) -> dict[str, Any]:
    cells = [
        _cell(name, value, marked=name in row["others"], kept=whole or f"{model}.{name}" in pack.kept)
        for name, value in row["fields"].items()
    ]
    says = model == AUDIT and "verb" in row["fields"]
    return {"cells": cells, "title": wording.happening(_plain(cells)) if says else ""}


def _cell(name: str, value: Any, *, marked: bool, kept: bool) -> dict[str, Any]:
    empty = value in (None, "", [], {})
    taken_out = marked and not kept and not empty
    shown = say("administration.Privacy_TakenOut") if taken_out else value
    said = ", ".join(map(wording.called, value)) if name == ACTS else shown
    spoken = shown if taken_out else wording.spoken(said)
    return {
        "name": name,
        "words": wording.called(name),
        "value": shown,
        "spoken": "" if empty else spoken,
        "marked": marked and not empty,
    }


def _plain(row: list[dict[str, Any]]) -> dict[str, Any]:
    return {cell["name"]: cell["value"] for cell in row}


def _files(pack: Pack, whole: bool) -> Iterator[tuple[str, str]]:
    """Name in the pack and place of the bytes of every file that was found clean and may go out."""
    for part in pack.parts.filter(model=FILES).order_by("number"):
        for row in part.rows:
            if "id" not in row["fields"] or not _goes(row, pack, whole):
                continue
            file = StoredFile.objects.filter(pk=row["fields"]["id"], state__in=READABLE).first()
            if file is not None and storage.path_of(file.storage_key).exists():
                yield f"files/{file.pk}.{file.kind}", file.storage_key


def _goes(row: dict[str, Any], pack: Pack, whole: bool) -> bool:
    return whole or "content" not in row["others"] or f"{FILES}.content" in pack.kept
