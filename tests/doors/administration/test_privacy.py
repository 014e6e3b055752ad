"""Privacy's pages: requests, their clock, checking a pack, and two people to release it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.people.accounts.models import User
from guildhall.work.privacy import services
from guildhall.work.privacy.models import Pack, Request
from guildhall.work.privacy.subject import Subject
from tests.standing import a_parent, a_person, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db


def an_auditor(name: str = "dpo") -> User:
    return a_person(f"{name}@council.example.org", role="auditor")


@pytest.fixture
def carys(client: Client) -> Client:
    return come_in(client, an_auditor())


def a_request(*, gathered: bool = True) -> Request:
    now = timezone.now()
    request = services.open_request(
        Subject("user", a_parent().pk),
        received_on=timezone.localdate(now),
        language="en",
        by=an_auditor(),
        now=now,
    )
    pack = request.pack
    while gathered and pack.state == Pack.State.GATHERING:
        pack = services.gather(pack, now=now)
    return request


def typed(**changes: str) -> dict[str, str]:
    today = timezone.localdate()
    parts = {"day": today.day, "month": today.month, "year": today.year}
    given = {"kind": "user", "who": a_parent().email, "language": "cy"}
    return given | {f"received-{part}": str(value) for part, value in parts.items()} | changes


def test_an_empty_list_says_what_will_be_there(carys: Client):
    assert "There are no requests." in carys.get(reverse("administration:privacy")).text


def test_a_request_is_written_down_and_gathering_begins(carys: Client):
    response = carys.post(reverse("administration:privacy-new"), typed(), follow=True)

    made = Request.objects.get()
    assert (made.subject_kind, made.subject_id, made.language) == ("user", a_parent().pk, "cy")
    assert "Being gathered" in response.text
    assert "28 days left" in response.text
    listed = carys.get(reverse("administration:privacy")).text
    assert f"Account {a_parent().pk}" in listed
    assert a_parent().email not in listed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"who": "nobody@example.org"}, "Enter the email address, user name or number of an account"),
        ({"who": ""}, "Enter the email address, user name or number of an account"),
        ({"kind": "child", "who": "99"}, "Enter the number of a child"),
        ({"received-month": "13"}, "Enter the day the request was received"),
        ({"received-year": "2999"}, "must be today or in the past"),
        ({"received-year": "9" * 40}, "Enter the day the request was received"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    carys: Client, changes: dict[str, str], said: str
):
    response = carys.post(reverse("administration:privacy-new"), typed(**changes))

    assert response.status_code == 422
    assert said in response.text
    assert not Request.objects.exists()


@pytest.mark.req("GH-048")
def test_the_pack_is_checked_by_one_and_released_by_another_and_then_downloaded(carys: Client):
    found = a_request()
    page = reverse("administration:privacy-request", args=[found.pk])
    download = reverse("administration:privacy-pack", args=[found.pk])
    marked = carys.get(reverse("administration:privacy-whole", args=[found.pk]))
    assert marked["Content-Disposition"].endswith('-to-check.zip"')
    assert b"".join(marked.streaming_content)[:2] == b"PK"
    carys.post(reverse("administration:privacy-check", args=[found.pk]), {"kept": ["nothing.like.this"]})
    assert "Somebody else must release it" in carys.get(page).text
    release = reverse("administration:privacy-act", args=[found.pk, "release"])
    carys.post(release)
    assert carys.get(download).status_code == 404

    deputy = come_in(Client(), an_auditor("deputy"))
    assert "checked again after you opened" in deputy.post(release, follow=True).text, "it saw nothing"
    assert "Stop the clock" in deputy.get(page).text
    checked = re.search(r'name="checked" value="([^"]*)"', deputy.get(page).text)[1]
    deputy.post(release, {"checked": checked})
    assert "Stop the clock" not in deputy.get(page).text
    pause = reverse("administration:privacy-act", args=[found.pk, "pause"])
    assert "the request is answered" in deputy.post(pause, follow=True).text

    released = carys.get(download)
    assert b"".join(released.streaming_content)[:2] == b"PK"
    looked = Entry.objects.filter(verb="child.viewed", about_kind="privacy.pack")
    assert [one.detail["whole"] for one in looked.order_by("pk")] == [True, False]
    Pack.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert carys.get(download).status_code == 404


@pytest.mark.req("GH-048")
def test_a_pack_that_was_checked_otherwise_meanwhile_is_not_released_unseen(carys: Client):
    found = a_request()
    page = reverse("administration:privacy-request", args=[found.pk])
    check = reverse("administration:privacy-check", args=[found.pk])
    release = reverse("administration:privacy-act", args=[found.pk, "release"])
    deputy = come_in(Client(), an_auditor("deputy"))

    def shown() -> dict[str, str]:
        return {"checked": deputy.get(page).text.split('name="checked" value="')[1].split('"')[0]}

    carys.post(check)
    before = shown()
    carys.post(check, {"kept": ["submissions.Submission.answers"]})
    assert "checked again after you opened this page" in deputy.post(release, before, follow=True).text
    assert Pack.objects.get().state == Pack.State.CHECKED
    deputy.post(release, shown())
    assert Pack.objects.get().state == Pack.State.RELEASED


def test_the_clock_is_stopped_and_started(carys: Client):
    found = a_request(gathered=False)
    for act, said in (("pause", "The clock stands still."), ("resume", "The clock goes on.")):
        response = carys.post(reverse("administration:privacy-act", args=[found.pk, act]), follow=True)
        assert said in response.text
    response = carys.post(reverse("administration:privacy-act", args=[found.pk, "resume"]), follow=True)
    assert "The clock is running" in response.text
    assert carys.post(reverse("administration:privacy-act", args=[found.pk, "burn"])).status_code == 404


def test_the_list_asks_the_database_the_same_however_long_it_is(
    carys: Client, django_assert_max_num_queries: object
):
    for _ in range(6):
        a_request(gathered=False)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert carys.get(reverse("administration:privacy")).status_code == 200


def test_only_who_answers_for_privacy_comes_in():
    found = a_request()
    ways = [reverse("administration:privacy"), reverse("administration:privacy-new")]
    ways += [
        reverse(f"administration:privacy-{name}", args=[found.pk]) for name in ("request", "check", "whole")
    ]
    for user in (an_administrator(), an_officer(), a_parent()):
        client = come_in(Client(), user)
        assert {client.get(way).status_code for way in ways} == {403}
    one_step = come_in(Client(), an_auditor(), verified=False)
    assert {one_step.get(way).status_code for way in ways} == {403}


def test_the_pages_speak_welsh(carys: Client):
    User.objects.update(language="cy")
    found = a_request()

    assert "Preifatrwydd" in carys.get(reverse("administration:privacy")).text
    assert "Yn barod i" in carys.get(reverse("administration:privacy-request", args=[found.pk])).text
