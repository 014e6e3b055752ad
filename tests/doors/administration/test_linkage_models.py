"""The pages of weights: a person compares two versions and puts one to use."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.audit.models import Entry
from guildhall.records.children import services as children
from guildhall.records.children.identity import Identity
from guildhall.records.linkage import queries, services
from guildhall.records.linkage.bulk.models import Activation, TrainedModel
from guildhall.records.linkage.model import first_model
from tests.standing import a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
LIST = "administration:linkage-models"
MALI = Identity(
    forename="Mali",
    surname="Pritchard",
    born_on=date(2015, 3, 4),
    address_lines=("1 High Street", "Barry"),
    postcode="CF62 1AA",
)
UNSEEN = {"m": None, "u": None, "shipped": -4.5, "trained": -4.0}
SEEN = {"m": 0.8125, "u": 0.00012345, "shipped": 9.0, "trained": 8.4}


@pytest.fixture
def carys(client: Client) -> Client:
    return come_in(client, an_administrator())


def kept(number: int = 1, **changes) -> TrainedModel:
    weights = replace(first_model(), version=f"trained-{number}", **changes)
    return TrainedModel.objects.create(
        number=number,
        weights=weights.as_json(),
        digest=hashlib.sha256(repr(weights).encode()).hexdigest(),
        engine="Splink on DuckDB",
        trained_on={"records": 1_200, "mentions": 34},
        diagnostics={
            "rules": [{"rule": "x", "parts": ["surname"], "pairs": 900, "matched": 321, "rounds": 7}],
            "fields": {"surname": {"exact": SEEN, "different": UNSEEN}},
            "labels": {"decisions": 250, "shipped": 240, "trained": 245},
        },
        made_at=NOW,
    )


def matched_by_an_officer(number: int) -> int:
    child = children.add_child(replace(MALI, forename=f"Mali{'abcdefgh'[number]}"), by=None, now=NOW)
    written = replace(MALI, forename=f"Mali{'abcdefgh'[number]}", surname="Pritchrd", postcode="")
    mention = services.report_mention(
        written, said_by=None, source_kind="test", source_id=str(number), now=NOW
    )
    differing = {each.field: "ours" for each in queries.compare(written, child).differences}
    services.match_mention(mention, child=child, choices=differing, by=an_officer(), now=NOW, confirmed=True)
    return mention.pk


def test_the_list_says_what_was_learnt_from_what_and_what_is_in_use(carys: Client):
    assert "No weights have been learnt from your records yet" in carys.get(reverse(LIST)).text
    kept()
    page = carys.get(reverse(LIST)).text
    assert "1200 records, 34 children as people wrote them" in page.replace(",200", "200")
    assert page.count("In use</strong>") == 1


@pytest.mark.req("GH-017")
def test_two_versions_stand_beside_each_other_with_what_officers_decided_as_labels(carys: Client):
    mention = matched_by_an_officer(0)
    fields = {part: dict(levels) for part, levels in first_model().fields.items()}
    fields["surname"]["similar"] = -30.0
    kept(fields=fields)

    page = carys.get(reverse("administration:linkage-model", args=[1]))

    assert page.status_code == 200
    assert "-30.00" in page.text
    assert "Of the last 1 matches that people made" in page.text
    figures = {label: (one, other) for label, one, other in page.context["figures"]}
    (missed,) = (told for label, told in figures.items() if label.startswith("Missed"))
    assert missed == (0, 1)
    assert [each["mention"] for each in page.context["changed"]] == [mention]
    assert sum(line.differs for line in page.context["lines"]) == 1
    assert "321" in page.text, "diagnostics of the training"


@pytest.mark.req("GH-017")
def test_a_person_puts_weights_to_use_and_goes_back(carys: Client):
    kept(prior=-10.0)
    carys.get(reverse("administration:linkage-model", args=[1]))
    assert not Activation.objects.exists(), "looking changes nothing"

    carys.post(reverse("administration:linkage-use", args=[1]))
    assert queries.active_model().prior == -10.0
    assert Entry.objects.filter(verb="linkage.activated", by_id=an_administrator().pk).exists()
    back = carys.get(reverse(LIST)).context["history"][0]["back"]

    carys.post(reverse("administration:linkage-use", args=[back]))
    assert queries.active_model() is first_model()
    assert "In use already" in carys.post(reverse("administration:linkage-use", args=[0]), follow=True).text
    assert Activation.objects.count() == 2


def test_any_two_versions_can_be_compared_and_nonsense_is_not_found(carys: Client):
    kept(1, prior=-10.0)
    kept(2, prior=-11.0)
    page = carys.get(reverse("administration:linkage-model", args=[2]), {"with": "1"})
    assert (page.context["lines"][0].one, page.context["lines"][0].other) == ("-10.00", "-11.00")
    assert carys.get(reverse("administration:linkage-model", args=[9])).status_code == 404
    assert carys.get(reverse("administration:linkage-model", args=[2]), {"with": "9"}).status_code == 404
    assert carys.get(reverse("administration:linkage-model", args=[2]), {"with": "²"}).status_code == 200
    assert carys.post(reverse("administration:linkage-use", args=[9])).status_code == 404


def test_only_who_tunes_matching_comes_in():
    kept()
    for user in (an_officer(), a_parent()):
        stranger = come_in(Client(), user)
        assert stranger.get(reverse(LIST)).status_code == 403
        assert stranger.post(reverse("administration:linkage-use", args=[1])).status_code == 403
    assert not Activation.objects.exists()


def test_the_list_asks_the_same_whatever_its_length(carys: Client, django_assert_max_num_queries):
    for number in range(1, 16):
        services.activate_model(kept(number), by=None, now=NOW)
    with django_assert_max_num_queries(16):
        carys.get(reverse(LIST))


@pytest.mark.req("GH-017")
def test_what_learning_saw_of_each_level_is_drawn_with_its_table(carys: Client):
    kept()
    page = carys.get(reverse("administration:linkage-model", args=[1]))
    exact, different = page.context["drawn"].lines
    assert (exact.field, exact.level) == ("Surname", "The same")
    assert (exact.one_child, exact.any_two) == ("81.2%", "0.0123%")
    assert (exact.shipped, exact.learnt, different.learnt) == ("+9.00", "+8.40", "-4.00")
    assert (different.one_child, different.any_two) == ("–", "–")
    zero = float(page.context["drawn"].zero)
    assert float(different.x) + float(different.width) == pytest.approx(zero, abs=0.2)
    assert float(exact.x) == pytest.approx(zero, abs=0.2)
    assert "found 240 and these found 245" in page.text
    assert "drawn" in carys.get(reverse("administration:linkage-model", args=[0])).context
    assert 'id="seen"' not in carys.get(reverse("administration:linkage-model", args=[0])).text
