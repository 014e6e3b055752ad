"""T1: changing an id, in the path or in what is posted, reaches nothing of anybody else's."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.files.models import StoredFile
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.records.children.models import Child
from guildhall.work.cases.models import Case

from ..access.world import client_of, the_world
from .crawling import everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]


@pytest.fixture
def world():
    return the_world()


def as_(world, persona) -> Client:
    return client_of(world, persona)


@pytest.mark.parametrize("persona", ["parent A", "parent C", "professional", "send officer", "auditor"])
def test_the_page_for_anothers_thing_is_the_page_for_nothing(world, persona):
    """To the last letter, but for the address itself and the token of its forms."""
    pages: dict[tuple[str, str], dict[str, str]] = {}
    for answer in everywhere(world, persona):
        if answer.response.status_code == 404:
            text = answer.response.content.decode().replace(answer.response.wsgi_request.path, "")
            text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
            pages.setdefault((answer.name, answer.verb), {})[answer.relation] = text
    compared = 0
    for where, found in pages.items():
        others = {text for relation, text in found.items() if relation in {"other", "other team"}}
        if others and "missing" in found:
            compared += 1
            assert others == {found["missing"]}, where
    assert compared or persona == "auditor"


def test_a_file_of_another_draft_is_not_removed_through_ones_own(world):
    mine, theirs = world.owned["parent A"], world.owned["parent B"]
    client = as_(world, "parent A")
    for place in ("evidence", "child"):
        page = reverse("filling:step", args=[mine.draft.pk, place])
        client.post(page, {"remove-file": str(theirs.draft_file.pk), "revision": mine.draft.revision})

    assert StoredFile.objects.filter(pk=theirs.draft_file.pk).exists()
    theirs.draft.refresh_from_db()
    assert theirs.draft.answers["LETTERS"] == [str(theirs.draft_file.pk)]


def test_a_file_of_another_cannot_be_claimed_by_writing_its_id_as_an_answer(world):
    mine, theirs = world.owned["parent A"], world.owned["parent B"]
    client = as_(world, "parent A")
    answers = {"q-letters": str(theirs.draft_file.pk), "LETTERS": str(theirs.draft_file.pk)}
    for url in ("filling:step", "filling:autosave"):
        arguments = [mine.draft.pk] + (["evidence"] if url == "filling:step" else [])
        client.post(reverse(url, args=arguments), answers | {"place": "evidence"})

    mine.draft.refresh_from_db()
    assert mine.draft.answers["LETTERS"] == [str(mine.draft_file.pk)]
    page = client.get(reverse("filling:summary", args=[mine.draft.pk])).text
    assert str(theirs.draft_file.pk) not in page


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_form_cannot_be_begun_about_the_child_of_another_family(world, verb):
    theirs = world.owned["parent C"].child
    before = Draft.objects.count()
    start = reverse("filling:start", args=["EVERY-KIND"])

    answer = getattr(as_(world, "parent A"), verb)(f"{start}?child={theirs.pk}")

    assert answer.status_code == 404
    assert Draft.objects.count() == before


def test_a_form_is_not_sent_with_the_key_of_another(world):
    mine, theirs = world.owned["parent A"], world.owned["parent B"]
    client = as_(world, "parent A")
    for key in (theirs.draft.key, theirs.submission.key):
        posted = {"key": str(key), "declarations": ["first", "second"], "revision": mine.draft.revision}
        answer = client.post(reverse("filling:send", args=[mine.draft.pk]), posted)
        assert answer.status_code == 404
    assert Submission.objects.filter(sender=world.people["parent A"]).count() == 1


def test_a_file_does_not_come_with_a_form_that_it_did_not_come_with(world):
    officer, mine = as_(world, "send officer"), world.cases["send"].reference
    stranger = world.case_file("safeguarding")
    parent, answered = as_(world, "parent A"), world.owned["parent A"].submission.reference
    theirs = world.owned["parent B"].file

    own = officer.get(reverse("council:file", args=[mine, world.case_file("send").pk]))
    assert b"".join(own.streaming_content) == b"A letter about a child."
    assert officer.get(reverse("council:file", args=[mine, stranger.pk])).status_code == 404
    assert parent.get(reverse("inbox:file", args=[answered, theirs.pk])).status_code == 404


def test_a_case_of_another_team_is_not_decided_through_ones_own_page(world):
    theirs = world.cases["safeguarding"]
    before = (theirs.status, theirs.version)
    client = as_(world, "send officer")
    for verb in ("approve", "reject", "request", "resubmit", "write"):
        url = reverse("council:decide", args=[theirs.reference, verb])
        posted = {"do": "send", "subject": "x", "body": "x", "seen": theirs.version}
        assert client.post(url, posted).status_code == 404

    theirs = Case.objects.get(pk=theirs.pk)
    assert (theirs.status, theirs.version) == before


MASS = {
    "state": "active",
    "email": "evil@example.org",
    "user_name": "admin",
    "two_step": "none",
    "session_epoch": "99",
    "is_staff": "1",
    "role": "send-officer",
    "roles": "administrator",
    "team": "send",
    "verified": "1",
    "password": "mine",
    "secret_answer": "x",
    "id": "1",
    "pk": "1",
}


def test_fields_that_no_page_asks_for_are_not_written_through_it(world):
    """T3: what a person posts besides what was asked changes neither account nor rights."""
    person = world.people["parent A"]
    names = ("email", "user_name", "state", "two_step", "session_epoch", "password", "secret_answer")
    before = [getattr(person, name) for name in names]
    client = as_(world, "parent A")
    for url in ("account:personal", "account:contact", "families:my-details"):
        page = client.get(reverse(url))
        fields = {name: page.context["form"].initial.get(name) or "" for name in page.context["form"].fields}
        client.post(reverse(url), fields | MASS | {"forename": "Dilys", "surname": "Changed"})

    person = User.objects.get(pk=person.pk)
    assert [getattr(person, name) for name in names] == before
    assert list(person.memberships.values_list("role", "team")) == [("parent", "")]


def test_a_child_of_the_family_stays_with_whoever_added_it(world):
    mine, theirs = world.owned["parent A"].child, world.people["parent B"]
    posted = {
        "added_by": theirs.pk,
        "added_by_id": theirs.pk,
        "removed_at": "2026-01-01",
        "id": str(theirs.pk),
    }
    as_(world, "parent A").post(reverse("families:child", args=[mine.pk]), posted)

    kept = FamilyChild.objects.get(pk=mine.pk)
    assert (kept.added_by, kept.removed_at) == (world.people["parent A"], None)


def test_an_officer_who_may_not_see_a_restricted_address_does_not_change_it(world):
    record = world.cases["send"].mention.child
    Child.objects.filter(pk=record.pk).update(restricted=True, postcode="AB1 2DE")
    posted = {"forename": "Mali", "surname": "Pritchard", "postcode": "ZZ9 9ZZ", "address": "Elsewhere"}
    answer = as_(world, "send officer").post(reverse("council:child-change", args=[record.pk]), posted)

    kept = Child.objects.get(pk=record.pk)
    assert answer.status_code in {302, 422}
    assert (kept.restricted, kept.postcode, kept.address) == (True, "AB1 2DE", record.address)


def test_what_somebody_held_over_a_lost_session_is_not_given_to_another(world):
    """The cookie of a held post is worth nothing in another person's session."""
    mine = as_(world, "parent A")
    mine.get("/home")
    mine.cookies.pop("session")
    mine.post(reverse("account:contact"), {"town": "Zqtown"})
    held = mine.cookies["held"].value
    theirs = as_(world, "parent B")
    theirs.cookies["held"] = held

    answer = theirs.get(reverse("account:held"))

    assert answer.status_code == 302
    again = as_(world, "parent A")
    again.cookies["held"] = held
    assert "Zqtown" in again.get(reverse("account:held")).text


def test_a_forged_cookie_names_nobody(world):
    """Who was here last is signed: nobody makes posts in the name of another by writing a number."""
    client = Client()
    client.cookies["last-person"] = f"{world.people['parent B'].pk}:forged"

    assert "held" not in client.post(reverse("account:contact"), {"town": "x"}).cookies
