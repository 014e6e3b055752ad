"""Portal Sharing as an officer uses it: adding, authenticating, sharing after a look, and stopping."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.work.sharing import queries
from guildhall.work.sharing.models import PortalUser, SharedForm
from tests.standing import (
    a_parent,
    a_person,
    a_professional,
    an_administrator,
    an_officer,
    another_parent,
    come_in,
)
from tests.work.sharing.scene import (
    a_file,
    an_entry,
    child_of,
    not_authenticated,
    on_involvement,
    shared,
)

pytestmark = pytest.mark.django_db
FIELDS = {"relation": "Mother", "parental_responsibility": "yes", "authenticated": "yes", "reason": "Seen"}


def panel(child: Child) -> str:
    return reverse("council:child-sharing", args=[child.pk])


def adding(entry: Entry, user: User) -> str:
    return reverse("council:sharing-add", args=[child_of(entry).pk, user.pk])


def sharing(entry: Entry) -> str:
    return reverse("council:share-form", args=[entry.pk])


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.req("SP-237", "SP-242")
def test_ok_makes_an_entry_to_check_and_save_keeps_it(officer: Client):
    entry = an_entry()

    checked = officer.post(adding(entry, a_parent()), FIELDS | {"do": "ok"})

    assert (
        "Are you sure you want to authenticate Dilys Pritchard? Authenticating this portal user means that "
        "they will be able to see SEND information relating to the subject on this involvement form."
    ) in words(checked)
    assert not PortalUser.objects.exists()
    saved = officer.post(adding(entry, a_parent()), FIELDS | {"do": "save"}, follow=True)
    assert saved.redirect_chain[-1][0] == panel(child_of(entry))
    assert "Portal Sharing" in words(saved)
    assert "Dilys Pritchard dilys@example.org Citizen Mother Parental Responsibility Authenticated" in words(
        saved
    )


@pytest.mark.req("SP-242")
def test_the_question_is_asked_only_when_the_tick_is_new(officer: Client):
    entry = an_entry()
    without = {"relation": "Mother", "do": "ok"}
    assert "Are you sure" not in words(officer.post(adding(entry, a_parent()), without))
    person = on_involvement(entry, a_parent())
    address = reverse("council:sharing-change", args=[child_of(entry).pk, person.pk])

    assert "Are you sure" not in words(officer.post(address, FIELDS | {"do": "ok"}))
    assert "loses all access" in words(officer.post(address, without))


@pytest.mark.req("SP-244")
def test_authenticated_without_a_reason_is_refused_beside_the_field_and_nothing_typed_is_lost(
    officer: Client,
):
    typed = FIELDS | {"reason": " ", "do": "ok"}

    refused = officer.post(adding(an_entry(), a_parent()), typed)

    assert refused.status_code == 422
    assert refused.context["problems"] == {"reason": "Enter a reason, or untick Authenticated"}
    assert refused.context["typed"].relation == "Mother"
    assert refused.context["typed"].authenticated


@pytest.mark.req("SP-238", "SP-241")
def test_the_user_is_found_by_browsing_and_a_professionals_details_are_filled_in(officer: Client):
    teacher, entry = a_professional(job_role="SENCO"), an_entry()
    find = reverse("council:sharing-find", args=[child_of(entry).pk])

    found = officer.get(find, {"q": "teacher@sch"})

    assert adding(entry, teacher) in found.content.decode()
    assert adding(entry, an_officer()) not in officer.get(find, {"q": "officer"}).content.decode()
    page = officer.get(adding(entry, teacher))
    assert "teacher@school.example.org" in words(page)
    assert "Professional" in words(page)
    assert page.context["typed"].relation == "SENCO"


def test_who_sent_a_form_about_the_child_is_offered_first(officer: Client):
    entry = an_entry(sender=another_parent())

    page = officer.get(reverse("council:sharing-find", args=[child_of(entry).pk]))

    assert [user for user, *_ in page.context["senders"]] == [another_parent()]


def test_who_told_the_safeguarding_team_is_not_offered_to_the_send_team(officer: Client):
    entry = an_entry(destination="safeguarding", sender=another_parent())

    page = officer.get(reverse("council:sharing-find", args=[child_of(entry).pk]))

    assert page.context["senders"] == []


@pytest.mark.req("SP-246")
def test_a_form_is_shared_after_a_look_at_it_and_at_its_readers(officer: Client):
    entry = an_entry()
    mother, father = on_involvement(entry, a_parent()), on_involvement(entry, another_parent())

    chosen = officer.post(sharing(entry), {"people": [mother.pk], "do": "look"})

    for each in (
        "She needs help",
        "Dilys Pritchard",
        "dilys@example.org",
        "Mother",
        "Last signed in",
        "Never",
    ):
        assert each in words(chosen)
    assert "marek@example.org" not in words(chosen)
    assert not SharedForm.objects.exists()
    sure = {"people": [mother.pk], "seen": chosen.context["preview"].digest, "do": "share"}
    done = officer.post(sharing(entry), sure, follow=True)
    assert "Assessment Form Dilys Pritchard" in words(done)
    assert "Not read yet" in words(done)
    assert SharedForm.objects.get().recipient == mother
    assert not queries.shared_with(father.user).exists()


def test_what_changed_since_the_look_is_not_shared(officer: Client):
    entry = an_entry()
    mother = on_involvement(entry, a_parent())
    chosen = officer.post(sharing(entry), {"people": [mother.pk], "do": "look"})
    a_file(entry)

    sure = {"people": [mother.pk], "seen": chosen.context["preview"].digest, "do": "share"}
    again = officer.post(sharing(entry), sure)

    assert again.status_code == 422
    assert "not as you last saw them" in words(again)
    assert not SharedForm.objects.exists()


def test_nobody_chosen_is_said_beside_the_boxes(officer: Client):
    entry = an_entry()
    on_involvement(entry, a_parent())

    refused = officer.post(sharing(entry), {"do": "look"})

    assert refused.status_code == 422
    assert refused.context["problems"] == {"people": "Choose at least one person"}


def test_only_the_authenticated_can_be_chosen(officer: Client):
    entry = an_entry()
    not_authenticated(on_involvement(entry, a_parent()))

    page = officer.get(sharing(entry))

    assert page.context["options"] == []
    assert "nobody to share with" in words(page)


def test_whoever_reads_a_form_already_is_not_chosen_again(officer: Client):
    entry = an_entry()
    shared(entry, on_involvement(entry, a_parent()))

    page = officer.get(sharing(entry))

    assert page.context["options"] == []
    assert "These people read it already: Dilys Pritchard" in words(page)


def test_stopping_asks_first(officer: Client):
    entry = an_entry()
    [one] = shared(entry, on_involvement(entry, a_parent()))
    stop = reverse("council:share-stop", args=[one.pk])

    assert "Dilys Pritchard will no longer be able to open the form" in words(officer.get(stop))
    assert queries.shared_with(a_parent()).exists()
    stopped = officer.post(stop, follow=True)
    assert "Stopped" in words(stopped)
    assert not queries.shared_with(a_parent()).exists()


@pytest.mark.req("SP-347")
def test_an_officer_downloads_a_file_from_a_form_of_the_chronology(officer: Client):
    entry = an_entry()
    file = a_file(entry)
    address = reverse("council:entry-file", args=[entry.pk, file.pk])

    assert address in officer.get(reverse("council:entry", args=[entry.pk])).content.decode()
    downloaded = officer.get(address)
    assert b"".join(downloaded.streaming_content) == b"The plan."
    elsewhere = reverse("council:entry-file", args=[an_entry().pk, file.pk])
    assert officer.get(elsewhere).status_code == 404


@pytest.mark.parametrize("who", ["service officer", "administrator", "a parent"])
def test_whoever_does_not_see_send_information_does_not_share_it(client: Client, who: str):
    entry = an_entry()
    [one] = shared(entry, on_involvement(entry, a_parent()))
    people = {
        "service officer": lambda: a_person(
            "s@council.example.org", role="service-officer", team="transport"
        ),
        "administrator": an_administrator,
        "a parent": another_parent,
    }
    come_in(client, people[who]())

    pages = [panel(child_of(entry)), sharing(entry), adding(entry, another_parent())]
    for address in [*pages, reverse("council:share-stop", args=[one.pk])]:
        assert client.get(address).status_code in {403, 404}
        assert client.post(address, FIELDS | {"do": "save"}).status_code in {403, 404, 405}
    assert PortalUser.objects.count() == 1
    assert queries.shared_with(a_parent()).exists()


def test_the_panel_costs_the_same_for_many_people(officer: Client):
    entry = an_entry()

    def queries_with(name: str) -> int:
        shared(entry, on_involvement(entry, a_person(f"{name}@example.org", role="parent")))
        with CaptureQueriesContext(connection) as asked:
            officer.get(panel(child_of(entry)))
        return len(asked)

    queries_with("warm")
    assert queries_with("ann") == queries_with("bea") == queries_with("cai")


def test_a_record_with_no_involvement_says_what_will_appear(officer: Client):
    page = words(officer.get(panel(child_of(an_entry()))))

    assert "No portal user is on this involvement yet" in page
    assert "No form has been shared yet" in page


def test_posted_nonsense_is_no_fault(officer: Client):
    entry = an_entry()
    person = on_involvement(entry, a_parent())
    change = reverse("council:sharing-change", args=[child_of(entry).pk, person.pk])

    nonsense = {"relation": "x\0y", "reason": "r" * 5_000, "seen": "x" * 50, "do": "save"}
    assert officer.post(change, nonsense).status_code == 422
    assert officer.post(change, FIELDS | {"seen": "-1", "do": "save"}).status_code == 422
    assert officer.post(sharing(entry), {"people": ["x", "9" * 40], "do": "share"}).status_code == 422
    assert PortalUser.objects.get().version == 1
