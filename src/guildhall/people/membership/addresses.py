"""Addresses at the schools' door that say for which school they are."""

from typing import Any

from django.urls import reverse

AT = "at"


def at_school(school_id: int, route: str, *values: Any) -> str:
    """The page of ``route``, for whoever works at the school: opening it makes that their current one.

    For messages and emails, which are read while another of somebody's schools may be chosen.
    """
    return f"{reverse(route, args=values)}?{AT}={school_id}"
