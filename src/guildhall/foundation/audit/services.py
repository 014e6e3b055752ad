"""Writing the audit. Call ``record`` in the transaction of what it records."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, Model, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from guildhall.foundation.kit import statements
from guildhall.foundation.kit.locks import hold_name

from . import queries
from .chain import content_of, link
from .context import current
from .models import Entry, Seal

# Entries may become visible out of order; a straggler further behind the last seal than this many
# numbers is sealed by the full search of ``seal(everything=True)``.
_STRAGGLERS = 100_000


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


def verify(*, now: datetime) -> str:
    """Check the whole chain and keep what was found; "" when it holds, else the first place where not."""
    found = str(queries.broken() or "")
    record("audit.verified", by=None, about=("audit", "chain"), now=now, detail={"broken": found})
    return found


def _unsealed(everything: bool) -> Any:
    entries = Entry.objects.filter(~Exists(Seal.objects.filter(entry_id=OuterRef("pk"))))
    newest = Seal.objects.aggregate(newest=Max("entry_id"))["newest"]
    return entries if everything or newest is None else entries.filter(pk__gt=newest - _STRAGGLERS)
