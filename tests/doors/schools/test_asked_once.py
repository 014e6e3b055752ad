"""What somebody is responsible for is read once for a page, however many rooms ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ...people.membership.schools import a_place, a_supervisor
from ...people.responsibilities.scene import LEAD, give
from .post.scene import ALERTS, browser, made, posted

pytestmark = pytest.mark.django_db
HELD = 'FROM "responsibilities_assignment"'


@pytest.mark.parametrize("page", [ALERTS, "/schools/", "/schools/actions/", "/schools/post/"])
def test_a_page_of_a_school_asks_once_what_its_reader_is_responsible_for(page: str):
    for number in range(3):
        posted(f"Item {number}", "Finance", days=8 + number)
    hers = browser(made(a_place("elen@ysgol.example.org"), Finance=LEAD))
    hers.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert hers.get(page).status_code == 200
    assert sum(HELD in one["sql"] for one in asked.captured_queries) == 1
    assert len(asked) <= 30


def test_what_somebody_was_given_counts_on_their_next_page():
    posted("About herons", "Finance", days=8)
    elen = a_place("elen@ysgol.example.org")
    hers = browser(elen)
    assert "About herons" not in hers.get(ALERTS).text
    give(elen, made(a_supervisor()), Finance=LEAD)
    assert "About herons" in hers.get("/schools/post/").text
