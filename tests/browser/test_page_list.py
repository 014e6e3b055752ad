"""The list of pages that a browser opens is complete."""

from guildhall.foundation.access import check

from .deep import DEEP
from .deep_rooms import ROOMS
from .pages import ELSEWHERE, PLACES

OPENED = {place.route for lists in (PLACES, DEEP, ROOMS) for places in lists.values() for place in places} - {
    ""
}


def test_every_route_that_shows_something_is_opened_or_has_a_reason():
    shown = {route.name for route in check.routes() if "GET" in (route.verbs or ("GET",))}

    assert sorted(shown - OPENED - set(ELSEWHERE)) == []


def test_the_list_names_no_route_that_is_gone():
    known = {route.name for route in check.routes()}

    assert sorted((OPENED | set(ELSEWHERE)) - known) == []


def test_no_reason_is_given_for_a_page_that_is_opened():
    assert sorted(OPENED & set(ELSEWHERE)) == []
