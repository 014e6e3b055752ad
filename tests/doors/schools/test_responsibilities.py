"""Change User Responsibilities, School Overview and Alerts, as people at a school meet them."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities.models import ChangeRequest, Opinion

from ...people.membership.schools import (
    a_place,
    a_school_administrator,
    a_supervisor,
    another_school,
    given,
    holder,
)
from ...people.responsibilities.scene import INTERESTED, LEAD, ask, give, held, the
from ...standing import NOON, come_in

pytestmark = pytest.mark.django_db
OWN, ALERTS, OVERVIEW = (
    "/schools/responsibilities/",
    "/schools/alerts/",
    "/schools/account-management/overview",
)


def browser(place):
    return come_in(Client(), place.user)


def address_of(place):
    return f"/schools/account-management/{place.pk}/responsibilities"


@pytest.mark.req("SC-041", "SC-045")
def test_somebody_ticks_what_they_would_like_and_gets_it_when_a_supervisor_approves():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Catering=LEAD)
    hers, his = browser(elen), browser(sian)
    assert OWN in hers.get("/account/").text
    assert f'value="{the("Catering").pk}" checked' in hers.get(OWN).text

    assert hers.post(OWN, {"wanted": [the("Finance").pk]}).url == OWN
    assert held(elen) == {"Catering": LEAD}
    page = hers.get(OWN).text
    assert "Your request waits for a decision" in page
    assert "You have asked to give this up." in page

    [asked] = ChangeRequest.objects.all()
    address = f"/schools/responsibilities/requests/{asked.pk}"
    assert address in his.get(ALERTS).text
    finance, catering = (asked.wishes.get(responsibility=the(name)).pk for name in ("Finance", "Catering"))
    wrong = his.post(address, {f"wish-{finance}": "lead", f"wish-{catering}": "no"})
    assert wrong.status_code == 422
    assert "because you do not approve all of it" in wrong.text
    answer = {f"wish-{finance}": "lead", f"wish-{catering}": "no", "reason": "Nobody else can."}
    assert his.post(address, answer).url == ALERTS
    assert held(elen) == {"Catering": LEAD, "Finance": LEAD}
    assert his.get(address).status_code == 404
    assert address not in his.get(ALERTS).text
    assert "Nobody else can." in hers.get(ALERTS).text


@pytest.mark.req("SC-045", "SC-048")
def test_an_interested_party_asks_to_become_lead_contact_and_the_supervisor_sees_the_wish():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=INTERESTED)
    hers, his, finance = browser(elen), browser(sian), the("Finance").pk
    kept = r'name="level-%s" type="radio" value="%s" checked'
    assert re.search(kept % (finance, INTERESTED), hers.get(OWN).text)
    same = hers.post(OWN, {"wanted": [finance], f"level-{finance}": "nonsense"})
    assert (same.status_code, ChangeRequest.objects.count()) == (422, 0)
    assert hers.post(OWN, {"wanted": [finance], f"level-{finance}": LEAD}).url == OWN
    assert "Finance (Lead Contact)" in hers.get(OWN).text
    asked = ChangeRequest.objects.get()
    address, wish = f"/schools/responsibilities/requests/{asked.pk}", asked.wishes.get()
    page = his.get(address).text
    assert "Would like to have this as Lead Contact" in page
    choices = re.findall(rf'name="wish-{wish.pk}" type="radio" value="(\w+)"', page)
    assert choices == ["lead", "no"], "what she has is no answer"
    assert his.post(address, {f"wish-{wish.pk}": LEAD}).url == ALERTS
    assert held(elen) == {"Finance": LEAD}


def test_asking_for_nothing_says_so_and_a_request_is_taken_back():
    a_supervisor()
    elen = a_place("elen@ysgol.example.org")
    hers = browser(elen)
    wrong = hers.post(OWN, {"wanted": ["x", "9" * 30]})
    assert (wrong.status_code, "You have changed nothing" in wrong.text) == (422, True)
    hers.post(OWN, {"wanted": [the("Finance").pk]})
    for _ in range(2):
        assert hers.post(OWN, {"act": "withdraw"}).url == OWN
    assert ChangeRequest.objects.get().outcome == "withdrawn"


@pytest.mark.req("SC-046", "SC-048", "SC-049")
def test_a_supervisor_chooses_levels_and_is_advised_at_a_third_lead_contact():
    sian = a_supervisor()
    people = [a_place(f"person{number}@ysgol.example.org") for number in range(3)]
    his, finance = browser(sian), the("Finance")
    for number, place in enumerate(people):
        page = his.get(address_of(place))
        assert page.status_code == 200
        sent = {
            "seen": "",
            f"level-{finance.pk}": "lead",
            "level-987": "lead",
            f"level-{the('Catering').pk}": "x",
        }
        done = his.post(address_of(place), sent, follow=True).text
        assert ("Finance now has more than 2 Lead Contacts" in done) is (number == 2)
        assert held(place) == {"Finance": LEAD}
    stale = his.post(address_of(people[0]), {"seen": ""})
    assert (stale.status_code, held(people[0])) == (422, {"Finance": LEAD})


@pytest.mark.req("SC-054")
def test_a_supervisor_asks_the_other_one_about_their_own_and_decides_when_alone():
    sian = a_supervisor()
    his = browser(sian)
    assert his.get(OWN).url == address_of(sian)
    assert his.get(address_of(sian)).status_code == 200
    gwen = a_supervisor("gwen@ysgol.example.org")
    assert his.get(address_of(sian)).url == OWN
    his.post(OWN, {"wanted": [the("Finance").pk]})
    [asked] = ChangeRequest.objects.all()
    address = f"/schools/responsibilities/requests/{asked.pk}"
    assert his.get(address).status_code == 404
    assert browser(gwen).get(address).status_code == 200


def test_who_may_not_open_what():
    a_supervisor()
    elen, bryn = a_place("elen@ysgol.example.org"), a_school_administrator()
    far = a_supervisor("far@ysgol.example.org", another_school())
    asked = ask(elen, "Finance")
    address = f"/schools/responsibilities/requests/{asked.pk}"
    for who, status in ((elen, 403), (bryn, 403), (far, 404)):
        theirs = browser(who)
        assert theirs.post(address, {}).status_code == status
        assert theirs.post(address_of(elen), {}).status_code == status
    assert held(elen) == {}


@pytest.mark.req("SC-050")
def test_the_overview_shows_who_has_what_and_can_be_printed(client):
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=LEAD, Catering=INTERESTED)
    home = come_in(client, elen.user).get("/schools/").text
    for link in (OWN, ALERTS, OVERVIEW):
        assert f'href="{link}"' in home
    page = client.get(OVERVIEW).text
    row = page.split("Finance</th>")[1].split("</tr>")[0]
    assert ("Elen Rowlands" in row, "No Lead Contact" in row) == (True, False)
    row = page.split("Catering</th>")[1].split("</tr>")[0]
    assert ("Elen Rowlands" in row, "No Lead Contact" in row) == (True, True)
    assert f'href="{OVERVIEW}" aria-current="page"' in page
    assert address_of(elen) not in page, "only supervisors change them"
    assert client.get(f"{OVERVIEW}/pdf").content.startswith(b"%PDF")


@pytest.mark.req("SC-051")
def test_everybody_reads_which_systems_a_responsibility_opens(client):
    page = client.get("/schools/responsibilities/areas").text
    assert "Areas of Responsibility (Post Categories)" in page
    assert "Free School Meals" in page.split("Catering</th>")[1].split("</tr>")[0]
    assert client.get("/schools/responsibilities/areas/pdf").content.startswith(b"%PDF")


def test_alerts_tell_of_changes_until_their_reader_has_seen_them():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=LEAD, Catering=INTERESTED)
    hers = browser(elen)
    page = hers.get(ALERTS).text
    assert "You are now Lead Contact for Finance" in page
    assert "You are now Interested Party for Catering" in page
    change = queries.changes_of(elen)[0]
    hers.post(ALERTS, {"seen": f"change-{change.pk}"})
    assert hers.get(ALERTS).text.count('class="gh-alert"') == 1
    hers.post(ALERTS, {"seen": "all"})
    assert "You have no alerts" in hers.get(ALERTS).text
    give(elen, sian)
    assert "You are no longer responsible for Finance" in hers.get(ALERTS).text


def test_supervisors_get_alerts_of_users_whom_somebody_else_added_or_removed(django_assert_max_num_queries):
    sian, gwen = a_supervisor(), a_supervisor("gwen@ysgol.example.org")
    elen = a_place("elen@ysgol.example.org")
    acting = {"holder": holder(gwen), "by": gwen.user, "now": timezone.now()}
    [mair] = membership.add_person(given("mair@ysgol.example.org", sian.school), **acting)
    membership.remove_person(elen, **acting)
    his = browser(sian)
    with django_assert_max_num_queries(40):  # one or two of each kind of alert, however many there are
        page = his.get(ALERTS).text
    assert "Elen Rowlands was removed" in page
    assert "Mair Rowlands was added" in page
    assert f'href="/schools/account-management/{mair.pk}/"' in page
    assert "Mair Rowlands" not in browser(gwen).get(ALERTS).text, "she did it herself"
    bryn = a_school_administrator()
    assert "Mair Rowlands" not in browser(bryn).get(ALERTS).text, "only supervisors are told"


@pytest.mark.req("SC-052")
def test_a_school_proposes_a_responsibility_and_another_head_answers():
    elen = a_place("elen@ysgol.example.org")
    head = a_place("head@ysgol.example.org", another_school(), kind=SchoolPlace.Kind.HEADTEACHER)
    hers, theirs, new = browser(elen), browser(head), "/schools/responsibilities/new"
    wrong = hers.post(new, {"name": "Forest School", "why": ""})
    assert (wrong.status_code, 'value="Forest School"' in wrong.text) == (422, True)
    hers.post(new, {"name": "Forest School", "why": "We all do it."})
    [proposal] = queries.proposals()
    opinion = Opinion.objects.create(proposal=proposal, school=head.school)
    proposal.consulted_at = NOON
    proposal.save()

    address = f"/schools/responsibilities/consultations/{opinion.pk}"
    assert address in theirs.get(ALERTS).text
    assert hers.get(address).status_code == 404
    for sent in ({}, {"view": "object"}):
        assert theirs.post(address, sent).status_code == 422
    assert theirs.post(address, {"view": "object", "words": "Too narrow."}).url == ALERTS
    opinion.refresh_from_db()
    assert (opinion.agrees, opinion.words) == (False, "Too narrow.")
    assert address not in theirs.get(ALERTS).text
