"""Two people at the same thing: whoever saves later is told, sees the other's words and keeps their own.

A page carries what it showed, as a revision or a stamp, in a hidden field ``seen``; its service compares that
with what is kept once it holds the row. A post without the field has seen nothing.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest

from .refusals import Refusal


class ChangedMeanwhile(Refusal):
    """Somebody else changed it after its page was drawn. Nothing of what was asked now is done."""


def stamp_of(*kept: Any) -> str:
    """A short mark of what is kept, for things without a revision; any change gives another."""
    written = json.dumps(kept, sort_keys=True, cls=DjangoJSONEncoder)
    return sha256(written.encode()).hexdigest()[:20]


def refuse_stale(seen: str | None, kept: str, words: str) -> None:
    """Raise ChangedMeanwhile, in ``words``, unless the page showed what is kept. None: no page asked."""
    if seen is not None and seen != kept:
        raise ChangedMeanwhile(words)


def carried(request: HttpRequest, kept: str | int, *, told: bool = False, field: str = "seen") -> str:
    """What the page that is drawn now is to carry: ``kept`` when it is opened, and again once its reader was
    ``told`` of a change; else what the page before it carried.
    """
    return request.POST.get(field, "") if request.method == "POST" and not told else str(kept)


def beside(
    request: HttpRequest, refusal: Refusal | None, *, kept: str | int, rows: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """What kit/meanwhile.html draws in a form: what it carries, and after ChangedMeanwhile what is kept now:
    ``rows`` of what each thing is called, and of what it is.
    """
    told = isinstance(refusal, ChangedMeanwhile)
    shown = [{"key": key, "value": value or "–"} for key, value in rows] if told else []
    return {"seen": carried(request, kept, told=told), "meanwhile": shown}


def status_of(problems: Mapping[str, str], refusal: Refusal | None = None) -> int:
    """The status of a page with ``problems``, of which a service's ``refusal`` may be one."""
    if isinstance(refusal, ChangedMeanwhile):
        return 409
    return 422 if problems else 200
