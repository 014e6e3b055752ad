"""One rule governs every way to an item: lists, counts, search, files, alerts, direct links."""

import pytest
from django.http import HttpResponse
from django.test import Client

from guildhall.foundation.files import queries as files
from guildhall.mail.post.models import Posting
from guildhall.people.membership import services as membership

from ....people.membership.schools import a_place, another_school, the_council
from ....people.responsibilities.scene import INTERESTED, LEAD
from ....standing import NOON, an_administrator
from .scene import ALERTS, POST, address, browser, made, posted

pytestmark = pytest.mark.django_db
LOOKING = frozenset({"tile", "alert", "list", "count", "search"})
DIRECT = frozenset({"item", "attachment", "all files", "forward", "archive", "done", "return", "redirect"})
ELEN, MARI = "elen@ysgol.example.org", "mari@ysgol.example.org"


def ways(client: Client, item: Posting) -> set[str]:
    """The ways by which the person at ``client`` gets at ``item``; what opens it comes last."""
    inbox, alerts = client.get(POST).text, client.get(ALERTS).text
    looking = {
        "tile": "1 unread, 1 to do" in client.get("/schools/").text,
        "alert": item.title_en in alerts or address(item) in alerts,
        "list": item.title_en in inbox or address(item) in inbox,
        "count": "Unread (1)" in inbox or "To do (1)" in inbox,
        "search": item.title_en in client.get(POST, {"view": "all", "q": "heron FORD"}).text,
    }
    [attached] = files.held_by("posting", item.pk)
    answers = {
        "redirect": client.post(address(item, "forward"), {"staff": ""}),
        "return": client.post(address(item, "return")),
        "forward": client.get(address(item, "forward")),
        "attachment": saved(client, address(item, "files", str(attached.pk))),
        "all files": saved(client, address(item, "files")),
        "item": client.get(address(item)),
        "done": client.post(address(item, "done")),
        "archive": client.post(address(item, "archive")),
    }
    shut = {way for way, answer in answers.items() if answer.status_code == 404}
    return {way for way, there in looking.items() if there} | (answers.keys() - shut)


def saved(client: Client, path: str) -> HttpResponse:
    """The answer to a download, taken to its end."""
    answer = client.get(path)
    if answer.streaming:
        assert b"Fill me in." in answer.getvalue()
    return answer


def asking(title: str, level: str) -> Posting:
    """An old item for Finance that asks an action and a file, with one attachment."""
    more = {"action_en": "Count the herons.", "wants_file": True}
    return posted(title, "Finance", days=8, files=1, sensitivity=level, **more)


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SC-044", "SC-056", "SC-057", "SC-062")
@pytest.mark.parametrize("level", ["unrestricted", "context-sensitive", "protected", "controlled"])
def test_a_lead_contact_has_every_level_by_every_way_and_an_interested_party_the_open_ones(level):
    item = asking("About herons", level)
    lead, interested = made(a_place(ELEN), Finance=LEAD), made(a_place(MARI), Finance=INTERESTED)
    other = made(a_place("bryn@ysgol.example.org"), Catering=LEAD)
    assert ways(browser(lead), item) == LOOKING | DIRECT
    open_ = level in {"unrestricted", "context-sensitive"}
    assert ways(browser(interested), item) == (LOOKING | DIRECT if open_ else set())
    assert ways(browser(other), item) == set()


@pytest.mark.req("SC-047", "SC-065")
def test_a_changed_responsibility_counts_at_once_both_ways_for_past_post_too():
    item, elen = asking("About herons", "protected"), a_place(ELEN)
    hers = browser(elen)
    assert ways(hers, item) == set()
    made(elen, Finance=LEAD)
    assert item.title_en in hers.get(POST).text
    assert hers.get(address(item)).status_code == 200
    made(elen, Finance=INTERESTED)
    assert ways(hers, item) == set()


@pytest.mark.req("SC-053")
def test_without_responsibilities_the_page_says_so_and_leads_to_asking_for_them():
    posted("About herons", "Finance")
    hers = browser(a_place(ELEN))
    page = hers.get(POST).text
    assert "Your supervisor has not yet assigned any responsibilities to you, so you see no post." in page
    main = page.split("<h1")[1].split("</main>")[0]
    assert 'href="/schools/responsibilities/">Change User Responsibilities</a>' in main
    assert "About herons" not in page
    assert hers.get(POST, {"view": "all", "q": "herons"}).text.count("About herons") == 0


def test_somebody_of_two_schools_has_the_post_of_the_one_they_work_for_now():
    elen, there = a_place(ELEN), a_place(ELEN, another_school())
    made(elen, Finance=LEAD)
    ours = posted("About herons", "Finance", audience="schools", schools=frozenset({elen.school_id}))
    theirs = posted("About otters", "Finance", audience="schools", schools=frozenset({there.school_id}))
    both = posted("About swans", "Finance")
    made(there, Finance=LEAD)
    hers = browser(elen)
    for place, seen, hidden in ((elen, ours, theirs), (there, theirs, ours)):
        hers.post("/schools/switch", {"school": place.school_id})
        page = hers.get(POST).text
        assert (seen.title_en in page, hidden.title_en in page, both.title_en in page) == (True, False, True)
        assert hers.get(address(seen)).status_code == 200
        assert hers.get(address(hidden)).status_code == 404
        assert page.count(">Unread</strong>") == 2, "what is read at one school is unread at the other"
        assert hers.get(address(both)).status_code == 200
    assert hers.get(POST).text.count(">Unread</strong>") == 0


def test_whoever_leaves_the_school_has_no_post_from_that_moment():
    item, elen = posted("About herons", "Finance"), made(a_place(ELEN), Finance=LEAD)
    hers = browser(elen)
    assert hers.get(address(item)).status_code == 200
    membership.remove_person(elen, holder=the_council(), by=an_administrator(), now=NOON)
    assert hers.get(address(item)).status_code != 200
    assert item.title_en not in hers.get(POST).text
