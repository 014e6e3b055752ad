"""Constraints that several models share."""

from django.db.models import CheckConstraint, Q


def both_or_neither(first: str, second: str) -> CheckConstraint:
    """``first`` and ``second`` are set together or not at all."""
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return CheckConstraint(condition=both | neither, name=f"%(app_label)s_%(class)s_{first}_{second}"[:60])
