"""The page of decisions to look at again."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.records.linkage import services
from guildhall.records.linkage.models import Decision, SecondLook
from tests.records.some import a_child, a_mention
from tests.standing import NOON, a_parent, an_administrator, an_officer, come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_hand")]
PAGE = "/council/matching/doubts/"


def _rejected(number: str) -> Decision:
    return services.reject_mention(a_mention(number), by=an_officer(), now=NOON)


def test_a_doubted_decision_is_undone_or_kept(officer: Client):
    child = a_child()
    wrong, right = _rejected("1"), _rejected("2")
    services.look_again(NOON)
    page = officer.get(PAGE).content.decode()
    assert page.count("Rejected, but Angharad Pugh is likely the same child.") == 2
    assert f"?child={child.pk}#compare" in page
    assert f"{reverse('council:undo', args=[wrong.pk])}?from=doubts" in page
    assert officer.post(reverse("council:undo", args=[wrong.pk]) + "?from=doubts").url == PAGE
    keep = reverse("council:doubt-keep", args=[SecondLook.objects.get(decision=right).pk])
    assert "Kept: Angharad Pugh was rejected." in officer.post(keep, follow=True).content.decode()
    assert "There is nothing to look at again" in officer.get(PAGE).content.decode()
    assert "looked at this already" in officer.post(keep, follow=True).content.decode()
    assert PAGE in officer.get(reverse("council:matching")).content.decode()


def test_a_child_added_twice_leads_to_making_one_record(officer: Client):
    child = a_child()
    added = services.add_child_for(a_mention("1"), by=an_officer(), now=NOON)
    services.look_again(NOON)
    page = officer.get(PAGE).content.decode()
    assert f'{reverse("council:child-merge-with", args=[added.child_id, child.pk])}" data-key="m"' in page


def test_the_list_is_decided_by_the_keys_of_the_queue(officer: Client):
    a_child()
    _rejected("1")
    services.look_again(NOON)
    page = officer.get(PAGE).content.decode()
    rows = page.split('data-queue="rows"')[1].split("</tbody>")[0]
    assert all(f'data-key="{key}"' in rows for key in "uy")
    assert "data-keys-switch" in page


def test_the_list_costs_the_same_for_few_and_many(officer: Client):
    a_child()

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(PAGE).status_code == 200
        return len(caught)

    _rejected("1")
    services.look_again(NOON)
    queries()
    few = queries()
    for number in range(2, 12):
        _rejected(str(number))
    services.look_again(NOON)
    assert queries() == few


@pytest.mark.parametrize("stranger", [a_parent, an_administrator])
def test_nobody_else_comes_in(client: Client, stranger):
    a_child(born_on=date(2015, 3, 4))
    _rejected("1")
    services.look_again(NOON)
    come_in(client, stranger())
    assert client.get(PAGE).status_code == 403
    keep = reverse("council:doubt-keep", args=[SecondLook.objects.get().pk])
    assert client.post(keep).status_code == 403
    assert SecondLook.objects.get().checked_at is None


def test_a_doubt_that_is_not_there_is_not_found(officer: Client):
    assert officer.post(reverse("council:doubt-keep", args=[404])).status_code == 404
