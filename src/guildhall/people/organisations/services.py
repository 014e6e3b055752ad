"""Writing the register of establishments."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit

from .models import Establishment


@transaction.atomic
def add_establishment(
    urn: str, *, name: str, phase: str, la_code: str, number: str, by: Any, now: datetime
) -> Establishment:
    """Enter a school or setting; ``urn`` is its unique reference number, ``number`` its four digits."""
    made = Establishment.objects.create(urn=urn, name=name, phase=phase, la_code=la_code, number=number)
    audit.record("organisations.added", by=by, about=made, now=now)
    return made
