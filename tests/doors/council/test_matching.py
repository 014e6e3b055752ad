"""The incoming children queue, as officers see it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Decision, Mention
from tests.records.some import a_child, a_mention
from tests.standing import (
    NOON,
    a_parent,
    a_safeguarding_officer,
    an_administrator,
    an_officer,
    come_in,
)
from tests.work.cases.scene import a_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_hand")]
MOVED = {"postcode": "KT1 1AA", "address_lines": ("3 High Street",)}


def _queue(client: Client, query: str = "") -> str:
    page = client.get(reverse("council:matching") + query)
    assert page.status_code == 200
    return page.content.decode()


def _page(client: Client, mention: Mention, query: str = "") -> str:
    page = client.get(reverse("council:mention", args=[mention.pk]) + query)
    assert page.status_code == 200
    return page.content.decode()


def _match(client: Client, mention: Mention, child: Child, **choices: str):
    data = {"child": child.pk, "version": mention.version, "do": "match"}
    return client.post(reverse("council:mention", args=[mention.pk]), data | choices)


@pytest.mark.req("SP-206")
def test_children_wait_with_the_outcome_and_the_reason_in_words(officer: Client):
    a_child()
    a_mention(**MOVED)
    page = _queue(officer)
    for words in (
        "Angharad Pugh",
        "4 March 2015",
        "Match",
        "What was written differs from the record.",
        "1 June 2026",
    ):
        assert words in page
    assert "1 waiting" in page


def test_the_form_is_named_but_not_a_safeguarding_form_to_another_team(officer: Client):
    a_case("send", matched="waiting")
    a_case("safeguarding", matched="waiting")
    page = _queue(officer)
    assert "Assessment Form" in page
    assert "Safeguarding Concern" not in page
    assert "A form for another team" in page
    come_in(officer, a_safeguarding_officer())
    assert "Safeguarding Concern" in _queue(officer)


def test_an_empty_queue_says_what_will_appear(officer: Client):
    assert "No children are waiting." in _queue(officer)
    assert "Remove the filters" in _queue(officer, "?state=rejected")


def test_the_queue_is_filtered_and_sorted_from_the_address(officer: Client):
    a_child()
    a_mention("1", forename="Zoe", surname="Zed", born_on=None, postcode="", address_lines=())
    a_mention("2")
    linkage.reject_mention(a_mention("3", forename="Gwen"), by=an_officer(), now=NOON)
    assert "Gwen" not in re.sub(r"(?s)id=.last.*", "", _queue(officer))
    assert "Gwen Pugh" in _queue(officer, "?state=rejected")
    only_none = _queue(officer, "?outcome=none")
    assert "Zoe Zed" in only_none
    assert "Angharad Pugh" not in only_none
    by_name = _queue(officer, "?sort=-child")
    assert by_name.index("Zoe Zed") < by_name.index("Angharad Pugh")
    assert 'aria-sort="descending"' in by_name


@pytest.mark.parametrize(
    "query", ["?state=x&outcome=y&sort=z&page=-9&size=7", "?page=99999999999999999999", "?sort=-"]
)
def test_any_address_gives_a_list(officer: Client, query: str):
    a_mention()
    assert "Angharad Pugh" in _queue(officer, query)


@pytest.mark.req("SP-215")
def test_likely_records_are_proposed_best_first(officer: Client):
    best, twin = a_child(), a_child(forename="Alys")
    page = _page(officer, a_mention())
    assert page.index(best.reference) < page.index(twin.reference)
    assert "Very likely the same child" in page
    assert f"Match with {best.name}" in page


@pytest.mark.req("GH-013")
def test_a_twin_is_shown_as_a_sibling_alert(officer: Client):
    twin = a_child(forename="Alys")
    mention = a_mention()
    assert mention.state == "waiting"
    page = _page(officer, mention)
    assert f"Sibling alert: {twin.name} has the same date of birth and home but another first name." in page
    assert "I have looked at everything that differs" in page


def test_that_no_record_was_like_a_child_is_not_said_of_a_record_that_came_since(officer: Client):
    mention = a_mention()
    assert "No record is like this child." in _page(officer, mention)
    a_child()
    page = _page(officer, mention)
    assert "No record is like this child." not in page
    assert "No record was like this child when the form came in." in page


@pytest.mark.req("SP-214")
def test_what_was_written_and_the_record_stand_side_by_side_with_a_choice_for_each_conflict(officer: Client):
    child = a_child()
    page = _page(officer, a_mention(surname="Morgan", **MOVED))
    for words in (
        "What was written",
        "Our record",
        "Keep ours: Pugh",
        "Take theirs: Morgan",
        "Keep both: Morgan as well",
        "Keep ours: 12 Mill Lane, Guildford, GU1 4AB",
        "Take theirs: 3 High Street, KT1 1AA",
    ):
        assert words in page
    assert page.count('class="gh-compare__differs"') == 3
    assert child.reference in page


@pytest.mark.req("GH-015")
def test_the_score_is_explained_in_words_in_a_chart_and_in_a_table(officer: Client):
    a_child()
    page = _page(officer, a_mention(forename="Angharat"))
    assert "Spelt nearly the same" in page
    chart = re.search(
        r"(?s)<svg role=\"img\" aria-labelledby=\"waterfall-title waterfall-desc\".*?</svg>", page
    )
    assert chart
    assert "<title" in chart[0] and "<desc" in chart[0]
    assert chart[0].count("<rect") == 7
    table = page[chart.end() :]
    assert "+4.5" in table
    assert "Any two children" in table and "−14.0" in table


@pytest.mark.req("SP-211", "SP-213", "SP-214", "SP-205")
def test_an_officer_matches_resolves_the_conflict_and_the_next_child_opens(officer: Client):
    child = a_child()
    mention, following = a_mention("1", surname="Morgan"), a_mention("2", forename="Gwen")

    answer = _match(officer, mention, child, **{"choice-surname": "both"})

    assert answer.url == reverse("council:mention", args=[following.pk])
    child.refresh_from_db()
    mention.refresh_from_db()
    assert (mention.state, mention.child, mention.settled_by) == ("linked", child, an_officer())
    assert child.other_names[0]["surname"] == "Morgan"
    banner = officer.get(answer.url).content.decode()
    assert "Angharad Morgan was matched with Angharad Pugh" in banner
    assert reverse("council:undo", args=[Decision.objects.get().pk]) in banner


@pytest.mark.req("SP-214")
def test_a_conflict_without_a_choice_is_said_beside_the_field_and_nothing_is_lost(officer: Client):
    child = a_child()
    mention = a_mention(surname="Morgan", **MOVED)

    answer = _match(officer, mention, child, **{"choice-surname": "theirs"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#choice-address">Choose which address to keep</a>' in page
    assert "<title>Error:" in page
    assert re.search(r'name="choice-surname"[^>]*value="theirs"[^>]*checked', page)
    assert not Decision.objects.exists()


def test_many_differences_are_confirmed_first(officer: Client):
    child = a_child()
    mention = a_mention(surname="Morgan", gender="male", **MOVED)
    choices = {"choice-surname": "ours", "choice-gender": "ours", "choice-address": "ours"}
    assert 'name="confirmed"' in _page(officer, mention, f"?child={child.pk}")
    answer = _match(officer, mention, child, **choices)
    assert answer.status_code == 422
    assert "Tick the box to say that this is Angharad Pugh" in answer.content.decode()
    assert _match(officer, mention, child, **choices, confirmed="yes").status_code == 302


@pytest.mark.req("SP-210")
def test_a_new_child_is_added_after_being_asked_once_more(officer: Client):
    likely = a_child()
    mention = a_mention(**MOVED)
    sure = reverse("council:mention-sure", args=[mention.pk, "add"])
    page = officer.get(sure).content.decode()
    assert "Add Angharad Pugh as a new child?" in page
    assert "These records may be the same child" in page
    assert Child.objects.count() == 1

    answer = officer.post(sure, {"version": mention.version})

    assert answer.url == reverse("council:matching")
    mention.refresh_from_db()
    assert mention.state == "added"
    assert mention.child != likely
    assert "was added as a new child" in _queue(officer)


@pytest.mark.req("SP-212")
def test_a_child_is_rejected_with_a_reason_after_being_asked_once_more(officer: Client):
    mention = a_mention()
    sure = reverse("council:mention-sure", args=[mention.pk, "reject"])
    assert "Reject Angharad Pugh?" in officer.get(sure).content.decode()
    officer.post(sure, {"version": mention.version, "reason": "<b>Lives elsewhere</b>"})
    mention.refresh_from_db()
    assert mention.state == "rejected"
    assert "&lt;b&gt;Lives elsewhere&lt;/b&gt;" in _page(officer, mention)


@pytest.mark.req("GH-016")
def test_a_decision_is_undone_from_the_banner_and_the_history(officer: Client):
    child = a_child()
    mention = a_mention()
    _match(officer, mention, child)
    decision = Decision.objects.get()
    assert reverse("council:undo", args=[decision.pk]) in _page(officer, mention)

    answer = officer.post(reverse("council:undo", args=[decision.pk]), follow=True)

    mention.refresh_from_db()
    assert mention.state == "waiting"
    page = answer.content.decode()
    assert "Undone. Angharad Pugh is as before." in page
    assert f"Undone by {an_officer()}" in page
    again = officer.post(reverse("council:undo", args=[decision.pk]), follow=True).content.decode()
    assert "has already undone this" in again


def test_a_settled_child_is_put_back(officer: Client):
    child = a_child()
    mention = a_mention()
    _match(officer, mention, child)
    page = _page(officer, mention)
    assert "Match with" not in page
    assert reverse("council:child", args=[child.pk]) in page
    officer.post(reverse("council:mention-sure", args=[mention.pk, "return"]))
    mention.refresh_from_db()
    assert mention.state == "waiting"


def test_a_child_put_back_into_the_queue_is_not_counted_as_settled(officer: Client):
    mention = a_mention()
    officer.post(reverse("council:mention-sure", args=[mention.pk, "reject"]), {"version": mention.version})
    assert "You have settled 1 today" in _queue(officer)
    officer.post(reverse("council:mention-sure", args=[mention.pk, "return"]))
    officer.post(reverse("council:mention-sure", args=[mention.pk, "add"]))
    assert "0 waiting. You have settled 2 today" in _queue(officer)


def test_the_second_officer_with_the_same_page_is_refused_and_told(officer: Client):
    child = a_child()
    mention = a_mention()
    linkage.reject_mention(mention, by=a_safeguarding_officer(forename="Mair", surname="Rees"), now=NOON)
    mention.version = 0
    for answer in (
        _match(officer, mention, child),
        officer.post(reverse("council:mention-sure", args=[mention.pk, "add"]), {"version": 0}),
    ):
        assert answer.status_code == 422
        assert "Mair Rees has already decided about this child" in answer.content.decode()
    assert Decision.objects.count() == 1


def test_a_record_found_by_hand_can_be_compared_and_matched(officer: Client):
    other = a_child(forename="Tomos", surname="Rees", born_on=None, postcode="KT1 1AA", address_lines=())
    mention = a_mention()
    found = _page(officer, mention, "?q=tomos+rees")
    assert f"?child={other.pk}#compare" in found
    page = _page(officer, mention, f"?child={other.pk}")
    assert "Match with Tomos Rees" in page
    assert "Most likely not the same child as Tomos Rees." in page


def test_a_restricted_address_is_hidden_from_all_but_safeguarding(officer: Client):
    child = a_child()
    children.change_child(child, changes={"restricted": True}, by=an_officer(), now=NOON)
    mention = a_mention(**MOVED)
    page = _page(officer, mention)
    assert "12 Mill Lane" not in page and "GU1 4AB" not in page
    assert "Hidden: the address is restricted" in page
    come_in(officer, a_safeguarding_officer())
    assert "12 Mill Lane" in _page(officer, mention)


@pytest.mark.parametrize("stranger", [a_parent, an_administrator])
def test_nobody_else_comes_in(client: Client, stranger):
    mention = a_mention()
    come_in(client, stranger())
    for name, args in (("matching", []), ("mention", [mention.pk]), ("mention-sure", [mention.pk, "add"])):
        assert client.get(reverse(f"council:{name}", args=args)).status_code == 403


def test_an_officer_without_the_second_step_sees_no_child(client: Client):
    mention = a_mention()
    come_in(client, an_officer(), verified=False)
    answer = client.get(reverse("council:mention", args=[mention.pk]))
    assert answer.status_code == 403
    assert "Angharad" not in answer.content.decode()


@pytest.mark.req("GH-046")
def test_every_look_is_recorded(officer: Client):
    child = a_child()
    mention = a_mention()
    _queue(officer)
    _page(officer, mention)
    looks = list(Audited.objects.filter(verb="child.viewed").order_by("pk"))
    assert [look.detail["surface"] for look in looks] == ["list", "page"]
    assert looks[1].child_id == child.pk
    assert looks[1].by_id == an_officer().pk


@pytest.mark.parametrize("address", ["matching/404/", "matching/1/approve/", "matching/404/add/"])
def test_what_is_not_there_is_not_found(officer: Client, address: str):
    a_mention()
    assert officer.get(f"/council/{address}").status_code == 404


@pytest.mark.parametrize("data", [{}, {"child": "x"}, {"child": "9" * 40}, {"child": "404", "version": "-1"}])
def test_a_post_that_makes_no_sense_changes_nothing(officer: Client, data: dict):
    mention = a_mention()
    assert officer.post(reverse("council:mention", args=[mention.pk]), data).status_code == 404
    assert officer.get(reverse("council:undo", args=[1])).status_code == 405
    assert officer.post(reverse("council:undo", args=[404])).status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize("child", ["", "x", "-1", "9" * 40, "٣"])
def test_any_candidate_in_the_address_gives_a_page(officer: Client, child: str):
    assert "Angharad Pugh" in _page(officer, a_mention(), f"?child={child}")


def test_a_child_without_a_name_is_shown_as_such(officer: Client):
    mention = a_mention(forename="", surname="", born_on=None)
    assert "No name given" in _queue(officer)
    page = _page(officer, mention)
    assert "No name given" in page and "Could not compare" in page


def test_hostile_words_are_only_words(officer: Client):
    a_child(surname="<script>alert(1)</script>")
    mention = a_mention(surname="<script>alert(1)</script>", known_as="{{ 7 }}")
    page = _queue(officer) + _page(officer, mention)
    assert "<script>alert(1)" not in page


def test_the_pages_speak_welsh(officer: Client):
    a_child()
    mention = a_mention(surname="Morgan")
    officer.cookies["language"] = "cy"
    an_officer().language = "cy"
    user = an_officer()
    user.language = "cy"
    user.save()
    assert "Pam mae’n aros" in _queue(officer)
    page = _page(officer, mention)
    assert "Paru â Angharad Pugh" in page
    assert "Cadw’n un ni: Pugh" in page


def _queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_queue_costs_the_same_for_10_and_200_children(officer: Client):
    rows = iter(range(1000, 2000))

    def _wait(count: int) -> None:
        Mention.objects.bulk_create(
            Mention(
                identity={"forename": f"Gwen{number}"},
                name=f"Gwen{number}",
                source_kind="submission",
                source_id=str(number),
                reported_at=NOON,
            )
            for number in (next(rows) for _ in range(count))
        )

    _wait(10)
    few = _queries_of(officer, reverse("council:matching") + "?size=100")
    _wait(190)
    assert _queries_of(officer, reverse("council:matching") + "?size=100") == few


@pytest.mark.req("GH-016")
def test_undoing_what_was_changed_since_asks_what_stays(officer: Client):
    child, mention = a_child(), a_mention(surname="Morgan")
    decision = linkage.match_mention(
        mention, child=child, choices={"surname": "theirs"}, by=an_officer(), now=NOON
    )
    children.change_child(child, changes={"surname": "Bevan"}, by=an_officer(), now=NOON)
    asked = officer.post(reverse("council:undo", args=[decision.pk]) + "?sort=child", follow=True)
    assert asked.redirect_chain == [(reverse("council:undo-since", args=[decision.pk]) + "?sort=child", 302)]
    assert [(each.label, each.value) for each in asked.context["changed"]] == [("Surname", "now")]
    decision.refresh_from_db()
    assert decision.undone_at is None

    answer = officer.post(asked.redirect_chain[0][0], {"stays-surname": "before"})

    child.refresh_from_db()
    assert (child.surname, Mention.objects.get().state) == ("Pugh", "waiting")
    assert answer.url == reverse("council:mention", args=[mention.pk]) + "?sort=child"
    assert "Undone by" in officer.get(reverse("council:undo-since", args=[decision.pk])).content.decode()


def test_a_doubtful_decision_and_an_addition_are_confirmed_by_keys(officer: Client):
    a_child(), a_child(forename="Gwenllian", postcode="GU1 4QQ")
    mention = a_mention(forename="Gwenlian", surname="Morgan")
    page = officer.get(reverse("council:mention", args=[mention.pk]))
    words = page.content.decode()
    assert len(page.context["candidates"]) == 2
    assert f'child={page.context["candidates"][1].child.pk}#compare" data-key="n"' in words
    assert 'data-key="c" data-module="govuk-checkboxes"' in words
    sure = officer.get(reverse("council:mention-sure", args=[mention.pk, "add"])).content.decode()
    assert "data-queue" in sure
    assert 'data-key="y"' in sure
    assert 'data-key="n"' in sure
