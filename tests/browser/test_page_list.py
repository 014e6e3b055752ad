"""The list of pages that a browser opens is complete."""

from guildhall.foundation.access import check

from .pages import ELSEWHERE, PLACES


def test_every_route_that_shows_something_is_opened_or_has_a_reason():
    opened = {place.route for places in PLACES.values() for place in places}
    shown = {route.name for route in check.routes() if "GET" in (route.verbs or ("GET",))}

    assert sorted(shown - opened - set(ELSEWHERE)) == []


def test_the_list_names_no_route_that_is_gone():
    known = {route.name for route in check.routes()}
    opened = {place.route for places in PLACES.values() for place in places} - {""}

    assert sorted((opened | set(ELSEWHERE)) - known) == []
