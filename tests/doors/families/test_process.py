"""The diagram of the EHC process as parents, young people and professionals see it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.texts import services as texts
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.ehcprocess.facts import Facts, Marker
from guildhall.work.ehcprocess.models import Process
from guildhall.work.sharing import services as sharing
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.services import Details
from tests.records.some import a_child
from tests.standing import (
    NOON,
    a_parent,
    a_professional,
    an_administrator,
    an_officer,
    another_parent,
    come_in,
)
from tests.work.ehcprocess import scene
from tests.work.ehcprocess.scene import facts

pytestmark = pytest.mark.django_db
NAMES = (
    "Request received",
    "Decision whether to assess",
    "Assessment and advice",
    "Decision whether to issue a plan",
    "Draft plan",
    "Final plan",
)


def follow(process: Process, user: User, *, authenticated: bool = True) -> PortalUser:
    details = Details("Mother", authenticated=authenticated, reason="Passport seen")
    child = process.involvement.child
    return sharing.add_portal_user(child, user=user, details=details, by=an_officer(), now=NOON)


def a_process(child: Child | None = None, told: Facts | None = None) -> Process:
    return scene.a_process(child, told, now=timezone.now())


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def ago(weeks: int) -> date:
    return timezone.localdate() - timedelta(weeks=weeks)


def diagram(process: Process, door: str = "families") -> str:
    return reverse(f"{door}:process", args=[process.involvement_id])


@pytest.fixture
def mother(client: Client) -> Client:
    return come_in(client, a_parent())


@pytest.mark.req("SP-322", "SP-323", "SP-325")
def test_the_diagram_is_one_list_of_stages_in_order(mother: Client):
    process = a_process(told=facts(received=ago(8), assess=ago(3)))
    follow(process, a_parent())

    page = mother.get(diagram(process)).content.decode()

    assert "Process for EHC needs assessment and EHC plan development</h1>" in page
    assert page.count('<ol class="gh-track">') == 1
    stages = re.findall(r'<span class="gh-track__name">([^<]+)</span>', page)
    assert tuple(stages) == NAMES
    assert page.count('aria-current="step"') == 1
    now = page[page.index('aria-current="step"') :]
    assert now.index("Assessment and advice") < now.index("</li>")


@pytest.mark.req("GH-007")
def test_it_says_what_is_next_by_when_who_has_it_and_what_to_do(mother: Client):
    process = a_process(told=facts(received=ago(2)))
    told = process.facts
    scene.keep(process, Facts(dates=told.dates, owner=an_officer().pk), now=timezone.now())
    follow(process, a_parent())

    said = words(mother.get(diagram(process)))

    due = ago(2) + timedelta(weeks=6)
    assert "We decide whether to assess the needs." in said
    assert f"By when {due.day} {due:%B %Y}" in said
    assert f"Who has it now {an_officer()}, of the council's SEND team" in said.replace("&#x27;", "'")
    assert "Send us anything that shows what help is needed." in said


@pytest.mark.req("GH-007")
def test_a_draft_says_until_when_to_comment(mother: Client):
    draft = ago(1)
    told = facts(received=ago(18), assess=ago(13), advice=ago(7), issue=ago(4), draft=draft)
    process = a_process(told=told)
    follow(process, a_parent())

    said = words(mother.get(diagram(process)))

    until = draft + timedelta(days=14)
    assert f"Until {until.day} {until:%B %Y}." in said
    assert "regulation 13(1)" in said


@pytest.mark.req("GH-007")
@pytest.mark.parametrize("stage", ["assess", "issue", "final"])
def test_after_a_decision_the_right_to_appeal_is_said_with_its_last_day(mother: Client, stage: str):
    days = {"assess": ago(16), "advice": ago(8), "issue": ago(5), "draft": ago(4), "final": ago(1)}
    order = list(days)
    kept = {name: days[name] for name in order[: order.index(stage) + 1]}
    process = a_process(
        told=facts(received=ago(20), decisions={stage: "no"} if stage != "final" else {}, **kept)
    )
    follow(process, a_parent())

    said = words(mother.get(diagram(process)))

    if stage == "assess":
        assert "The time to appeal is over." in said
    else:
        assert "Appeal to the SEND Tribunal" in said
        assert "Talk to a mediation adviser." in said
        assert "rule 20(1)" in said


@pytest.mark.req("SP-327")
def test_mediation_is_a_labelled_marker_with_its_date_on_its_stage(mother: Client):
    told = facts(received=ago(10), assess=ago(5), decisions={"assess": "no"})
    process = a_process(told=told.with_marker(Marker(ago(4), "assess", "mediation")))
    follow(process, a_parent())

    page = mother.get(diagram(process)).content.decode()

    [stage] = [each for each in page.split("<li") if "Decision whether to assess</span>" in each]
    on = ago(4)
    assert f"<strong>Mediation asked for</strong> {on.day} {on:%B %Y}" in stage
    assert page.count("gh-track__mark") == 1
    assert len(re.findall(r'<li class="gh-track__stage', page)) == 6


@pytest.mark.req("GH-007")
@pytest.mark.parametrize(
    ("why", "said"), [("withdrawn", "was withdrawn"), ("moved", "moved to another area")]
)
def test_a_process_that_ended_says_so(mother: Client, why: str, said: str):
    process = a_process(told=facts(received=ago(10), ended=(why, ago(2))))
    follow(process, a_parent())

    shown = words(mother.get(diagram(process)))

    assert said in shown
    assert "Does not apply" in shown


@pytest.mark.req("SP-326")
def test_nobody_else_sees_it_and_stopping_access_works_at_once(mother: Client):
    process = a_process()
    entry = follow(process, a_parent())
    follow(process, another_parent(), authenticated=False)
    assert mother.get(diagram(process)).status_code == 200
    assert Entry.objects.filter(verb="child.viewed", detail__surface="process").count() == 1

    sharing.change_portal_user(
        entry, details=Details("Mother"), seen=entry.version, by=an_officer(), now=NOON
    )
    assert mother.get(diagram(process)).status_code == 404
    assert come_in(mother, another_parent()).get(diagram(process)).status_code == 404
    assert come_in(mother, an_officer()).get(diagram(process)).status_code != 200


@pytest.mark.req("SP-322", "SP-326")
def test_a_professional_sees_the_diagram_in_words_of_their_own(client: Client):
    process = a_process(told=facts(received=ago(8), assess=ago(3), asked=ago(3)))
    follow(process, a_professional())

    said = words(come_in(client, a_professional()).get(diagram(process, "professionals")))

    assert "If the council asked you for advice, send it." in said
    assert "Appeal" not in said


@pytest.mark.req("SP-325")
def test_the_names_of_the_stages_are_the_authoritys_to_change(mother: Client):
    process = a_process()
    follow(process, a_parent())
    texts.change_text(
        "send.Ehc_Stage_final", language="en", value="Your plan", by=an_administrator(), now=NOON
    )

    assert "Your plan" in words(mother.get(diagram(process)))


def test_a_mistake_is_not_shown_and_an_empty_page_says_what_will_come(mother: Client):
    process = a_process(told=facts(received=ago(10), ended=("mistake", ago(2))))
    follow(process, a_parent())

    assert "has not entered a request" in words(mother.get(diagram(process)))


@pytest.mark.req("SP-322")
def test_the_way_there_is_beside_shared_with_me_and_several_children_are_chosen_from(mother: Client):
    assert "There is nobody whose process" in words(mother.get(reverse("families:processes")))
    one, other = a_process(a_child(forename="Ana")), a_process(a_child(forename="Bea"))
    follow(one, a_parent())
    assert reverse("families:processes") in mother.get(reverse("families:shared")).content.decode()
    assert mother.get(reverse("families:processes")).headers["Location"] == diagram(one)

    follow(other, a_parent())

    said = words(mother.get(reverse("families:processes")))
    assert "Ana" in said
    assert "Bea" in said
    assert "Reached: Request received" in said


@pytest.mark.req("GH-007", "SP-327")
def test_after_an_order_the_family_reads_what_is_done_next_and_by_when(mother: Client):
    told = facts(received=ago(20), assess=ago(15), decisions={"assess": "no"})
    for on, kind, what in ((ago(10), "tribunal", ""), (ago(1), "order", "assess")):
        told = told.with_marker(Marker(on, "assess", kind, what))
    process = a_process(told=told)
    follow(process, a_parent())

    shown = words(mother.get(diagram(process)))

    assert "The tribunal decided: assess the needs" in shown
    assert "The next step is: Tell the family that the ordered assessment starts" in shown
    due = ago(-1)
    assert f"By when {due.day} {due:%B %Y}" in shown
    assert "Tell us if what it decided is not done in time" in shown
