"""Shared with me: what a parent, a young person or a professional reads, and when they no longer do."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Membership
from guildhall.records.children.models import Child
from guildhall.work.sharing import services
from guildhall.work.sharing.models import SharedForm
from tests.standing import NOON, a_parent, a_person, a_professional, an_officer, another_parent, come_in
from tests.work.cases.scene import LATER, a_form
from tests.work.sharing.scene import (
    a_file,
    an_entry,
    child_of,
    not_authenticated,
    on_involvement,
    shared,
)

pytestmark = pytest.mark.django_db


def addresses(one: SharedForm, file: Any, door: str = "families") -> list[str]:
    """Every surface: the page, the PDF, the file."""
    return [
        reverse(f"{door}:shared-form", args=[one.pk]),
        reverse(f"{door}:shared-pdf", args=[one.pk]),
        reverse(f"{door}:shared-file", args=[one.pk, file.pk]),
    ]


def answer(client: Client, address: str) -> int:
    """The status, once everything that was sent is read."""
    response = client.get(address)
    b"".join(response)
    return response.status_code


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.req("SP-246", "SP-248", "SP-105")
def test_a_parent_reads_the_form_its_pdf_and_its_file(client: Client):
    entry = an_entry()
    file = a_file(entry)
    [one] = shared(entry, on_involvement(entry, a_parent()))
    come_in(client, a_parent())

    assert "Assessment Form" in words(client.get(reverse("families:shared")))
    page, pdf, download = (client.get(each) for each in addresses(one, file))

    assert "Why do you write? She needs help" in words(page)
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert b"".join(download.streaming_content) == b"The plan."


@pytest.mark.req("SP-239", "SP-240")
def test_a_professional_finds_it_on_the_professional_side_while_authenticated(client: Client):
    teacher, entry = a_professional(), an_entry()
    file = a_file(entry)
    person = on_involvement(entry, teacher)
    [one] = shared(entry, person)
    come_in(client, teacher)

    page = client.get(reverse("professionals:shared"))

    assert addresses(one, file, "professionals")[0] in page.content.decode()
    assert all(answer(client, each) == 200 for each in addresses(one, file, "professionals"))
    not_authenticated(person)
    assert all(client.get(each).status_code == 404 for each in addresses(one, file, "professionals"))
    assert "Assessment Form" not in words(client.get(reverse("professionals:shared")))


def _unticked(one: SharedForm) -> None:
    not_authenticated(one.recipient)


def _stopped(one: SharedForm) -> None:
    services.stop_sharing(one, by=an_officer(), now=LATER)


def _role_ended(one: SharedForm) -> None:
    membership.end_role(Membership.objects.get(user=one.recipient.user), by=None, now=NOON)


def _locked(one: SharedForm) -> None:
    User.objects.filter(pk=one.recipient.user_id).update(state=User.State.LOCKED)


@pytest.mark.req("SP-244", "GH-033")
@pytest.mark.parametrize("revoke", [_unticked, _stopped, _role_ended, _locked], ids=lambda one: one.__name__)
def test_revoke_is_immediate(client: Client, revoke: Any):
    """T4: a session that is open reads nothing more with its next request, on any surface."""
    entry = an_entry()
    file = a_file(entry)
    [one] = shared(entry, on_involvement(entry, a_parent()))
    come_in(client, a_parent())
    assert [answer(client, each) for each in addresses(one, file)] == [200, 200, 200]

    revoke(one)

    for each in addresses(one, file):
        assert client.get(each).status_code in {302, 403, 404}
        assert client.head(each).status_code in {302, 403, 404}
    assert "Assessment Form" not in words(client.get(reverse("families:shared")))


@pytest.mark.req("SP-245")
def test_two_parents(client: Client):
    """T24: what is shared with one parent, the other finds no sign of."""
    entry = an_entry(sender=a_parent())
    file = a_file(entry)
    on_involvement(entry, another_parent())
    [one] = shared(entry, on_involvement(entry, a_parent()))
    come_in(client, another_parent())

    page = client.get(reverse("families:shared"))

    assert "Nothing is shared with you now" in words(page)
    assert all(client.get(each).status_code == 404 for each in addresses(one, file))


def test_two_steps_are_needed(client: Client):
    entry = an_entry()
    file = a_file(entry)
    [one] = shared(entry, on_involvement(entry, a_parent()))
    come_in(client, a_parent(), verified=False)

    assert all(client.get(each).status_code == 403 for each in addresses(one, file))


@pytest.mark.req("SP-101")
def test_a_file_that_is_not_clean_is_not_given(client: Client):
    entry = an_entry()
    file = a_file(entry, state="infected")
    [one] = shared(entry, on_involvement(entry, a_parent()))
    come_in(client, a_parent())

    page, download = (client.get(addresses(one, file)[place]) for place in (0, 2))

    assert addresses(one, file)[2] not in page.content.decode()
    assert download.status_code == 404
    assert "There was a problem completing the requested action." in words(download)


def test_every_reading_is_kept_as_a_reading_of_the_childs_record(client: Client):
    entry = an_entry()
    file = a_file(entry)
    [one] = shared(entry, on_involvement(entry, a_parent()))
    come_in(client, a_parent())
    client.get(reverse("families:shared"))
    for each in addresses(one, file):
        answer(client, each)

    read = Audited.objects.filter(verb="child.viewed", by_id=a_parent().pk).order_by("pk")

    assert [each.detail["surface"] for each in read] == ["list", "shared", "pdf", "file"]
    assert read[0].detail["shown"] == [child_of(entry).pk]
    assert {each.child_id for each in read[1:]} == {child_of(entry).pk}


def test_the_address_of_a_protected_child_is_left_out(client: Client):
    places = {
        "key": "child",
        "number": 2,
        "title": {"en": "The child", "cy": "Y plentyn"},
        "questions": [
            {"code": "NAME", "kind": "text", "text": {"en": "Surname", "cy": "Cyfenw"}},
            {"code": "HOME", "kind": "postcode", "text": {"en": "Postcode", "cy": "Cod post"}},
        ],
    }
    form = a_form(code="PLACES", groups=[places])
    entry = an_entry(version=form, answers={"NAME": "Pugh", "HOME": "GU1 4AB"})
    Child.objects.filter(pk=child_of(entry).pk).update(restricted=True)
    [one] = shared(entry, on_involvement(entry, a_parent()))
    come_in(client, a_parent())

    page = words(client.get(reverse("families:shared-form", args=[one.pk])))

    assert "Postcode Left out" in page
    assert "GU1 4AB" not in page


def test_it_is_read_in_welsh(client: Client):
    reader = a_person("nia@example.org", role="parent", language="cy")
    entry = an_entry()
    [one] = shared(entry, on_involvement(entry, reader))
    come_in(client, reader)
    client.cookies["language"] = "cy"

    page = words(client.get(reverse("families:shared-form", args=[one.pk])))

    assert "Ffurflen Asesu" in page
    assert "Gallwch ddarllen y ffurflen hon." in page


def test_school_staff_and_officers_have_no_such_page(client: Client):
    come_in(client, an_officer())

    assert client.get(reverse("families:shared")).status_code == 403


def test_the_list_costs_the_same_for_many_forms(client: Client):
    come_in(client, a_parent())

    def queries_with_another() -> int:
        entry = an_entry()
        shared(entry, on_involvement(entry, a_parent()))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("families:shared"))
        return len(asked)

    queries_with_another()
    assert queries_with_another() == queries_with_another()
