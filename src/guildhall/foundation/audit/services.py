"""Writing the audit. Call ``record`` in the transaction of what it records."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, Model, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from guildhall.foundation.kit import statements
from guildhall.foundation.kit.locks import hold_name

from . import queries
from .chain import Spans, content_of, link
from .context import current
from .models import Entry, Seal

# Entries may become visible out of order; a straggler further behind the last seal than this many
# numbers is sealed by the full search of ``seal(everything=True)``.
_STRAGGLERS = 100_000
_AT_ONCE = 500


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
    kind, key = about if isinstance(about, tuple) else (about._meta.label_lower, str(about.pk))
    here = current()
    who = getattr(by, "pk", None)
    entry = Entry(
        at=now,
        verb=verb,
        by_id=who,
        by_name=str(by)[:200] if who is not None else "",
        by_roles=",".join(sorted(here.roles))[:200],
        about_kind=kind,
        about_id=key,
        child_id=child,
        request_id=here.request_id,
        detail=detail or {},
    )
    statements.insert_all([entry])
    here.kept.append(verb)


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
    """
    record(
        "child.viewed",
        by=request.user,
        about=about,
        now=timezone.now(),
        child=child,
        detail={"surface": surface, **(detail or {})},
    )


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
