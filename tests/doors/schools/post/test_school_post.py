"""All School's Post, prompting, and the alerts about post."""

import re

import pytest

from guildhall.foundation.audit.models import Entry

from ....people.membership.schools import a_place, a_supervisor, another_school
from ....people.responsibilities.scene import INTERESTED, LEAD, give, letters_to
from .scene import ALERTS, ALL, POST, address, browser, made, posted

pytestmark = pytest.mark.django_db
PROMPT = (
    "You have been sent this e-mail to alert you to the fact that you have unread post items over 7 days old."
)
ELEN, MARI = "elen@ysgol.example.org", "mari@ysgol.example.org"


def row_of(page: str, title: str) -> str:
    return next(row for row in page.split("<tr")[2:] if f">{title}<" in row)


@pytest.mark.req("SC-017", "SC-063", "SC-067")
def test_a_supervisor_sees_title_and_read_state_of_every_item_and_of_one_users_post():
    sian, elen = a_supervisor(), made(a_place(ELEN), Finance=LEAD)
    secret = posted("About herons", "Finance", sensitivity="controlled")
    posted("About otters", "Catering")
    his, hers = browser(sian), browser(elen)
    menu = his.get("/schools/").text.split('<nav class="gh-side')[1].split("</nav>")[0]
    assert menu.index(f'href="{POST}">Post<') < menu.index(f'href="{ALL}">All School&#x27;s Post<')
    assert ALL not in hers.get("/schools/").text
    assert hers.get(ALL).status_code == 403

    page = his.get(ALL).text
    assert f'<option value="{elen.pk}"' in page.split(">User</label>")[1].split("</select>")[0]
    assert "Unread" in row_of(page, "About herons")
    assert "No Lead Contact" in row_of(page, "About otters")
    hers.get(address(secret))
    assert "Read by 1" in row_of(his.get(ALL).text, "About herons")
    page = his.get(ALL, {"user": elen.pk}).text
    assert "Read on" in row_of(page, "About herons")
    assert ">About otters<" not in page
    for odd in ({"user": "x"}, {"user": a_place("far@ysgol.example.org", another_school()).pk}):
        assert ">About otters<" in his.get(ALL, odd).text


@pytest.mark.req("SC-067")
def test_opening_what_is_confidential_takes_a_supervisor_a_step_and_is_recorded():
    item = posted("About herons", "Finance", sensitivity="protected", files=1)
    plain = posted("About otters", "Finance")
    his = browser(a_supervisor())
    for path in (address(item), address(item, "files")):
        assert b"Herons at the ford" not in his.get(path).content
    assert his.get(address(item, "files")).status_code == 404
    assert "Open and record it" in his.get(address(item)).text
    opened = Entry.objects.filter(verb="post.opened_as_supervisor", about_id=str(item.pk))
    assert opened.count() == 0
    page = his.post(address(item), follow=True).text
    assert "Herons at the ford." in page
    assert opened.count() == 1
    assert "marks it as read for nobody" in page
    assert his.get(address(item, "files")).getvalue().startswith(b"PK")
    assert his.post(address(item, "forward"), {"staff": ""}).status_code == 404, "it is not theirs to pass on"
    assert "Herons at the ford." in his.get(address(plain)).text
    assert "Unread" in row_of(his.get(ALL).text, "About herons")


@pytest.mark.req("SC-064")
def test_a_supervisor_prompts_about_old_unread_post_in_the_words_that_are_agreed():
    sian, elen = a_supervisor(), made(a_place(ELEN), Finance=LEAD)
    his, before = browser(sian), len(letters_to(ELEN))
    posted("About herons", "Finance", days=6.9)
    asked = his.post(f"{ALL}prompt", {"user": elen.pk}, follow=True)
    assert "no unread post over 7 days old" in asked.text
    assert len(letters_to(ELEN)) == before
    posted("About otters", "Finance", days=7.1)
    assert (
        "gets an email about their unread post"
        in his.post(f"{ALL}prompt", {"user": elen.pk}, follow=True).text
    )
    letter = letters_to(ELEN)[0]
    assert letter.subject == "Alert from the Schools' Portal"
    assert PROMPT in " ".join(letter.text.split())
    assert "otters" not in letter.text
    assert browser(elen).post(f"{ALL}prompt", {"user": sian.pk}).status_code == 403
    far = a_place("far@ysgol.example.org", another_school())
    assert his.post(f"{ALL}prompt", {"user": far.pk}).status_code == 404


@pytest.mark.req("SC-071", "SC-072")
def test_own_post_unread_for_more_than_seven_days_is_an_alert_until_it_is_read_or_archived():
    elen = made(a_place(ELEN), Finance=LEAD)
    posted("About herons", "Finance", days=6.9)
    read, away = (posted(title, "Finance", days=7.1) for title in ("About otters", "About swans"))
    hers = browser(elen)
    page = hers.get(ALERTS).text
    assert "About herons" not in page
    assert f'href="{address(read)}">Unread for over 7 days: About otters<' in page
    assert f'href="{address(away)}"' in page
    hers.get(address(read))
    hers.post(f"{POST}change", {"act": "archive", "pick": away.pk})
    assert "Unread for over 7 days" not in hers.get(ALERTS).text
    hers.post(f"{POST}change", {"act": "restore", "pick": away.pk})
    assert "Unread for over 7 days" not in hers.get(ALERTS).text


@pytest.mark.req("SC-070", "SC-072")
def test_supervisors_are_alerted_of_others_old_unread_post_and_of_post_that_nobody_leads():
    sian, elen, mari = a_supervisor(), made(a_place(ELEN), Finance=LEAD), a_place(MARI)
    made(mari, Catering=INTERESTED)
    old = posted("About herons", "Finance", days=8)
    unled = posted("About otters", "Catering", sensitivity="protected")
    his = browser(sian)
    page = his.get(ALERTS).text
    [behind] = re.findall(r'href="(/schools/post/all/[^"]+)">Elen Rowlands has 1 unread', page)
    assert ">About herons<" in his.get(behind.replace("&amp;", "&")).text
    assert f'href="{address(unled)}">No Lead Contact has this post: About otters<' in page
    assert "About otters" not in browser(mari).get(ALERTS).text
    assert "Elen Rowlands has" not in browser(elen).get(ALERTS).text

    browser(elen).get(address(old))
    give(mari, sian, Catering=LEAD)
    page = his.get(ALERTS).text
    assert "Elen Rowlands has" not in page
    assert "About otters" not in page


def test_alerts_take_no_more_questions_for_more_post(django_assert_max_num_queries):
    people = [made(a_place(f"person{number}@ysgol.example.org"), Finance=LEAD) for number in range(4)]
    made(people[0], Finance=LEAD, Catering=LEAD)
    for number in range(6):
        posted(f"Item {number}", "Finance", days=8 + number)
        posted(f"Without lead {number}", "Governance", days=8)
    his = browser(made(a_supervisor(), Finance=LEAD))
    his.get(ALERTS)
    with django_assert_max_num_queries(45):
        page = his.get(ALERTS).text
    assert page.count("Unread for over 7 days") == 6
    assert page.count("has 6 unread post items") == 4
