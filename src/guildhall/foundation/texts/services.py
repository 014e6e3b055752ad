"""Changing words."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import stamps
from guildhall.foundation.kit.refusals import Refusal

from .catalogue import LANGUAGES, catalogue
from .models import Override


class NoSuchText(Refusal):
    """The catalogue has no text of that name, or no such language."""


@transaction.atomic
def change_text(name: str, *, language: str, value: str, by: Any, now: datetime) -> None:
    """Use ``value`` for the text called ``area.key``; it shows the next time anybody sees it.

    An empty ``value`` restores the catalogue's wording.
    """
    if name not in catalogue() or language not in LANGUAGES:
        raise NoSuchText(f"There is no text called {name} in {language}.")
    area, _, key = name.partition(".")
    rows = Override.objects.filter(area=area, key=key, language=language)
    before = rows.values_list("value", flat=True).first()
    if value:
        Override.objects.update_or_create(
            area=area,
            key=key,
            language=language,
            defaults={"value": value, "changed_at": now, "changed_by": by},
        )
    else:
        rows.delete()
    stamps.touch("texts")
    audit.record(
        "texts.changed",
        by=by,
        about=("text", name),
        now=now,
        detail={"language": language, "before": before, "after": value},
    )
