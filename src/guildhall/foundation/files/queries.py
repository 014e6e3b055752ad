"""Reading what is known of files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.texts import queries as texts

from . import clamd
from .models import Arriving, StoredFile

_OPEN = frozenset({StoredFile.State.CLEAN, StoredFile.State.ACCEPTED})


@dataclass(frozen=True)
class FileLine:
    """A file with what its check found, in words; ``ready`` when it may be downloaded."""

    file: StoredFile
    words: str
    ready: bool


def held_by(kind: str, key: object) -> list[StoredFile]:
    """The files that one draft or submission keeps, in the order in which they came."""
    return list(files_of(kind, key).order_by("uploaded_at", "pk"))


def files_of(kind: str, key: object) -> QuerySet[StoredFile]:
    """As ``held_by``, to be narrowed further by the caller."""
    return StoredFile.objects.filter(held_by_kind=kind, held_by_id=str(key))


def may_be_served(file: StoredFile) -> bool:
    """Scanned and clean, or accepted unscanned where the authority said so; nothing else, for anybody."""
    return file.state in _OPEN


def scanned_long_ago(file: StoredFile, *, now: datetime) -> bool:
    """Whether the last scan is too old to count without another; so is none at all."""
    kept = timedelta(hours=authority.setting("files.recheck_hours"))
    return file.scanned_at is None or now - file.scanned_at > kept


def waiting() -> QuerySet[StoredFile]:
    """Files that nobody has scanned yet, those that came first in front."""
    return StoredFile.objects.filter(state=StoredFile.State.QUARANTINED).order_by("uploaded_at")


def scanner_is_there() -> bool:
    """Whether a scanner is set up and answers now. Takes up to ten seconds when it hangs."""
    return bool(settings.CLAMD) and clamd.answers()


def accepts_unscanned() -> bool:
    """Whether files are taken unscanned: only in a demonstration without a scanner that says so."""
    return settings.DEMONSTRATION and not settings.CLAMD and bool(authority.setting("files.accept_unscanned"))


def state_words(file: StoredFile, language: str | None = None) -> str:
    """What a person reads about the file's check."""
    if file.state == StoredFile.State.QUARANTINED and not settings.CLAMD:
        return texts.say("shared.File_State_No_Scanner", language)
    return texts.say(f"shared.File_State_{file.state.title()}", language)


def lines_of(stored: Iterable[StoredFile]) -> list[FileLine]:
    """The files as a page lists them."""
    return [FileLine(each, state_words(each), may_be_served(each)) for each in stored]


def most_files() -> int:
    """How many files one submission may hold."""
    return int(authority.setting("files.most_each_submission"))


def most_bytes() -> int:
    """How long one file may be."""
    return int(authority.setting("files.megabytes_each")) * 1024 * 1024


def arriving_for(kind: str, key: object) -> QuerySet[Arriving]:
    """What is still arriving for one draft, begun first in front."""
    rows = Arriving.objects.filter(held_by_kind=kind, held_by_id=str(key), became=None)
    return rows.order_by("began_at", "pk")


def arriving_of(owner: Any, upload_id: UUID, *, kind: str, key: object) -> Arriving | None:
    """An upload that ``owner`` began for that draft, finished or not."""
    return Arriving.objects.filter(pk=upload_id, owner=owner, held_by_kind=kind, held_by_id=str(key)).first()


def stale_arriving(*, still: datetime, at_all: datetime) -> QuerySet[Arriving]:
    """Uploads of which nothing came since ``still``, or that were begun before ``at_all``."""
    return Arriving.objects.filter(Q(moved_at__lt=still) | Q(began_at__lt=at_all)).order_by("moved_at")
