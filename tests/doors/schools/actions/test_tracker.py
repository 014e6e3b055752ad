"""The Action Tracker as people of a school and officers meet it."""

import io
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from guildhall.people.schoolsite.models import SiteEntry
from guildhall.work.actions import services
from guildhall.work.actions.models import Action
from guildhall.work.schoolcases.models import SchoolCase

from ....library import publish_library
from ....mail.post.scene import fresh
from ....people.membership.schools import a_supervisor
from ....people.responsibilities.scene import LEAD
from ....standing import an_officer, come_in
from ....work.actions.scene import DAY, due, elen, made, mari
from ..post.scene import browser, posted
from ..post.scene import made as responsible
from ..test_cases import raised

pytestmark = pytest.mark.django_db
LIST, COUNCIL = "/schools/actions/", "/council/school-actions/"


def today():
    return timezone.localdate()


def typed(**more):
    day = today() + 9 * DAY
    boxes = {f"due_on-{part}": getattr(day, part) for part in ("day", "month", "year")}
    plain = {"title": "Count the herons", "owner": elen().user_id, "source": "other", "key": str(uuid4())}
    return plain | boxes | more


def at(action, *more):
    return f"{LIST}{action.pk}/{'/'.join(more)}"


@pytest.mark.req("SC-088")
def test_an_action_is_made_given_noted_done_and_taken_back_and_its_history_tells_so():
    hers, page = browser(elen()), typed()
    assert browser(mari()).get(LIST).status_code == 200
    for _ in range(2):
        answer = hers.post(f"{LIST}new", page)
    action = Action.objects.get()
    assert answer.url == at(action)
    hers.post(at(action, "give"), {"owner": mari().user_id})
    hers.post(at(action, "note"), {"note": "Two at the ford.\nNone above.", "key": str(uuid4())})
    shown = hers.post(at(action, "move"), {"act": "done"}, follow=True).text
    assert 'value="reopen"' in shown
    hers.post(f"{LIST}several", {"act": "reopen", "pick": action.pk})
    text = hers.get(at(action)).text
    for words in ("Mari Rowlands", "Two at the ford.", "marked it as done", "opened it again"):
        assert words in text
    assert action.title in browser(mari()).get(LIST).text
    assert action.title not in hers.get(LIST).text
    assert action.title in hers.get(f"{LIST}?whose=all").text


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_made():
    answer = browser(elen()).post(f"{LIST}new", {"source": "visit"})
    assert answer.status_code == 422
    assert 'href="#title"' in answer.text
    assert 'href="#due_on"' in answer.text
    assert browser(elen()).post(f"{LIST}new", typed(source="visit")).status_code == 422
    assert browser(elen()).post(f"{LIST}new", typed(title="a\x00b")).status_code in {302, 400}
    assert Action.objects.count() <= 1


@pytest.mark.req("SC-088")
def test_from_a_post_item_in_one_click_and_shown_only_to_those_whom_the_item_reaches():
    lead, other = responsible(elen(), Finance=LEAD), mari()
    item = posted("Secret grant of herons", "Finance", sensitivity="controlled")
    link = f"{LIST}new?post={item.pk}"
    hers, theirs = browser(lead), browser(other)
    assert link in hers.get(f"/schools/post/{item.pk}/").text
    assert "Secret grant of herons" in hers.get(link).text
    assert theirs.get(link).status_code == 404
    refused = hers.post(link, typed(owner=other.user_id))
    assert refused.status_code == 422
    hers.post(link, typed(title="Ask for the grant"))
    action = Action.objects.get()
    assert (action.source, action.posting) == ("post", item)
    assert f"/schools/post/{item.pk}/" in hers.get(at(action)).text
    seen = theirs.get(f"{LIST}?whose=all").text
    assert "An action from post that you cannot see" in seen
    for words in ("Ask for the grant", "Secret grant", f"/schools/post/{item.pk}/", at(action)):
        assert words not in seen
    assert "grant" not in sheet(theirs.get(f"{LIST}export?whose=all"))[1][0].lower()
    shut = [
        theirs.get(at(action)),
        theirs.get(at(action, "change")),
        theirs.get(f"{LIST}new?copy={action.pk}"),
        theirs.post(at(action, "note"), {"note": "x"}),
        theirs.post(at(action, "move"), {"act": "done"}),
        theirs.post(at(action, "give"), {"owner": other.user_id}),
    ]
    assert {one.status_code for one in shut} == {404}
    theirs.post(f"{LIST}several", {"act": "done", "pick": action.pk})
    action.refresh_from_db()
    assert action.status == "open"


def sheet(answer):
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


@pytest.mark.req("SC-088")
def test_from_a_case_in_one_click():
    publish_library("PSC")
    _, case, _ = raised()
    hers, link = browser(elen()), f"{LIST}new?case={case.pk}"
    assert link in hers.get(f"/schools/cases/{case.pk}/").text
    hers.post(link, typed())
    assert Action.objects.get().case == SchoolCase.objects.get(pk=case.pk)
    assert case.reference in hers.get(LIST).text
    assert case.reference in hers.get(f"{LIST}?q={case.reference}").text


