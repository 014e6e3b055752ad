"""The page of thresholds: what others would have done to decisions, and the use of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.authority import services as settings
from guildhall.foundation.authority.models import SettingChange
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.records.children import services as children
from guildhall.records.children.identity import Identity
from guildhall.records.linkage import queries, services, trying
from guildhall.records.linkage.models import Mention
from guildhall.records.linkage.outcomes import SHIPPED, Thresholds
from tests.standing import a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
PAGE = "administration:linkage"
MALI = Identity(
    forename="Mali",
    surname="Pritchard",
    born_on=date(2015, 3, 4),
    address_lines=("1 High Street", "Barry"),
    postcode="CF62 1AA",
)


@pytest.fixture
def carys(client: Client) -> Client:
    return come_in(client, an_administrator())


def reported(number: int, **changes) -> Mention:
    return services.report_mention(
        replace(MALI, **changes), said_by=None, source_kind="test", source_id=str(number), now=NOW
    )


def a_linked_an_added_and_a_matched() -> tuple[Mention, Mention, Mention]:
    officer = an_officer()
    child = children.add_child(MALI, by=officer, now=NOW)
    linked = reported(1)
    assert linked.state == "linked"
    # Nearly the same child, and a person says that it is another one.
    added = reported(2, born_on=date(2015, 4, 3), address_lines=(), postcode="")
    services.add_child_for(added, by=officer, now=NOW)
    matched = reported(3, forename="Malw", postcode="CF62 1AB", address_lines=())
    services.match_mention(
        matched,
        child=child,
        choices=dict.fromkeys(("forename", "postcode", "address"), "ours"),
        by=officer,
        now=NOW,
        confirmed=True,
    )
    return linked, added, matched


def tried(carys: Client, match="99", potential="85", low="5"):
    return carys.get(reverse(PAGE), {"match": match, "potential": potential, "low": low})


def test_thresholds_that_were_set_say_what_a_score_is_called_from_then_on():
    child = children.add_child(MALI, by=None, now=NOW)
    doubtful = {"forename": "Malw", "postcode": "", "address_lines": ()}
    assert 0.99 < queries.compare(replace(MALI, **doubtful), child).score.probability < 0.999
    assert reported(1, **doubtful).outcome == "match"
    use(match=99.9)
    assert reported(2, **doubtful).outcome == "potential"
    use(match=99.99, potential=99.9)
    assert reported(3, **doubtful).outcome == "low"
    assert queries.candidates_for(replace(MALI, **doubtful))[0].outcome == "low"


def use(**percents):
    given = {"match": 99.0, "potential": 85.0, "low": 5.0} | percents
    services.set_thresholds(given, seen=None, by=an_administrator(), now=NOW)


def test_other_thresholds_show_what_they_would_have_done_and_change_nothing(carys: Client):
    linked, added, matched = a_linked_an_added_and_a_matched()
    assert "No decisions have been made yet" not in tried(carys).text
    same = trying.try_thresholds(SHIPPED, SHIPPED, automatic=True)
    assert (same.decisions, sum(same.moved.values()), same.against) == (3, 0, [])
    assert same.now["linked"] == 1

    strict = trying.try_thresholds(SHIPPED, Thresholds(1.0, 0.999, 0.5), automatic=True)
    assert strict.then["linked"] == 0
    assert strict.moved["linked", "potential"] == 1

    page = tried(carys, match="99.99", potential="99", low="50")
    assert page.status_code == 200
    assert "Looked at the last 3 decisions" in page.text
    assert not SettingChange.objects.exists()
    assert {linked.pk, added.pk, matched.pk} == {d.mention_id for d in trying._newest()}


def test_a_decision_that_thresholds_contradict_is_named_with_its_score(carys: Client):
    _, added, matched = a_linked_an_added_and_a_matched()
    # The scores as they were kept: one that people refused, one that they matched.
    Mention.objects.filter(pk=added.pk).update(best_score=4.0, reasons=[], outcome="potential")
    Mention.objects.filter(pk=matched.pk).update(best_score=-3.0, reasons=[], outcome="low")

    found = trying.try_thresholds(SHIPPED, Thresholds(0.9, 0.5, 0.2), automatic=True)

    assert {(each.mention, each.how) for each in found.against} == {
        (added.pk, "linked"),
        (matched.pk, "missed"),
    }
    assert found.against_now == []
    assert trying.try_thresholds(SHIPPED, Thresholds(0.9, 0.5, 0.2), automatic=False).wrong("linked") == 0
    page = tried(carys, "90", "50", "20").text
    assert "the portal would have linked it; a person added a new record." in page
    assert "no record would have been shown; a person matched it." in page
    assert reverse("council:mention", args=[added.pk]) not in page, "administrators read no children"


def test_a_veto_stands_whatever_the_thresholds_say():
    _, added, _ = a_linked_an_added_and_a_matched()
    Mention.objects.filter(pk=added.pk).update(best_score=9.0, reasons=["upn"], outcome="potential")
    found = trying.try_thresholds(SHIPPED, Thresholds(0.9, 0.5, 0.05), automatic=True)
    assert found.wrong("linked") == 0


def test_a_link_by_machine_that_was_taken_back_counts_as_wrong():
    children.add_child(MALI, by=None, now=NOW)
    mention = reported(1)
    services.undo_decision(mention.decisions.get(), by=an_officer(), now=NOW)
    found = trying.try_thresholds(SHIPPED, Thresholds(1.0, 0.9, 0.05), automatic=True)
    assert (found.wrong_now("linked"), found.wrong("linked")) == (1, 0)


def save(carys: Client, match="99.5", potential="80", low="10", revision=None):
    seen = authority.revision_of(["matching.match_at", "matching.potential_at", "matching.low_at"])
    given = {"match": match, "potential": potential, "low": low}
    return carys.post(
        reverse("administration:linkage-save"), given | {"revision": seen if revision is None else revision}
    )


def test_thresholds_are_saved_with_history_and_put_back_together(carys: Client):
    assert save(carys).status_code == 302
    assert authority.kept_value("matching.match_at") == 99.5
    page = carys.get(reverse(PAGE)).text
    assert "Match: 99% became 99.5%; Potential match: 85% became 80%; Low confidence: 5% became 10%" in page

    change = SettingChange.objects.order_by("-pk").first()
    carys.post(reverse("administration:linkage-put-back", args=[change.pk]))

    assert [authority.kept_value(f"matching.{name}_at") for name in ("match", "potential", "low")] == [
        99.0,
        85.0,
        5.0,
    ]
    assert carys.post(reverse("administration:linkage-put-back", args=[10**9])).status_code == 404


@pytest.mark.parametrize(
    ("match", "potential", "low", "said"),
    [
        ("", "85", "5", "Match must be a number between 90 and 99.99"),
        ("nan", "85", "5", "Match must be a number"),
        ("1e9", "85", "5", "Match must be a number"),
        ("89", "85", "5", "Match must be a number"),
        ("99", "²", "5", "Potential match must be a number"),
        ("99", "99.5", "5", "Potential match must be lower than match"),
        ("99", "50", "50", "Potential match must be lower than match"),
        ("99", "85", "4.9", "Low confidence must be a number between 5 and 50"),
        ("9" * 5000, "85", "5", "Match must be a number"),
    ],
)
def test_a_wrong_threshold_is_named_and_what_was_typed_stays(carys: Client, match, potential, low, said):
    for page in (tried(carys, match, potential, low), save(carys, match, potential, low)):
        assert page.status_code == 422
        assert said in page.text
        assert f'value="{low}"' in page.text
    assert not SettingChange.objects.exists()


def test_a_percent_sign_and_a_comma_are_understood(carys: Client):
    save(carys, "99,9 %", "80%", " 5 ")
    assert authority.kept_value("matching.match_at") == 99.9


def test_whoever_saves_after_somebody_else_is_told(carys: Client):
    later = NOW + timedelta(hours=1)
    settings.change_setting("matching.match_at", value=98.0, by=None, now=later)
    page = save(carys, revision=0)
    assert page.status_code == 409
    assert "Somebody else changed the thresholds" in page.text
    assert save(carys, revision="x").status_code == 409


def test_only_who_tunes_matching_comes_in_and_the_page_speaks_welsh():
    for user in (an_officer(), a_parent()):
        assert come_in(Client(), user).get(reverse(PAGE)).status_code == 403
    assert come_in(Client(), an_administrator(), verified=False).get(reverse(PAGE)).status_code == 403
    welsh = an_administrator()
    welsh.language = "cy"
    welsh.save()
    assert "Trothwyon paru" in come_in(Client(), welsh).get(reverse(PAGE)).text


def test_a_trial_asks_as_many_questions_for_a_hundred_decisions_as_for_three(
    carys: Client, django_assert_max_num_queries
):
    a_linked_an_added_and_a_matched()
    tried(carys)
    for number in range(10, 40):
        reported(number)
    with django_assert_max_num_queries(16):
        tried(carys, "99.5")


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_outcome_has_one_name_on_every_page(language):
    """Welsh: paru is what is done, cyfatebiaeth what a comparison found."""
    for outcome in ("match", "potential", "low"):
        _are_one(language, f"administration.Linkage_At_{outcome}", f"matching.Outcome_{outcome}")
    for outcome in ("potential", "low", "many", "none", "error"):
        _are_one(language, f"administration.Linkage_Fate_{outcome}", f"matching.Outcome_{outcome}")


def _are_one(language: str, *names: str) -> None:
    assert len({catalogue()[name][language] for name in names}) == 1, names
