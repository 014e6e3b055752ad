"""A second opinion on a child who waits: it is asked, given, and decides nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.outbox.models import Task
from guildhall.people.organisations.models import Team
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Mention, Opinion
from tests.records.some import a_child, a_mention
from tests.standing import (
    NOON,
    a_parent,
    a_person,
    a_safeguarding_officer,
    an_administrator,
    an_officer,
    come_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_hand")]


def _ask(client: Client, mention: Mention, whom: str, question: str = "Twins?", query: str = ""):
    address = reverse("council:opinion-ask", args=[mention.pk]) + query
    return client.post(address, {"whom": whom, "question": question})


def _asked(mention: Mention, **how) -> Opinion:
    how = {"question": "Twins?", "by": an_officer(), "now": NOON, "team": "send"} | how
    return linkage.ask_opinion(mention, **how)


def _queue(client: Client, query: str = "") -> str:
    return client.get(reverse("council:matching") + query).content.decode()


def test_an_officer_asks_a_colleague_who_answers_and_the_child_still_waits(officer: Client):
    child, mention, colleague = a_child(), a_mention("1"), a_safeguarding_officer()
    following = a_mention("2", forename="Gwen")
    answer = _ask(officer, mention, f"person-{colleague.pk}", "The <b>same</b> twin?", "?sort=child")
    assert answer.url == reverse("council:mention", args=[following.pk]) + "?sort=child"
    opinion = Opinion.objects.get()
    assert (opinion.asked_by, opinion.asked_of, opinion.team) == (an_officer(), colleague, "")

    come_in(officer, colleague)
    assert "Waiting for your second opinion: 1" in _queue(officer)
    mine = _queue(officer, "?opinion=mine")
    assert "Angharad Pugh" in mine and "Gwen" not in mine.split("data-queue")[1]
    page = officer.get(reverse("council:mention", args=[mention.pk])).content.decode()
    assert "The &lt;b&gt;same&lt;/b&gt; twin?" in page
    give = reverse("council:opinion-give", args=[opinion.pk])
    assert give in page
    assert f'value="match-{child.pk}"' in officer.get(give).content.decode()
    officer.post(give, {"view": f"match-{child.pk}", "answer": "I know the family."})

    come_in(officer, an_officer())
    page = officer.get(reverse("council:mention", args=[mention.pk])).content.decode()
    assert f"{colleague}: Match with Angharad Pugh ({child.reference})" in page
    assert "I know the family." in page
    assert "Second opinion given" in _queue(officer, "?opinion=answered")
    mention.refresh_from_db()
    assert (mention.state, mention.child) == ("waiting", None)


def test_anybody_of_the_team_sees_what_was_asked_of_it_and_others_do_not(officer: Client):
    _ask(officer, a_mention(), "team-send")
    assert Opinion.objects.get().team == "send"
    assert "Waiting for your second opinion" not in _queue(officer)
    come_in(officer, a_person("second@council.example.org", role="send-officer", team="send"))
    assert "Angharad Pugh" in _queue(officer, "?opinion=mine")
    come_in(officer, a_safeguarding_officer())
    assert "Angharad Pugh" not in _queue(officer, "?opinion=mine")
    assert "Second opinion asked" in _queue(officer, "?opinion=asked")


def test_the_emails_say_nothing_about_the_child():
    colleague = a_safeguarding_officer()
    opinion = _asked(a_mention(), colleague=colleague.pk)
    linkage.give_opinion(opinion, view="unsure", by=colleague, now=NOON)
    letters = [task.payload for task in Task.objects.filter(kind="email").order_by("pk")]
    assert [letter["to"] for letter in letters] == [colleague.email, an_officer().email]
    assert not any(word in str(letters) for word in ("Angharad", "Pugh", "Twins"))
    assert Team.objects.filter(pk="send").exists()


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"whom": "team-send", "question": "  "}, "question", "Write what you are not sure about"),
        ({"whom": "", "question": "Twins?"}, "whom", "Choose who you ask"),
        ({"whom": "person-404", "question": "Twins?"}, "whom", "Choose who you ask"),
        ({"whom": "team-nobody", "question": "Twins?"}, "whom", "Choose who you ask"),
        ({"whom": "team-send", "question": "x" * 2001}, "question", "Use 2,000 letters or fewer"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    officer: Client, data: dict, field: str, words: str
):
    answer = officer.post(reverse("council:opinion-ask", args=[a_mention().pk]), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}">{words}' in page
    assert data["question"].strip() in page
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("stranger", [a_parent, an_administrator])
def test_only_people_who_match_children_can_be_asked(stranger):
    with pytest.raises(linkage.OpinionIncomplete):
        _asked(a_mention(), colleague=stranger().pk)


def test_one_question_at_a_time_and_not_about_a_child_who_is_decided():
    mention = a_mention()
    _asked(mention)
    with pytest.raises(linkage.OpinionClosed, match="asked for already"):
        _asked(mention)
    other = a_mention("2")
    linkage.reject_mention(other, by=an_officer(), now=NOON)
    with pytest.raises(linkage.OpinionClosed, match="decided about"):
        _asked(other)


def test_nobody_answers_themselves_or_twice_or_without_a_view(officer: Client):
    opinion = _asked(a_mention())
    with pytest.raises(linkage.OpinionClosed, match="You asked this yourself"):
        linkage.give_opinion(opinion, view="add", by=an_officer(), now=NOON)
    come_in(officer, a_safeguarding_officer())
    give = reverse("council:opinion-give", args=[opinion.pk])
    for view in ("", "match", "match-404", "x"):
        answer = officer.post(give, {"view": view, "answer": "My words"})
        assert answer.status_code == 422
        assert "Choose what you would do" in answer.content.decode()
        assert "My words" in answer.content.decode()
    officer.post(give, {"view": "add"})
    assert officer.post(give, {"view": "reject"}).status_code == 422
    assert Opinion.objects.get().view == "add"


def test_whoever_asked_withdraws_the_question(officer: Client):
    opinion = _asked(a_mention())
    withdraw = reverse("council:opinion-withdraw", args=[opinion.pk])
    come_in(officer, a_safeguarding_officer())
    assert "answered or withdrawn already" in officer.post(withdraw, follow=True).content.decode()
    come_in(officer, an_officer())
    assert "The question is withdrawn" in officer.post(withdraw, follow=True).content.decode()
    assert "Second opinion asked" not in _queue(officer)
    assert officer.post(withdraw).status_code == 404


def test_anybody_decides_with_or_without_an_answer():
    mention = a_mention()
    _asked(mention)
    linkage.reject_mention(mention, by=a_safeguarding_officer(), now=NOON)
    mention.refresh_from_db()
    assert mention.state == "rejected"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_act_is_in_the_audit_in_words(language: str):
    opinion = _asked(a_mention())
    linkage.give_opinion(opinion, view="add", by=a_safeguarding_officer(), now=NOON)
    linkage.withdraw_opinion(_asked(opinion.mention), by=an_officer(), now=NOON)
    entries = list(Audited.objects.filter(verb__startswith="linkage.opinion"))
    assert {entry.verb.rpartition("_")[2] for entry in entries} == {"asked", "given", "withdrawn"}
    for entry in entries:
        assert entry.verb not in audit.presented(entry, language)


@pytest.mark.parametrize("stranger", [a_parent, an_administrator])
def test_nobody_else_comes_in(client: Client, stranger):
    mention = a_mention()
    opinion = _asked(mention)
    come_in(client, stranger())
    assert client.get(reverse("council:opinion-ask", args=[mention.pk])).status_code == 403
    assert client.get(reverse("council:opinion-give", args=[opinion.pk])).status_code == 403
    assert client.post(reverse("council:opinion-withdraw", args=[opinion.pk])).status_code == 403


@pytest.mark.req("GH-013")
def test_the_queue_shows_a_sibling_alert_in_the_row(officer: Client):
    a_child(forename="Carys")
    a_mention("1")
    a_mention("2", forename="Idris", surname="Bowen", born_on=None, postcode="", address_lines=())
    rows = _queue(officer).split("data-queue")[1].split("<tr")[1:3]
    assert ["Sibling alert" in row for row in rows] == ["Angharad" in row for row in rows]
    assert sum("Sibling alert" in row for row in rows) == 1
