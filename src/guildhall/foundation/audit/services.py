"""Writing the audit. Call ``record`` in the transaction of what it records."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from .context import current
from .models import Entry


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
    Entry.objects.create(
        at=now,
        verb=verb,
        by_id=getattr(by, "pk", None),
        by_name=str(by or ""),
        by_roles=",".join(sorted(here.roles)),
        about_kind=kind,
        about_id=key,
        child_id=child,
        request_id=here.request_id,
        detail=detail or {},
    )
