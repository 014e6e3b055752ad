"""The first page of the council's door shows each person what they may do, and nothing of any child."""

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.work.cases.models import Case
from tests.standing import NOON, a_parent, a_person, a_professional, an_administrator, an_officer, come_in
from tests.work.cases.scene import a_case, an_open_case

HOME = "council:home"


@pytest.mark.django_db
def test_an_officer_sees_how_much_waits_without_a_childs_name(client: Client):
    case = a_case(matched="waiting")
    an_open_case(matched="added")
    come_in(client, an_officer(), verified=False)

    page = client.get(reverse(HOME)).content.decode()

    assert "1 not opened, 1 opened." in page
    assert "Children waiting to be matched with our records: 1." in page
    assert reverse("council:review") in page
    assert reverse("council:matching") in page
    assert case.child_name not in page


@pytest.mark.django_db
def test_new_answers_are_a_second_link_of_the_same_panel(client: Client):
    case = an_open_case(matched="added")
    come_in(client, an_officer())
    answered = f"{reverse('council:review')}?status=answered"
    assert answered not in client.get(reverse(HOME)).text

    Case.objects.filter(pk=case.pk).update(answered_at=NOON)

    assert f'href="{answered}">1 with a new answer</a>' in client.get(reverse(HOME)).text


@pytest.mark.django_db
def test_an_administrator_is_offered_no_child(client: Client):
    come_in(client, an_administrator())

    page = client.get(reverse(HOME)).content.decode()

    assert reverse("council:review") not in page
    assert reverse("council:children") not in page


@pytest.mark.django_db
@pytest.mark.parametrize("person", [a_parent, a_professional])
def test_the_door_is_not_there_for_people_of_other_doors(client: Client, person):
    come_in(client, person())

    assert client.get(reverse(HOME)).status_code == 404


@pytest.mark.django_db
@pytest.mark.req("SP-058")
@pytest.mark.parametrize(
    ("page", "role", "fields"),
    [
        ("council:review", "send-officer", ["type", "status", "start", "end"]),
        ("council:matching", "send-officer", ["state", "outcome", "opinion"]),
        ("council:children", "send-officer", ["q"]),
        ("council:audit", "auditor", ["person", "child", "room", "start", "end"]),
    ],
)
def test_every_field_of_a_search_has_a_tooltip(client: Client, page: str, role: str, fields: list[str]):
    come_in(client, a_person(f"{role}@council.example.org", role=role, team="send" if "send" in role else ""))

    shown = client.get(reverse(page)).text

    assert [field for field in fields if f'id="{field}-tooltip"' not in shown] == []
