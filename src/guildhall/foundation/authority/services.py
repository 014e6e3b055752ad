"""Changing the authority's settings."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit

from . import stamps
from .defaults import DEFAULTS
from .models import Setting


@transaction.atomic
def change_setting(key: str, *, value: Any, by: Any, now: datetime) -> None:
    """Set ``key`` (one of DEFAULTS) to ``value``; it counts from the next request of every process."""
    before = Setting.objects.filter(key=key).values_list("value", flat=True).first()
    before = DEFAULTS[key] if before is None else before
    Setting.objects.update_or_create(key=key, defaults={"value": value, "changed_at": now, "changed_by": by})
    stamps.touch("settings")
    audit.record(
        "authority.setting_changed",
        by=by,
        about=("setting", key),
        now=now,
        detail={"before": before, "after": value},
    )
