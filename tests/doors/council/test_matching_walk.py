"""Going through the queue child by child, in the officer's own filters and order."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Decision, Mention
from guildhall.records.linkage.order import Order
from tests.records.some import a_child, a_mention
from tests.standing import NOON, an_officer
from tests.work.cases.scene import a_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_hand")]


def _four() -> dict[str, Mention]:
    """Four who wait; in the order in which they came: Gwen, Bedwyr, Dilwen, Anwen, who has no birthday."""
    days = {"Gwen": date(2014, 1, 1), "Bedwyr": date(2012, 1, 1), "Dilwen": date(2014, 1, 1), "Anwen": None}
    return {
        name: a_mention(
            str(number), forename=name, surname="Ellis", born_on=born, now=NOON + timedelta(minutes=number)
        )
        for number, (name, born) in enumerate(days.items())
    }


def _reject(client: Client, mention: Mention, query: str = ""):
    address = reverse("council:mention-sure", args=[mention.pk, "reject"])
    return client.post(address + query, {"version": mention.version})


def test_deciding_leads_through_the_officers_own_order_to_the_end(officer: Client):
    four = _four()
    query, walked = "?sort=-child", [four["Gwen"]]
    while (answer := _reject(officer, walked[-1], query)).url != reverse("council:matching") + query:
        number, _, kept = answer.url.removeprefix("/council/matching/").partition("/")
        assert kept == query
        walked.append(Mention.objects.get(pk=number))
    assert [mention.name.split()[0] for mention in walked] == ["Gwen", "Dilwen", "Bedwyr", "Anwen"]


def test_a_filter_keeps_the_others_out_of_the_way(officer: Client):
    four = _four()
    query = "?outcome=none"
    Mention.objects.filter(pk__in=[four["Gwen"].pk, four["Dilwen"].pk]).update(outcome="many")
    answer = _reject(officer, four["Bedwyr"], query)
    assert answer.url == reverse("council:mention", args=[four["Anwen"].pk]) + query
    assert "Gwen Ellis" not in officer.get(answer.url).content.decode().split("gh-queue__list")[1]


def test_skip_and_back_say_what_is_left_and_decide_nothing(officer: Client):
    four = _four()
    page = officer.get(reverse("council:mention", args=[four["Bedwyr"].pk]))
    words = page.content.decode()
    assert page.context["skip"] == reverse("council:mention", args=[four["Dilwen"].pk])
    assert page.context["back"] == reverse("council:mention", args=[four["Gwen"].pk])
    assert "Others in your list: 3." in words
    assert f'href="{page.context["skip"]}" data-key="s"' in words
    assert f'href="{page.context["back"]}" data-key="b"' in words
    first = officer.get(page.context["back"])
    assert first.context["back"] == ""
    last = officer.get(reverse("council:mention", args=[four["Anwen"].pk]))
    assert last.context["skip"] == reverse("council:mention", args=[four["Gwen"].pk])
    assert not Decision.objects.exists()


def test_the_next_page_offers_to_undo_the_last_decision_also_after_it_was_left(officer: Client):
    four = _four()
    answer = _reject(officer, four["Gwen"], "?sort=child")
    undo = reverse("council:undo", args=[Decision.objects.get().pk]) + "?sort=child"
    assert undo in officer.get(answer.url).content.decode()
    again = officer.get(answer.url).content.decode()
    assert undo in again and "Your last decision: Gwen Ellis was rejected." in again

    back = officer.post(undo)

    assert back.url == reverse("council:mention", args=[four["Gwen"].pk]) + "?sort=child"
    four["Gwen"].refresh_from_db()
    assert four["Gwen"].state == "waiting"


@pytest.mark.parametrize("which", ["theirs", "ours"])
def test_one_press_chooses_for_every_field(officer: Client, which: str):
    child = a_child()
    mention = a_mention(surname="Morgan", postcode="KT1 1AA", address_lines=("3 High Street",))
    address = reverse("council:mention", args=[mention.pk]) + f"?child={child.pk}&all={which}"
    page = officer.get(address)
    assert {choice["value"] for choice in page.context["choices"]} == {which}
    assert f"&amp;all={which}#choices" in page.content.decode()


@pytest.mark.parametrize("query", ["?state=x&outcome=y&sort=z", "?sort=--child", "?state=all&sort=-born"])
def test_an_address_that_makes_no_sense_walks_the_plain_queue(officer: Client, query: str):
    four = _four()
    assert officer.get(reverse("council:mention", args=[four["Gwen"].pk]) + query).status_code == 200


@pytest.mark.parametrize("column", ["name", "born_on", "reported_at", "outcome"])
@pytest.mark.parametrize("descending", [False, True])
def test_before_and_after_agree_with_the_list_whatever_it_is_sorted_by(column: str, *, descending: bool):
    four = _four()
    order = Order(column, descending=descending)
    rows = Mention.objects.all()
    listed = list(order.of(rows))
    assert len(listed) == len(four)
    for place, mention in enumerate(listed):
        assert list(order.after(rows, mention)) == listed[place + 1 :]
        assert list(order.before(rows, mention)) == listed[:place][::-1]


@pytest.mark.req("SP-206")
def test_a_child_is_found_in_the_list_by_name_birthday_or_reference(officer: Client):
    case = a_case("send", matched="waiting")
    four, linked = _four(), a_child(forename="Héloïse", surname="Ap Rhys")
    decided = a_mention("99", forename="Héloïse", surname="Ap Rhys")
    linkage.match_mention(decided, child=linked, choices={}, by=an_officer(), now=NOON, confirmed=True)

    def _names(query: str) -> list[str]:
        page = officer.get(reverse("council:matching") + query)
        return [row.mention.name for row in page.context["page"]]

    assert _names("?find=gwén") == [four["Gwen"].name]
    assert _names("?find=ellis+1/1/2014&sort=-child") == ["Gwen Ellis", "Dilwen Ellis"]
    assert _names(f"?find={case.reference.lower()}") == [case.mention.name]
    assert _names("?find=heloise") == []
    assert _names("?find=heloise&state=all") == ["Héloïse Ap Rhys"]
    assert _names(f"?find={linked.reference}&state=all") == ["Héloïse Ap Rhys"]
    nothing = officer.get(reverse("council:matching") + "?find=heloise").content.decode()
    assert "No child in this list was written with “heloise”." in nothing
    assert "You are looking for “heloise”." in nothing
    assert "Found with" not in nothing
    assert "?find=heloise&amp;state=all" in nothing


def test_deciding_goes_on_among_those_who_were_looked_for(officer: Client):
    four, query = _four(), "?find=1+January+2014"
    page = officer.get(reverse("council:matching") + query)
    assert 'value="1 January 2014"' in page.content.decode()
    assert page.context["page"].total == 2
    kept = "?find=1+January+2014"
    answer = _reject(officer, four["Gwen"], query)
    assert answer.url == reverse("council:mention", args=[four["Dilwen"].pk]) + kept
    assert _reject(officer, four["Dilwen"], query).url == reverse("council:matching") + kept


def test_a_form_of_another_team_is_not_found_by_its_reference(officer: Client):
    case = a_case("safeguarding", matched="waiting")
    page = officer.get(reverse("council:matching") + f"?find={case.reference}")
    assert page.context["page"].total == 0


def test_a_child_who_came_without_a_form_says_so(officer: Client):
    _four()
    assert officer.get(reverse("council:matching")).content.decode().count("Not from a form") == 4