@pytest.mark.req("SC-088", "SC-071")
def test_overdue_and_given_actions_raise_alerts_until_they_are_done():
    now = timezone.now()
    late = due(today() - DAY, now=now - 20 * DAY, due_on=today())
    Action.objects.filter(pk=late.pk).update(title="Late herons", due_on=today() - DAY)
    given = made(mari(), now=now, title="Given herons", due_on=today() + DAY)
    hers, boss = browser(elen()), browser(fresh(a_supervisor()))
    alerts = hers.get("/schools/alerts/").text
    assert "Overdue action: Late herons" in alerts
    assert "Mari Rowlands gave you an action: Given herons" in alerts
    assert "Elen Rowlands has an overdue action: Late herons" in boss.get("/schools/alerts/").text
    assert "Late herons" not in browser(mari()).get("/schools/alerts/").text
    for one in (late, given):
        services.finish_action(one, place=elen(), now=now)
    assert "herons" not in hers.get("/schools/alerts/").text
    assert "herons" not in boss.get("/schools/alerts/").text


def test_who_was_overtaken_sees_what_it_says_now_and_saves_again():
    action = made(now=timezone.now(), due_on=today() + DAY)
    hers = browser(elen())
    page = typed(title="Count egrets", revision=1)
    browser(mari()).post(at(action, "change"), typed(title="Count storks", revision=1))
    overtaken = hers.post(at(action, "change"), page)
    assert overtaken.status_code == 422
    assert "Count storks" in overtaken.text
    assert "Count egrets" in overtaken.text
    assert 'name="revision" value="2"' in overtaken.text
    hers.post(at(action, "change"), page | {"revision": 2})
    action.refresh_from_db()
    assert action.title == "Count egrets"


def test_several_are_given_and_done_and_a_copy_begins_with_the_same_words():
    now = timezone.now()
    actions = [made(now=now, title=f"Heron {one}", due_on=today() + DAY) for one in "ABC"]
    hers, pick = browser(elen()), [one.pk for one in actions]
    hers.post(f"{LIST}several", {"act": "give", "pick": pick, "owner": mari().user_id, "query": "?whose=all"})
    assert set(Action.objects.values_list("owner", flat=True)) == {mari().user_id}
    done = hers.post(f"{LIST}several", {"act": "done", "pick": [*pick, "x"]}, follow=True)
    assert "Actions marked as done: 3" in done.text
    assert not Action.objects.exclude(status="done").exists()
    assert hers.post(f"{LIST}several", {"act": "burn", "pick": pick}).status_code == 404
    assert "Heron A" in hers.get(f"{LIST}new?copy={pick[0]}").text
    assert len(sheet(hers.get(f"{LIST}export?whose=all&state=done"))) == 4


def test_cancelling_takes_a_reason_that_is_shown():
    action = made(now=timezone.now(), due_on=today() + DAY)
    hers = browser(elen())
    assert hers.post(at(action, "cancel"), {"revision": 1}).status_code == 422
    hers.post(at(action, "cancel"), {"revision": 1, "reason": "The herons left."})
    assert "The herons left." in hers.get(at(action)).text


@pytest.mark.req("SC-088")
def test_an_officer_gives_a_school_an_action_and_sees_its_status_and_nothing_else():
    boss = fresh(a_supervisor())
    own = made(now=timezone.now(), title="Private herons", due_on=today() + DAY)
    council = come_in(Client(), an_officer())
    visit = {f"visited_on-{part}": getattr(today(), part) for part in ("day", "month", "year")}
    page = typed(title="Show the register", school=boss.school_id, **visit)
    assert council.post(f"{COUNCIL}new/", {}).status_code == 422
    for _ in range(2):
        council.post(f"{COUNCIL}new/", page)
    given = Action.objects.get(from_council=True)
    services.add_note(given, "Secret note", key=uuid4(), place=boss, now=timezone.now())
    browser(boss).post(at(given, "give"), {"owner": elen().user_id})
    browser(elen()).post(at(given, "move"), {"act": "start"})
    text = council.get(COUNCIL).text
    assert "Show the register" in text
    assert "In progress" in text
    for words in (own.title, "Secret note", "Elen Rowlands"):
        assert words not in text
    assert council.get(f"{COUNCIL}{own.pk}/cancel/").status_code == 404
    council.post(f"{COUNCIL}{given.pk}/cancel/", {"reason": "Not needed."})
    assert "Not needed." in browser(elen()).get(at(given)).text
    assert browser(elen()).get(at(given, "change")).status_code == 404


def test_the_home_page_the_menu_and_our_school_area_lead_to_the_tracker():
    made(now=timezone.now(), due_on=today() + DAY)
    hers = browser(elen())
    home = hers.get("/schools/").text
    assert f'href="{LIST}"' in home
    assert "1 to do" in home
    assert "My actions to do" in hers.get("/schools/area/").text


@pytest.mark.req("SC-120")
def test_the_guide_to_the_tracker_is_opened_from_its_pages():
    guide = SiteEntry.objects.get(kind="guide", screens=["actions"])
    assert f'href="/schools/pages/{guide.pk}/"' in browser(elen()).get(LIST).text.split("<h1")[0]


def test_a_list_asks_no_more_however_long_it_is(django_assert_max_num_queries):
    hers, now = browser(elen()), timezone.now()
    for one in range(12):
        made(now=now, title=f"Heron {one}", due_on=today() + DAY, source="visit", visited_on=today())
    hers.get(LIST)
    with django_assert_max_num_queries(26):
        hers.get(f"{LIST}?whose=all")
