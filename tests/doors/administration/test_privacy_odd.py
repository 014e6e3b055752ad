"""Unusual readings, breaches and who saw what, as the auditor sees them."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.audit.models import Entry
from guildhall.people.accounts.models import User
from guildhall.work.privacy.models import Breach, OddReading
from tests.standing import NOON, a_parent, a_person, an_administrator, an_officer, come_in
from tests.work.cases.scene import a_case

pytestmark = pytest.mark.django_db
NEW = "administration:privacy-breach-new"
SEEN = "administration:privacy-seen"


def an_auditor() -> User:
    return a_person("dpo@council.example.org", role="auditor")


@pytest.fixture
def carys(client: Client) -> Client:
    return come_in(client, an_auditor())


def an_odd_reading() -> OddReading:
    return OddReading.objects.create(
        rule="namesake", on=NOON.date(), reader=an_officer().pk, child=7, count=2, entry=1, found_at=NOON
    )


@pytest.mark.req("GH-046")
def test_the_auditor_reads_the_list_looks_into_one_and_it_is_no_longer_waiting(carys: Client):
    assert "There is nothing here." in carys.get(reverse("administration:privacy-odd")).text
    found = an_odd_reading()
    page = reverse("administration:privacy-odd-one", args=[found.pk])
    assert page in carys.get(reverse("administration:privacy-odd")).text
    shown = carys.get(page).text
    assert str(an_officer()) in shown
    assert f"person={an_officer().pk}" in shown
    problem = carys.post(page, {"outcome": "in-order", "note": ""})
    assert (problem.status_code, "Write down what you found" in problem.text) == (422, True)

    done = carys.post(page, {"outcome": "asked", "note": "They were curious."}, follow=True)

    assert page not in done.text
    reviewed = carys.get(reverse("administration:privacy-odd") + "?state=reviewed").text
    assert "spoken about with the person" in reviewed


def test_nobody_else_sees_unusual_readings_breaches_or_who_saw_what():
    found = an_odd_reading()
    pages = [
        reverse("administration:privacy-odd"),
        reverse("administration:privacy-odd-one", args=[found.pk]),
    ]
    pages += [reverse(NEW), reverse(SEEN), reverse("administration:privacy-seen-export")]
    for person in (a_parent(), an_officer(), an_administrator()):
        client = come_in(Client(), person)
        assert {client.get(page).status_code for page in pages} <= {302, 403, 404}


def moment(name: str, at: datetime | None) -> dict[str, str]:
    if at is None:
        return {}
    at = timezone.localtime(at)
    parts = {"day": at.day, "month": at.month, "year": at.year, "time": f"{at:%H:%M}"}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


def facts(**changes: str) -> dict[str, str]:
    known = moment("known_at", timezone.now() - timedelta(hours=10))
    return {"happened": "A letter went to the wrong house.", "revision": "0"} | known | changes


def test_a_breach_is_written_down_and_its_clock_runs(carys: Client):
    response = carys.post(reverse(NEW), facts(people="3"), follow=True)

    found = Breach.objects.get()
    assert (found.people, found.made_by) == (3, an_auditor())
    assert "61 hours left" in response.text or "62 hours left" in response.text
    Breach.objects.update(known_at=timezone.now() - timedelta(hours=80))
    assert "The 72 hours have been over for" in carys.get(reverse("administration:privacy-breaches")).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"happened": ""}, "Write down what happened"),
        ({"known_at-day": "40"}, "Enter a real day"),
        ({"known_at-time": "99:99"}, "Enter a real day"),
        ({"known_at-year": "2999"}, "must be in the past"),
        ({"people": "many"}, "Enter how many people"),
        ({"happened": "x" * 8_001}, "8000 characters or fewer"),
    ],
)
def test_what_is_wrong_with_a_breach_is_said_and_what_was_typed_stays(
    carys: Client, changes: dict[str, str], said: str
):
    response = carys.post(reverse(NEW), facts(effects="Somebody knows") | changes)

    assert response.status_code == 422
    assert said in response.text
    assert "Somebody knows" in response.text
    assert not Breach.objects.exists()


def test_a_breach_is_closed_only_with_the_risk_and_why_nobody_was_told(carys: Client):
    carys.post(reverse(NEW), facts())
    found = Breach.objects.get()
    page = reverse("administration:privacy-breach", args=[found.pk])
    close = reverse("administration:privacy-breach-close", args=[found.pk])
    assert "choose the risk" in carys.post(close, follow=True).text
    typed = facts(revision="1", risk="none", steps="Called back") | {"ico_words": "No risk"}
    carys.post(page, typed)
    assert "why the people were not told" in carys.post(close, follow=True).text
    carys.post(page, typed | {"people_words": "No risk", "revision": "2"})

    assert "The record is closed." in carys.post(close, follow=True).text
    stale = carys.post(page, typed | {"revision": "3"})
    assert "Somebody else changed or closed" in stale.text


def test_two_people_do_not_write_over_each_other(carys: Client):
    carys.post(reverse(NEW), facts())
    page = reverse("administration:privacy-breach", args=[Breach.objects.get().pk])
    carys.post(page, facts(revision="1", effects="First"))

    late = carys.post(page, facts(revision="1", effects="Second"))

    assert (late.status_code, "Second" in late.text) == (422, True)
    assert Breach.objects.get().effects == "First"


def asked(kind: str, key: object) -> dict[str, str]:
    times = moment("since", NOON - timedelta(hours=1)) | moment("until", NOON + timedelta(hours=1))
    return {"kind": kind, "key": str(key)} | times


def look(at: datetime, *, about: tuple[str, str], child: int | None = None, **detail: object) -> int:
    audit.record("child.viewed", by=an_officer(), about=about, child=child, now=at, detail=detail)
    return Entry.objects.latest("pk").pk


def answered(client: Client, kind: str, key: object) -> list[int]:
    return [entry.pk for entry, _words in client.get(reverse(SEEN), asked(kind, key)).context["lines"]]


@pytest.mark.req("GH-046")
def test_who_saw_a_child_an_account_a_file_or_what_an_officer_saw_is_exact(carys: Client):
    case = a_case()
    child, file = case.mention.child_id, "0b8a1a9e-5d43-4f43-9d0f-6a1d53a0a111"
    opened = look(NOON, about=("children.child", str(child)), child=child)
    listed = look(NOON, about=("cases", "list"), shown=[case.pk])
    searched = look(NOON, about=("children", "list"), shown=[child, 5])
    downloaded = look(NOON, about=("files.storedfile", file), child=child)
    both = look(NOON, about=("cases.case", str(case.pk)), child=child)
    look(NOON, about=("cases", "list"), shown=[case.pk + 1])
    other = look(NOON, about=("children.child", "5"), child=5)
    look(NOON + timedelta(hours=1), about=("children.child", str(child)), child=child)

    assert answered(carys, "child", child) == [opened, listed, searched, downloaded, both]
    assert answered(carys, "user", a_parent().email) == [listed, both]
    assert answered(carys, "file", file) == [downloaded]
    assert other in answered(carys, "officer", an_officer().email)
    assert Entry.objects.filter(verb="audit.searched", about_id="who-saw").count() == 4


@pytest.mark.req("GH-046", "GH-048")
def test_whoever_downloaded_the_pack_of_an_account_saw_the_account(carys: Client):
    dilys = a_parent()
    downloaded = look(NOON, about=("privacy.pack", "1"), account=dilys.pk, whole=True)
    look(NOON, about=("privacy.pack", "2"), account=dilys.pk + 1, whole=True)
    look(NOON, about=("privacy.pack", str(dilys.pk)), child=7, account=None)

    assert answered(carys, "user", dilys.email) == [downloaded]


@pytest.mark.req("GH-046")
def test_the_answer_is_downloaded_as_a_table(carys: Client):
    opened = look(NOON, about=("children.child", "9"), child=9)

    answer = carys.get(reverse("administration:privacy-seen-export"), asked("child", 9))

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [str(opened)]
    assert Entry.objects.filter(verb="audit.exported", about_id="who-saw").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key": "Mali"}, "Enter the number of a child"),
        ({"kind": "file", "key": "7"}, "Enter the file"),
        ({"kind": "officer", "key": "nobody"}, "Enter the email address"),
        ({"since-day": "99"}, "Enter a real day"),
        ({"until-year": "2020"}, "The end must be after the beginning"),
        ({"until-year": "2040"}, "The end must be after the beginning"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(carys: Client, changes: dict[str, str], said: str):
    response = carys.get(reverse(SEEN), asked("child", 9) | changes)

    assert (response.status_code, said in response.text) == (422, True)
    assert not Entry.objects.filter(about_id="who-saw").exists()


def test_the_data_map_is_a_page(carys: Client):
    shown = carys.get(reverse("administration:privacy-map")).text

    assert "accounts.User" in shown
    assert "password (given to nobody)" in shown
    assert "Public task, Article 6(1)(e)" in shown
