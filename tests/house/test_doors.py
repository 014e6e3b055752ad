"""Every view has a door, and a change of doors is a change that somebody reads."""

import pytest

from guildhall.foundation.access import check

from ..access.lock import LOCK, locked_routes


def test_every_route_declares_a_door():
    assert check.every_view_has_a_door() == []


def test_the_program_does_not_start_with_a_silent_view(settings):
    settings.ROOT_URLCONF = "tests.house.silent_urls"
    with pytest.raises(check.SilentView, match="/hidden/"):
        check.refuse_silent_views()


def test_routes_and_doors_equal_the_lock_file():
    assert LOCK.read_text(encoding="utf-8") == locked_routes(), (
        "Routes or doors changed. Read the difference; if it is right: .venv/bin/python -m tests.access.lock"
    )


def test_identifiers_in_addresses_are_typed():
    loose = [
        route
        for route, *_ in check.routes()
        if "<" in route
        and not all(part.split(":")[0] in {"int", "uuid", "slug", "str"} for part in _converters(route))
    ]
    assert loose == []


def _converters(route: str) -> list[str]:
    return [piece.split(">")[0] for piece in route.split("<")[1:]]
