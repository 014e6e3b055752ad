"""Administrators keep the directories that people may sign in with."""

import pytest
from django.test import Client

from guildhall.people.accounts.models import Provider

from ...standing import a_parent, an_administrator, an_officer, come_in
from ...support.seen import seen_at, seen_on

PAGE = "/council/administration/sign-in-providers/"
GIVEN = {
    "provider_name_en": "Northshire work account",
    "provider_name_cy": "cyfrif gwaith Northshire",
    "provider_door": "council",
    "provider_issuer": "https://login.example.org/tenant",
    "provider_client_id": "guildhall",
    "provider_secret": "between the two of us",
    "provider_domains": "Council.example.org, other.example.org",
    "provider_trusted_amr": "mfa",
}


@pytest.mark.django_db
def test_a_directory_is_added_changed_and_removed(client):
    come_in(client, an_administrator())
    assert "it will be listed here" in client.get(PAGE).text
    assert client.post(f"{PAGE}add/", GIVEN).url == PAGE
    made = Provider.objects.get()
    assert (made.key, made.on) == ("council", False)
    assert made.domains == ["council.example.org", "other.example.org"]
    assert "Northshire" not in Client().get("/account/sign-in?door=council").text

    page = client.get(f"{PAGE}{made.pk}/").text
    assert "/account/sign-in/directory/council/back" in page
    assert "between the two of us" not in page
    sealed = made.client_secret
    client.post(f"{PAGE}{made.pk}/", GIVEN | seen_on(page) | {"provider_secret": "", "provider_on": "on"})
    made.refresh_from_db()
    assert made.client_secret == sealed
    assert "Northshire work account" in Client().get("/account/sign-in?door=council").text
    assert "Northshire" not in Client().get("/account/sign-in").text

    client.post(f"{PAGE}add/", GIVEN)
    assert Provider.objects.filter(key="council-2").exists()
    assert "Remove Northshire work account?" in client.get(f"{PAGE}{made.pk}/remove/").text
    client.post(f"{PAGE}{made.pk}/remove/")
    assert not Provider.objects.filter(pk=made.pk).exists()
    assert client.get(f"{PAGE}{made.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_directory_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen(client):
    come_in(client, an_administrator())
    client.post(f"{PAGE}add/", GIVEN)
    made = Provider.objects.get()
    page = f"{PAGE}{made.pk}/"
    before = seen_at(client, page)
    client.post(page, GIVEN | before | {"provider_client_id": "theirs"})
    mine = GIVEN | {"provider_client_id": "mine"}
    for seen in (before, {}):
        late = client.post(page, mine | seen)
        assert late.status_code == 409
        assert ">theirs</dd>" in late.text and 'value="mine"' in late.text
        assert GIVEN["provider_secret"] not in late.text
    assert Provider.objects.get().client_id == "theirs"
    assert client.post(page, mine | seen_on(late.text)).url == PAGE
    assert Provider.objects.get().client_id == "mine"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("provider_issuer", "http://login.example.org"),
        ("provider_issuer", "https://login.example.org/?x=1"),
        ("provider_issuer", "file:///etc/passwd"),
        ("provider_domains", "somebody@council.example.org"),
        ("provider_secret", ""),
        ("provider_door", "families"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(client, field, typed):
    come_in(client, an_administrator())
    answer = client.post(f"{PAGE}add/", GIVEN | {field: typed})
    assert answer.status_code == 422
    assert list(answer.context["problems"]) == [field]
    assert not Provider.objects.exists()


@pytest.mark.django_db
def test_a_test_that_fails_says_why(client):
    come_in(client, an_administrator())
    client.post(f"{PAGE}add/", GIVEN | {"provider_issuer": "http://127.0.0.1:9"})
    made = Provider.objects.get()
    answer = client.post(f"{PAGE}{made.pk}/test/", follow=True)
    assert "does not work yet" in answer.text
    assert "cannot be reached" in answer.text


@pytest.mark.django_db
def test_only_verified_administrators_come_here(client):
    for who, verified in ((an_officer(), True), (a_parent(), True), (an_administrator(), False)):
        person = come_in(Client(), who, verified=verified)
        for path in ("", "add/", "1/", "1/remove/"):
            assert person.get(PAGE + path).status_code == 403
        assert person.post(f"{PAGE}1/test/").status_code == 403
