"""Keeping the register of schools and settings."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.models import User

from .models import Establishment


@transaction.atomic
def add_establishment(
    urn: str,
    *,
    name: str,
    by: User | None,
    now: datetime,
    phase: str = "",
    la_code: str = "",
    number: str = "",
    postcode: str = "",
    town: str = "",
) -> Establishment:
    """Enter a school or setting in the register, or change the one with this ``urn`` (6 digits)."""
    given = {
        "name": name,
        "phase": phase,
        "la_code": la_code,
        "number": number,
        "postcode": postcode,
        "town": town,
    }
    school, made = Establishment.objects.update_or_create(urn=urn, defaults=given)
    verb = "organisations.establishment_added" if made else "organisations.establishment_changed"
    audit.record(verb, by=by, about=school, now=now)
    return school
