"""Writing the audit. Call ``record`` in the transaction of what it records."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import structlog
from django.db import InterfaceError, InternalError, OperationalError, connection, transaction
from django.db.models import Exists, Max, Model, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from guildhall.foundation.kit import outage, statements
from guildhall.foundation.kit.locks import hold_name

from . import queries, spool
from .chain import Spans, content_of, link
from .context import current
from .models import Entry, Seal

# Entries may become visible out of order; a straggler further behind the last seal than this many
# numbers is sealed by the full search of ``seal(everything=True)``.
_STRAGGLERS = 100_000
_AT_ONCE = 500
# The database cannot be written or reached. (A transaction that may only read is an InternalError.)
_TAKES_NOTHING = (OperationalError, InterfaceError, InternalError)
_LOOK = "child.viewed"
_IN_THE_SPOOL = ("verb", "by_id", "by_name", "by_roles", "about_kind", "about_id", "child_id", "request_id")

log = structlog.get_logger(__name__)


class Unrecordable(Exception):
    """A look at a child could be written down nowhere: neither database nor spool take it."""


def record(
    verb: str,
    *,
    by: Any,
    about: Model | tuple[str, str],
    now: datetime,
    child: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Keep that ``by`` (a user, or None for the program) did ``verb`` (``room.happened``) to ``about``.

    ``child`` is the id of the authority's record when the thing concerns a known child. ``detail`` is
    plain JSON without free text that a person wrote.
    """
    statements.insert_all([_entry(verb, by=by, about=about, now=now, child=child, detail=detail or {})])
    current().kept.append(verb)


def _entry(
    verb: str,
    *,
    by: Any,
    about: Model | tuple[str, str],
    now: datetime,
    child: int | None,
    detail: dict[str, Any],
) -> Entry:
    kind, key = about if isinstance(about, tuple) else (about._meta.label_lower, str(about.pk))
    here = current()
    who = getattr(by, "pk", None)
    return Entry(
        at=now,
        verb=verb,
        by_id=who,
        by_name=str(by)[:200] if who is not None else "",
        by_roles=",".join(sorted(here.roles))[:200],
        about_kind=kind,
        about_id=key,
        child_id=child,
        request_id=here.request_id,
        detail=detail,
    )


def looked(
    request: HttpRequest,
    *,
    about: Model | tuple[str, str],
    child: int | None = None,
    surface: str = "page",
    detail: dict[str, Any] | None = None,
) -> None:
    """Keep that the person behind ``request`` saw a child's information, before the answer leaves.

    ``surface`` says where: page, list, search, file, document, export. ``child`` is the id of the
    authority's record, None when the child is not matched yet.

    While the database takes nothing, the entry waits in the spool. Raises Unrecordable where that does not
    take it either: then nobody may see the page.
    """
    told = {"surface": surface, **(detail or {})}
    entry = _entry(_LOOK, by=request.user, about=about, now=timezone.now(), child=child, detail=told)
    try:
        statements.insert_all([entry])
    except _TAKES_NOTHING as error:
        # What is done in a transaction cannot be kept either, so nothing around it can be shown as done.
        if connection.in_atomic_block:
            raise
        outage.refused()
        _put_aside(entry, error)
    current().kept.append(_LOOK)


def _put_aside(entry: Entry, why: Exception) -> None:
    """Keep a look in the spool until the database takes it."""
    said = {name: getattr(entry, name) for name in _IN_THE_SPOOL}
    said |= {"at": entry.at.astimezone(UTC).isoformat(), "detail": entry.detail}
    try:
        spool.here().append(said)
    except OSError as error:
        log.error("audit.unrecordable", database=type(why).__name__, spool=str(error))
        raise Unrecordable(str(error)) from why
    log.warning("audit.spooled", database=type(why).__name__)


def merge_spool(*, now: datetime) -> int:
    """Carry what waits in the spool into the audit, in its order and each once; how many entries came.

    Entries are committed before the spool is emptied. If the power fails between, the audit says how far it
    has come. Raises OSError where the spool cannot be read.
    """
    waiting = spool.here().waiting()
    if waiting is None or not waiting.entries:
        return 0
    merged = _merged(waiting, now)
    spool.here().clear(waiting)
    return merged


@transaction.atomic
def _merged(waiting: spool.Waiting, now: datetime) -> int:
    hold_name("audit:merge")
    done = queries.merged_of_spool(waiting.spool, waiting.generation)
    fresh = [_looked_then(said) for said in waiting.entries[done:]]
    if fresh:
        made = Entry.objects.bulk_create(fresh, batch_size=_AT_ONCE)
        detail = {
            "merged": len(fresh),
            "generation": waiting.generation,
            "through": len(waiting.entries),
            "since": waiting.entries[done]["at"],
            "until": waiting.entries[-1]["at"],
            "entries": Spans.of(entry.pk for entry in made).spans,
        }
        record("audit.merged", by=None, about=("audit.spool", waiting.spool), now=now, detail=detail)
    return len(fresh)


def _looked_then(said: dict[str, Any]) -> Entry:
    return Entry(**(said | {"at": datetime.fromisoformat(said["at"])}))


@transaction.atomic
def seal(*, now: datetime, most: int = 5_000, everything: bool = False) -> int:
    """Chain up to ``most`` entries that have no seal yet; how many were sealed.

    One sealer works at a time; another waits for it.
    """
    hold_name("audit:seal")
    last = Seal.objects.order_by("-position").first()
    position, digest = (last.position, last.digest) if last else (0, "")
    seals = []
    for entry in _unsealed(everything).order_by("pk")[:most]:
        position += 1
        content = content_of(entry)
        digest = link(digest, position, content)
        seals.append(
            Seal(position=position, entry_id=entry.pk, content=content, digest=digest, sealed_at=now)
        )
    Seal.objects.bulk_create(seals)
    return len(seals)


@transaction.atomic
def prune(day: date, *, keep: Callable[[Entry], bool], by: Any, now: datetime) -> int:
    """Take what was written on ``day`` (by UTC) out of the audit, but what ``keep`` holds; how many went.

    Seals stay, so that the rest of the chain can still be checked, and an entry says which places are empty.
    An entry without a seal stays. Whether the day is old enough is up to the caller.
    """
    hold_name("audit:seal")
    gone = {
        seal.position: entry.pk
        for entry, seal in queries.in_order(queries.of_day(day))
        if seal is not None and not keep(entry)
    }
    if gone:
        detail = {"removed": len(gone), "positions": Spans.of(gone).spans}
        record("audit.pruned", by=by, about=("audit.day", day.isoformat()), now=now, detail=detail)
    numbers = list(gone.values())
    for start in range(0, len(numbers), _AT_ONCE):
        Entry.objects.filter(pk__in=numbers[start : start + _AT_ONCE]).delete()
    return len(gone)


def verify(*, now: datetime) -> str:
    """Check the whole chain and keep what was found; "" when it holds, else the first place where not."""
    found = str(queries.broken() or "")
    record("audit.verified", by=None, about=("audit", "chain"), now=now, detail={"broken": found})
    return found


def _unsealed(everything: bool) -> Any:
    entries = Entry.objects.filter(~Exists(Seal.objects.filter(entry_id=OuterRef("pk"))))
    newest = Seal.objects.aggregate(newest=Max("entry_id"))["newest"]
    return entries if everything or newest is None else entries.filter(pk__gt=newest - _STRAGGLERS)
