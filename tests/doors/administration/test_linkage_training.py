"""A person has weights learnt from a page: by the worker, one at a time, to be stopped, and then compared."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from scripts.measure.labelled import labelled

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.outbox.worker import drain
from guildhall.records.linkage import queries, services, tasks
from guildhall.records.linkage.bulk import engine, learning
from guildhall.records.linkage.bulk.models import Activation, TrainedModel, TrainingRun
from guildhall.records.linkage.model import first_model
from tests.records.linkage.register import fill
from tests.standing import an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
LIST = "administration:linkage-models"
LEARN = "administration:linkage-learn"
CASES = labelled(1_200)


@pytest.fixture
def carys(client: Client) -> Client:
    fill(CASES.register, NOW)
    return come_in(client, an_administrator())


def begun(carys: Client) -> TrainingRun:
    page = carys.post(reverse(LEARN), follow=True)
    assert "New weights are being learnt" in page.text
    return TrainingRun.objects.latest("pk")


def stopped(carys: Client, run: TrainingRun):
    return carys.post(reverse("administration:linkage-learn-stop", args=[run.pk]), follow=True)


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-017")
def test_weights_are_learnt_by_the_worker_and_lead_to_their_comparison(carys: Client):
    run = begun(carys)
    page = carys.get(reverse(LIST)).text
    assert '<progress id="progress" max="100" value="0">' in page
    assert f'action="{reverse(LEARN)}"' not in page, "one at a time"

    drain()

    run.refresh_from_db()
    assert (run.state, run.at, run.problem) == ("ready", 100, "")
    assert run.model == TrainedModel.objects.get()
    assert run.model.made_by == an_administrator()
    page = carys.get(reverse(LIST)).text
    compare = reverse("administration:linkage-model", args=[1])
    assert compare in page.split('id="learn"')[1]
    assert f'action="{reverse(LEARN)}"' in page
    assert "Of one child" in carys.get(compare).text, "what they were learnt from"
    assert queries.active_model() is first_model(), "a person puts them to use"
    assert not Activation.objects.exists()


def test_another_waits_until_the_first_has_ended(carys: Client):
    run = begun(carys)
    again = carys.post(reverse(LEARN), follow=True)
    assert "are being learnt already" in again.text
    assert TrainingRun.objects.get() == run
    stopped(carys, run)
    assert begun(carys) != run


def test_it_is_stopped_before_it_begins_and_the_worker_does_nothing(carys: Client):
    run = begun(carys)
    page = stopped(carys, run)
    assert "Learning is stopped" in page.text
    assert f"stopped by {an_administrator()}" in page.text
    assert drain() == 1
    run.refresh_from_db()
    assert run.state == "stopped"
    assert not TrainedModel.objects.exists()
    assert "It has ended already" in stopped(carys, run).text
    assert Entry.objects.filter(verb="linkage.training_stopped").count() == 1


def test_it_is_stopped_while_the_worker_learns(carys: Client, monkeypatch):
    run = begun(carys)
    rules = []

    def rule(*given):
        rules.append(given)
        stopped(carys, run)
        return {}, {"pairs": 0, "matched": 0, "rounds": 0}

    monkeypatch.setattr(learning, "_one_rule", rule)
    drain()
    run.refresh_from_db()
    assert (run.state, len(rules)) == ("stopped", 1)
    assert 0 < run.at < 100
    assert not TrainedModel.objects.exists()


@pytest.mark.heavy
@pytest.mark.both
def test_after_a_crash_it_is_learnt_from_the_beginning_and_only_once(carys: Client):
    run = begun(carys)
    TrainingRun.objects.update(state="running", at=60)
    drain()
    tasks.train_weights({"run": run.pk}, task_key="again", now=NOW)
    tasks.train_weights({"run": 10**9}, task_key="none", now=NOW)
    assert TrainedModel.objects.count() == 1


def test_too_few_records_teach_nothing_and_say_so(client: Client):
    carys = come_in(client, an_administrator())
    page = carys.post(reverse(LEARN), follow=True)
    assert "Weights can be learnt from 1000 records or more" in page.text
    assert not TrainingRun.objects.exists()


def test_records_that_went_meanwhile_end_it_with_the_reason(carys: Client, monkeypatch):
    begun(carys)
    monkeypatch.setattr("guildhall.records.linkage.services.training.FEWEST_RECORDS", 10**6)
    drain()
    page = carys.get(reverse(LIST)).text
    assert "nothing was learnt. Weights can be learnt from" in page
    assert TrainingRun.objects.get().state == "failed"


def test_without_splink_the_page_says_what_to_install(carys: Client, monkeypatch):
    monkeypatch.setattr(engine, "splink", None)
    assert "requirements/linkage.txt" in carys.post(reverse(LEARN), follow=True).text
    assert not TrainingRun.objects.exists()


def test_only_who_tunes_matching_may(carys: Client):
    run = begun(carys)
    officer = come_in(Client(), an_officer())
    assert officer.post(reverse(LEARN)).status_code == 403
    assert stopped(officer, run).status_code == 403
    assert carys.get(reverse(LEARN)).status_code == 405
    assert carys.post(reverse("administration:linkage-learn-stop", args=[10**9])).status_code == 404
    run.refresh_from_db()
    assert run.state == "waiting"
    with pytest.raises(services.TrainingGoesOn):
        services.begin_training(by=an_administrator(), now=NOW)
