"""The pages of alerts."""

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.work.alerts import queries
from guildhall.work.alerts.models import Alert, Recipient
from tests.standing import a_parent, an_administrator, an_officer, come_in
from tests.work.alerts.scene import a_child, a_schedule, a_template, a_trigger, an_alert, on

pytestmark = pytest.mark.django_db
WHOM = (
    "The recipients of this alert will be authenticated Citizen Portal users that are on a child or young "
    "person’s EHCP Assessment Involvement."
)


@pytest.fixture
def administrator(client: Client) -> Client:
    return come_in(client, an_administrator())


def page(alert: Alert) -> str:
    return reverse("administration:alert", args=[alert.pk])


@pytest.mark.req("SP-254", "SP-256", "SP-257", "SP-258", "SP-266", "SP-267", "SP-269", "SP-270")
def test_a_trigger_alert_from_the_new_page_to_deactivate(administrator: Client):
    words = {"kind": "trigger", "reason": "Somebody is authenticated", "description": "For the team"}
    new = administrator.get(reverse("administration:alert-new")).text
    assert "Activate<" not in new
    administrator.post(reverse("administration:alert-new"), words)
    alert = Alert.objects.get(reason="Somebody is authenticated")

    shown = administrator.get(page(alert)).text
    assert "Involvements – Portal Sharing" in shown and "Involvements – Info Requested" in shown
    assert "sharing_portaluser" in shown and "Parental Responsibility" in shown
    administrator.post(
        reverse("administration:alert-recipients", args=[alert.pk]), {"do": "select", "kinds": ["citizens"]}
    )
    told = administrator.get(page(alert)).text
    assert WHOM in told and "All EHCP involved Citizen Portal Users" in told

    values = {
        "seen": alert.revision,
        "reason": alert.reason,
        "based_on": "portal_sharing",
        "fields_portal_sharing": ["authenticated", "relation"],
        "template": a_template().pk,
        "do": "save",
    }
    saved = administrator.post(page(alert), values, follow=True).text
    assert "Do you want to activate the alert?" in saved
    assert not Alert.objects.get(pk=alert.pk).active

    active = administrator.post(reverse("administration:alert-activate", args=[alert.pk]), follow=True).text
    assert "Deactivate" in active
    assert Alert.objects.get(pk=alert.pk).fields == ["relation", "authenticated"]

    stopped = administrator.post(
        reverse("administration:alert-deactivate", args=[alert.pk]), follow=True
    ).text
    assert "Deactivate" not in stopped and "Activate" in stopped


@pytest.mark.req("SP-255", "SP-260", "SP-264")
def test_a_scheduled_alert_is_checked_saved_and_refused_field_by_field(administrator: Client):
    on(a_child(), a_parent())
    alert = an_alert(a_schedule(), "citizens", active=False)
    values = {
        "seen": alert.revision,
        "reason": "Weekly",
        "query": "SELECT involvement_id, days_open FROM involvements",
        "fire_on_row": "yes",
        "next_at-day": "1",
        "next_at-month": "2",
        "next_at-year": "2031",
        "next_at-time": "09:30",
        "every": "2",
        "unit": "months",
        "template": alert.template_id,
    }

    tried = administrator.post(page(alert), values | {"do": "try"}).text
    assert "Rows: 1" in tried and "portal users: 1" in tried
    wrong = administrator.post(
        page(alert), values | {"query": "DELETE FROM x", "every": "0", "next_at-day": "x"}
    )
    assert wrong.status_code == 422
    assert "must be a Select statement" in wrong.text and "a number from 1 to 999" in wrong.text
    assert "Enter a real day and time" in wrong.text
    administrator.post(page(alert), values)

    alert.refresh_from_db()
    assert (alert.every, alert.unit, alert.next_at.isoformat()) == (2, "months", "2031-02-01T09:30:00+00:00")
    assert not alert.include_result


@pytest.mark.req("SP-266", "SP-268")
def test_one_portal_user_is_found_by_search_and_removed_again(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
):
    alert = an_alert(a_trigger(), "professionals", active=False)
    parent, address = a_parent(), reverse("administration:alert-recipients", args=[alert.pk])

    found = administrator.post(address, {"do": "search", "q": parent.surname}).text
    assert str(parent.email) in found and "Not authenticated on any involvement" in found
    assert "There may be more" not in found
    with monkeypatch.context() as patch:
        patch.setattr(queries, "MOST_FOUND", 1)
        many = administrator.post(address, {"do": "search", "q": parent.surname}).text
    assert "There may be more" in many
    administrator.post(address, {"do": "select", "q": parent.surname, "user": parent.pk})
    line = Recipient.objects.get(alert=alert, user=parent)
    nobody = administrator.post(address, {"do": "select"})
    gone = reverse("administration:alert-recipient-remove", args=[alert.pk, line.pk])
    administrator.post(gone)

    assert nobody.status_code == 422
    assert [one.kind for one in alert.recipients.all()] == ["professionals"]


@pytest.mark.req("SP-266")
def test_adding_portal_users_keeps_what_was_typed_in_the_definition(administrator: Client):
    alert = an_alert(a_trigger(), "citizens", active=False)
    address = reverse("administration:alert-recipients", args=[alert.pk])
    kept = {
        "seen": alert.revision,
        "reason": alert.reason,
        "based_on": alert.based_on,
        "fields_portal_sharing": alert.fields,
        "template": alert.template_id,
        "do": "recipients",
    }

    assert administrator.post(page(alert), kept).url == address
    alert.refresh_from_db()
    assert alert.revision == kept["seen"]
    assert administrator.post(page(alert), kept | {"reason": "New words"}).url == address
    wrong = administrator.post(page(alert), kept | {"seen": 3, "reason": "", "description": "Typed"})

    alert.refresh_from_db()
    assert alert.reason == "New words"
    assert wrong.status_code == 422 and "Typed" in wrong.text
    offered = administrator.get(address).text
    assert "All EHCP Professional Portal Users" in offered
    assert "All EHCP involved Citizen Portal Users" not in offered


def test_the_list_is_filtered_and_sorted_with_the_same_number_of_questions(
    administrator: Client, django_assert_max_num_queries
):
    address = reverse("administration:alerts")
    for number in range(8):
        an_alert(a_trigger(reason=f"Reason {number}"), "citizens", active=number % 2 == 0)

    with django_assert_max_num_queries(12):
        every = administrator.get(address, {"sort": "-last"}).text
    active = administrator.get(address, {"state": "active", "words": "Reason"}).text

    assert "Reason 7" in every
    assert "Reason 0" in active and "Reason 1" not in active
    assert "No alert matches" in administrator.get(address, {"words": "nothing like it"}).text


@pytest.mark.req("SP-332")
def test_whoever_was_not_given_the_process_sees_no_alert(client: Client):
    alert = an_alert(a_trigger(), "citizens")
    officer = come_in(client, an_officer())

    assert officer.get(page(alert)).status_code in (403, 404)
    assert officer.get(reverse("administration:alerts")).status_code in (403, 404)


def test_a_removed_alert_can_be_brought_back(administrator: Client):
    alert = an_alert(a_trigger(), "citizens")

    administrator.post(reverse("administration:alert-remove", args=[alert.pk]))
    assert administrator.get(page(alert)).status_code == 404
    assert "Bring back" in administrator.get(reverse("administration:alerts")).text
    administrator.post(reverse("administration:alert-back", args=[alert.pk]))

    alert.refresh_from_db()
    assert alert.removed_at is None and not alert.active
