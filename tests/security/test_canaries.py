"""T2: words that only some may read, and everything that leaves the house towards everybody else.

Each canary is a word that stands nowhere else. A persona goes everywhere, and every header, body, document,
email and line of the log is searched for the canaries that are not for them.
"""

import logging

import pytest
from django.urls import reverse

from guildhall.foundation.audit.models import Entry
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..access import targets
from ..access.world import LATER, PERSONAS, client_of, the_world
from ..mailbox import deliver
from .crawling import everything_in, everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]

# What parent B wrote about a child that is parent A's too, and what the teacher wrote about it.
OF_B = {
    "HAS_DIAGNOSIS": "yes",
    "DIAGNOSIS": "Zqdiagnosis",
    "CLINIC": "Zqclinic",
    "parents": {"a1": {"PARENT_NAME": "Zqparentname", "PARENT_TELEPHONE": "01632960987"}},
    "CHILD_ADDRESS": {"lines": ["7 Zqstreet"], "town": "Zqtown", "postcode": "ZQ1 1ZQ"},
    "SCHOOL": {"urn": "", "name": "Zqschool"},
    "EMAIL": "zqwritten@example.org",
}
OF_TEACHER = {"CONCERN": "Zqconcern", "REFERRER_NAME": "Zqreferrer"}
OF_NURSE = {"CONCERN": "Zqearly", "REFERRER_NAME": "Zqnurse"}
B_ACCOUNT = {
    "mobile": "01632960911",
    "address": {"lines": ["9 Zqhome"], "town": "Zqhometown", "postcode": "ZQ2 2ZQ"},
    "surname": "Zqsurname",
}
FORM_B = [
    "Zqdiagnosis",
    "Zqclinic",
    "Zqparentname",
    "01632960987",
    "Zqstreet",
    "Zqtown",
    "Zqschool",
    "zqwritten",
]
ACCOUNT_B = ["01632960911", "Zqhome", "Zqsurname", "marek@example.org"]
MESSAGE_B = ["Zqsubject", "Zqbody"]
CONCERN = ["Zqconcern", "Zqreferrer"]
EARLY = ["Zqearly", "Zqnurse"]
RESTRICTED = ["Zqhidden"]
EVERYTHING = [*FORM_B, *ACCOUNT_B, *MESSAGE_B, *CONCERN, *EARLY, *RESTRICTED]
# Persona → what is for them.
THEIRS = {
    "parent B": [*FORM_B, *ACCOUNT_B, *MESSAGE_B],
    "professional": CONCERN,
    "professional 2": EARLY,
    "send officer": [*FORM_B, *ACCOUNT_B, *MESSAGE_B],
    # Every officer reads records and what children were reported as; but no form of another team.
    "safeguarding officer": [*CONCERN, *FORM_B, *ACCOUNT_B, *RESTRICTED],
    "early help officer": [*EARLY, *FORM_B, *ACCOUNT_B],
    "service officer": [*FORM_B, *ACCOUNT_B],
    # Who looks after accounts sees whose they are, and nothing that was sent.
    "administrator": ACCOUNT_B,
}


@pytest.fixture
def world():
    world = the_world(parent_B=OF_B, professional=OF_TEACHER, professional_2=OF_NURSE)
    User.objects.filter(pk=world.people["parent B"].pk).update(**B_ACCOUNT)
    record = world.cases["safeguarding"].mention.child
    hidden = {"lines": ["3 Zqhidden"], "town": "Porthaven", "postcode": "AB1 2DE"}
    Child.objects.filter(pk=record.pk).update(restricted=True, address=hidden)
    messages.send(
        world.people["parent B"],
        subject="Zqsubject",
        body="Zqbody",
        about=About(world.owned["parent B"].submission.reference, "case", 1),
        key="canary",
        now=LATER,
    )
    return world


@pytest.mark.parametrize("persona", PERSONAS)
def test_nobody_gets_a_word_that_is_not_for_them(world, persona, caplog):
    caplog.set_level(logging.INFO)
    forbidden = [word for word in EVERYTHING if word not in THEIRS.get(persona, [])]
    searched, leaks = 0, set()
    for answer in everywhere(world, persona, ("GET", "POST")):
        searched += 1
        found = [word for word in forbidden if word.casefold() in answer.text.casefold()]
        leaks |= {(answer.name, answer.verb, answer.relation, word) for word in found}
    assert searched > 150
    assert leaks == set()
    logged = caplog.text.casefold()
    assert [word for word in EVERYTHING if word.casefold() in logged] == []


def test_the_search_finds_the_canaries_where_they_belong(world):
    """The control: whoever they are for meets each of them somewhere."""
    for persona, words in (
        ("parent B", THEIRS["parent B"]),
        ("professional", CONCERN),
        ("send officer", FORM_B),
    ):
        met = "".join(answer.text for answer in everywhere(world, persona)).casefold()
        assert [word for word in words if word.casefold() not in met] == [], persona


def test_a_document_is_searched_too(world):
    pdfs = [answer for answer in everywhere(world, "parent B") if answer.name == "filling:pdf"]
    assert any("Zqdiagnosis" in answer.text for answer in pdfs)


@pytest.mark.req("GH-049")
def test_no_email_holds_a_word_of_a_form_a_child_or_a_message(world, own_data_folder):
    deliver()
    letters = [path.read_text() for path in (own_data_folder / "mail").glob("*.eml")]
    told = [word for word in EVERYTHING if word not in {"marek@example.org", "Zqsurname"}]

    assert len(letters) >= 6
    for text in letters:
        for word in (*told, "Mali", "Request for an assessment", "Safeguarding concern", "letter.txt"):
            assert word.casefold() not in text.casefold(), word


@pytest.mark.req("GH-046")
@pytest.mark.parametrize("persona", ["send officer", "safeguarding officer", "early help officer"])
def test_no_officer_reads_of_a_child_without_an_entry_in_the_audit(world, persona):
    """Reads without a row: 0. A page on which a child or a form's words stand has an entry of its own."""
    told = ("Mali", "A letter about a child", *FORM_B, *CONCERN, *EARLY)
    client, read = client_of(world, persona), 0
    for name, verb, relation, arguments in targets.cells(world, persona):
        if verb != "GET" or arguments is None:
            continue
        response = client.get(reverse(name, kwargs=arguments))
        text = everything_in(response)
        if any(word in text for word in told):
            read += name.startswith("council:")
            kept = Entry.objects.filter(request_id=response["X-Request-ID"], verb="child.viewed")
            assert kept.exists() or name.startswith("account:"), (name, relation)
    assert read >= 10
