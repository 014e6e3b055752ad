"""Reading, archiving, doing and passing on what one is sent."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.mail.post import services as posting
from guildhall.mail.post.models import Forward, Redirect, ReturnedFile

from ....mail.post.scene import told
from ....people.membership.schools import a_place, a_supervisor
from ....people.responsibilities.scene import INTERESTED, LEAD, letters_to
from ....standing import an_officer
from .scene import POST, address, browser, clean, made, posted

pytestmark = pytest.mark.django_db
ELEN, MARI = "elen@ysgol.example.org", "mari@ysgol.example.org"
CHANGE = f"{POST}change"


def unread(client) -> list[str]:
    """The titles of what is unread, as the list says."""
    rows = client.get(POST, {"view": "all"}).text.split("<tr")[2:]
    return [re.search(r"post/\d+/[^>]*>([^<]+)", row)[1] for row in rows if ">Unread</strong>" in row]


@pytest.mark.req("SC-059")
def test_opening_an_item_makes_it_read_for_its_reader_alone():
    item = posted("About herons", "Finance")
    hers, theirs = (browser(made(a_place(one), Finance=LEAD)) for one in (ELEN, MARI))
    assert unread(hers) == unread(theirs) == ["About herons"]
    assert "Herons at the ford." in hers.get(address(item)).text
    assert (unread(hers), unread(theirs)) == ([], ["About herons"])


@pytest.mark.req("SC-069")
def test_who_read_an_item_before_it_was_corrected_sees_so_until_they_read_it_again():
    item = posted("About herons", "Finance")
    hers, theirs = (browser(made(a_place(one), Finance=LEAD)) for one in (ELEN, MARI))
    hers.get(address(item))
    corrected = posting.Corrected(told(title_en="About egrets"), note_en="It was the other bird.")
    posting.correct(item, corrected=corrected, by=an_officer(), now=timezone.now())
    since = "Corrected since you read it"
    assert since in hers.get(POST).text and since not in theirs.get(POST).text
    assert ">Corrected<" in theirs.get(POST).text
    hers.get(address(item))
    seen_again = hers.get(POST, {"view": "all"}).text
    assert since not in seen_again and ">Corrected<" in seen_again


@pytest.mark.req("SC-059", "SC-069")
def test_archived_items_are_read_stay_searchable_and_come_back():
    first, second = posted("About herons", "Finance"), posted("About otters", "Finance", days=2)
    hers = browser(made(a_place(ELEN), Finance=LEAD))
    picked = {"pick": [first.pk, second.pk, 987_654]}
    done = hers.post(CHANGE, picked | {"act": "archive", "query": "?view=all&page=9"}, follow=True)
    assert done.redirect_chain == [(f"{POST}?view=all", 302)]
    assert "2 items are archived." in done.text
    assert unread(hers) == []
    assert "About herons" not in hers.get(POST).text
    assert "About herons" in hers.get(POST, {"view": "all", "q": "ford herons"}).text
    assert "About otters" in hers.get(POST, {"view": "archived"}).text

    undo = re.search(r'<form method="post" action="/schools/post/change">.*?</form>', done.text, re.DOTALL)[0]
    sent = {"pick": re.findall(r'name="pick" value="(\d+)"', undo), "act": "restore"}
    assert "are in your inbox again" in hers.post(CHANGE, sent, follow=True).text
    for _ in range(2):
        assert f'href="{address(first)}' in hers.get(POST).text
        hers.post(address(first, "archive"))
        assert f'href="{address(first)}' not in hers.get(POST).text
        hers.post(address(first, "archive"))


def test_items_are_marked_as_read_from_the_list_and_odd_posts_change_nothing():
    item, hers = posted("About herons", "Finance"), browser(made(a_place(ELEN), Finance=LEAD))
    assert "Tick one or more items first." in hers.post(CHANGE, {"act": "read"}, follow=True).text
    assert hers.post(CHANGE, {"act": "publish", "pick": item.pk}).status_code == 404
    assert hers.post(CHANGE, {"act": "read", "query": "?next=//elsewhere.example"}).url.startswith(POST)
    assert unread(hers) == ["About herons"]
    assert "is marked as read" in hers.post(CHANGE, {"act": "read", "pick": item.pk}, follow=True).text
    assert unread(hers) == []


def test_the_list_is_filtered_and_sorted_and_says_when_nothing_fits():
    posted("Anglers", "Finance", sensitivity="protected", days=3)
    posted("Badgers", "Catering", days=2)
    hers = browser(made(a_place(ELEN), Finance=LEAD, Catering=INTERESTED))

    def titles(**query: str) -> list[str]:
        return re.findall(r"post/\d+/[^>]*>(Anglers|Badgers)<", hers.get(POST, query).text)

    assert titles() == ["Badgers", "Anglers"]
    assert titles(sort="title") == ["Anglers", "Badgers"]
    assert titles(sensitivity="protected") == ["Anglers"]
    assert titles(view="nonsense", responsibility="x", page="99") == ["Badgers", "Anglers"]
    nothing = hers.get(POST, {"q": "zebra"}).text
    assert "No post fits" in nothing
    assert "remove this filter" in nothing


def test_long_post_is_shown_with_as_few_questions_to_the_database(django_assert_max_num_queries):
    for number in range(12):
        posted(f"Item {number}", "Finance", "Catering", days=number + 1, action_en="Count.", files=0)
    hers = browser(made(a_place(ELEN), Finance=LEAD, Catering=LEAD))
    hers.get(POST)
    with django_assert_max_num_queries(30):
        assert hers.get(POST).text.count('name="pick"') == 12


def test_an_action_is_done_for_the_school_by_one_person_and_taken_back():
    item = posted("About herons", "Finance", action_en="Count the herons.")
    elen = made(a_place(ELEN), Finance=LEAD)
    hers, theirs = browser(elen), browser(made(a_place(MARI), Finance=INTERESTED))
    assert "Count the herons." in hers.get(address(item)).text
    hers.post(address(item, "done"), {"act": "done"})
    assert f"{elen} marked this as done for your school" in theirs.get(address(item)).text
    assert "About herons" not in theirs.get(POST, {"view": "all", "to_do": "yes"}).text
    hers.post(address(item, "done"), {"act": "back"})
    assert "About herons" in theirs.get(POST, {"view": "all", "to_do": "yes"}).text


@pytest.mark.req("SC-062", "SC-068")
def test_a_file_is_returned_replaced_until_it_is_accepted_and_then_no_more():
    item = posted("About herons", "Finance", wants_file=True)
    elen = made(a_place(ELEN), Finance=LEAD)
    hers = browser(elen)
    wrong = hers.post(address(item, "return"))
    assert (wrong.status_code, "Choose the file that you want to return" in wrong.text) == (422, True)
    for name in ("first.txt", "second.txt"):
        sent = {"file": SimpleUploadedFile(name, b"Seven herons.")}
        assert hers.post(address(item, "return"), sent).url == address(item)
    clean()
    page = hers.get(address(item)).text
    assert page.index("second.txt") < page.index("first.txt")
    assert (">Returned</strong>" in page, ">Replaced</strong>" in page, "Replace file" in page) == (True,) * 3
    returned = ReturnedFile.objects.get(state=ReturnedFile.State.RETURNED)
    assert hers.get(address(item, "returned", str(returned.pk))).getvalue() == b"Seven herons."
    other = browser(made(a_place(MARI), Catering=LEAD))
    assert other.get(address(item, "returned", str(returned.pk))).status_code == 404

    posting.accept_return(returned, by=an_officer(), now=timezone.now())
    page = hers.get(address(item)).text
    assert "The council has accepted the file" in page
    assert 'type="file"' not in page
    late = hers.post(address(item, "return"), {"file": SimpleUploadedFile("third.txt", b"No.")})
    assert late.status_code == 422
    assert ReturnedFile.objects.count() == 2


@pytest.mark.req("SC-060", "SC-061", "SC-065")
def test_post_is_redirected_to_any_member_of_staff_and_is_there_at_once():
    item = posted("About herons", "Finance", files=2)
    elen, mari, sian = made(a_place(ELEN), Finance=LEAD), a_place(MARI), a_supervisor()
    hers = browser(elen)
    page = hers.get(address(item, "forward")).text
    assert "Redirect within Schools&#x27; Portal" in page
    field = page.split("Member of Staff</label>")[1].split("</select>")[0]
    assert all(f'<option value="{one.pk}"' in field for one in (mari, sian))
    assert f'value="{elen.pk}"' not in field
    assert hers.post(address(item, "forward"), {"staff": ["", "987654"]}).status_code == 422
    assert hers.post(address(item, "forward"), {"staff": ["", mari.pk, sian.pk]}).url == address(item)
    theirs = browser(mari)
    assert f"Redirected by {elen}" in theirs.get(POST).text
    assert "Herons at the ford." in theirs.get(address(item)).text
    saved = theirs.get(address(item, "files"))
    assert saved["Content-Disposition"] == f'attachment; filename="{item.number}.zip"'
    assert b"form-1.txt" in saved.getvalue()


@pytest.mark.req("SC-066")
def test_a_confidential_item_goes_to_who_could_not_see_it_only_after_a_question_and_by_email_as_a_link():
    item = posted("About herons", "Finance", sensitivity="protected")
    hers, mari = browser(made(a_place(ELEN), Finance=LEAD)), a_place(MARI)
    asked = hers.post(address(item, "forward"), {"staff": mari.pk})
    assert (asked.status_code, Redirect.objects.count()) == (422, 0)
    assert f"Redirect to {mari}" in asked.text
    hers.post(address(item, "forward"), {"staff": mari.pk, "confirmed": "yes"})
    assert browser(mari).get(address(item)).status_code == 200
    assert Entry.objects.filter(verb="post.redirected", about_id=str(item.pk)).count() == 1

    sent = {"address": "clerk@council.example.org"}
    asked = hers.post(address(item, "forward"), sent)
    assert (asked.status_code, Forward.objects.count()) == (422, 0)
    hers.post(address(item, "forward"), sent | {"confirmed": "yes"})
    [letter] = letters_to("clerk@council.example.org")
    assert "Herons at the ford" not in letter.text
    assert "About herons" not in letter.text + letter.subject
    assert address(item) in letter.text


@pytest.mark.req("SC-060")
def test_an_open_item_is_forwarded_whole_and_a_wrong_address_is_said():
    item, hers = posted("About herons", "Finance"), browser(made(a_place(ELEN), Finance=LEAD))
    wrong = hers.post(address(item, "forward"), {"address": "nobody"})
    assert (wrong.status_code, 'value="nobody"' in wrong.text) == (422, True)
    assert hers.post(address(item, "forward"), {"address": "friend@example.org"}).url == address(item)
    assert "Herons at the ford." in letters_to("friend@example.org")[0].text
