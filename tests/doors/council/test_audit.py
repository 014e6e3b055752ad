"""The data protection officer searches the audit by person, child, kind of act and date (GH-046)."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import guildhall
from guildhall.foundation.audit import services as audit
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.people.accounts.models import User
from tests.standing import NOON, a_parent, a_person, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
AUDIT = "council:audit"


def an_auditor() -> User:
    return a_person("dpo@council.example.org", role="auditor")


@pytest.fixture
def auditor(client: Client) -> Client:
    officer, parent = an_officer(), a_parent()
    audit.record(
        "child.viewed", by=officer, about=("child", "11"), child=11, now=NOON, detail={"surface": "page"}
    )
    audit.record("child.viewed", by=parent, about=("child", "12"), child=12, now=NOON + timedelta(days=2))
    audit.record("account.signed_in", by=parent, about=parent, now=NOON)
    return come_in(client, an_auditor())


def found(client: Client, **asked: object) -> set[tuple[str, int | None]]:
    answer = client.get(reverse(AUDIT), asked)
    assert answer.status_code == 200
    return {(entry.verb, entry.child_id) for entry, _words in answer.context["lines"]}


@pytest.mark.req("GH-046")
def test_entries_are_found_by_person_child_kind_and_date(auditor: Client):
    seen, other = ("child.viewed", 11), ("child.viewed", 12)

    assert found(auditor, person="send.officer@council.example.org", room="child") == {seen}
    assert found(auditor, person=a_parent().pk, room="child") == {other}
    assert found(auditor, child="12") == {other}
    start = {"start-day": "2", "start-month": "6", "start-year": "2026"}
    end = {"end-day": "2", "end-month": "6", "end-year": "2026"}
    assert found(auditor, room="child", **start) == {other}
    assert found(auditor, room="child", **end) == {seen}
    assert ("account.signed_in", None) in found(auditor, room="account")


@pytest.mark.req("GH-046")
def test_a_search_is_itself_kept_in_the_audit(auditor: Client):
    found(auditor, child="12")

    entry = Entry.objects.get(verb="audit.searched")
    assert entry.by_id == an_auditor().pk
    assert entry.detail == {"child": "12"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"person": "nobody@example.org"}, "Enter the email address, user name or number of an account"),
        ({"child": "Mali"}, "Enter the number of a child’s record"),
        ({"start-day": "40", "start-month": "6", "start-year": "2026"}, "Enter a real start date"),
        ({"end-day": "31", "end-month": "12", "end-year": "9999"}, "Enter a real end date"),
        ({"before": "x" * 5000, "room": "<script>"}, "What was found"),
    ],
)
def test_what_cannot_be_searched_for_is_said_beside_the_field(auditor: Client, asked: dict, words: str):
    assert words in auditor.get(reverse(AUDIT), asked).text


@pytest.mark.req("GH-046")
def test_what_happened_stands_in_words_for_every_verb_that_the_portal_keeps():
    sources = Path(guildhall.__file__).parent.rglob("*.py")
    pattern = r'audit\.record\(\s*"([a-z_.-]+)"'
    verbs = {verb for path in sources for verb in re.findall(pattern, path.read_text(encoding="utf-8"))}

    assert "form.sent" in verbs
    lacking = {verb for verb in verbs if f"administration.Audit_{verb.replace('.', '_')}" not in catalogue()}
    assert lacking == set()


@pytest.mark.req("GH-046")
def test_the_acts_of_every_room_can_be_asked_for_by_a_name_in_both_languages(auditor: Client):
    said = [name.split("_")[1] for name in catalogue() if name.startswith("administration.Audit_")]
    offered = dict(auditor.get(reverse(AUDIT)).context["rooms"])
    names = list(offered.values())[1:]

    assert set(said) - {"Fallback"} - offered.keys() == set()
    assert names == sorted(names, key=str.casefold)
    audit.record("consent.agreed", by=None, about=("user", "1"), now=NOON)
    audit.record("authority.setting_changed", by=None, about=("setting", "x"), now=NOON)
    assert found(auditor, room="consent") == {("consent.agreed", None)}
    assert found(auditor, room="authority") == {("authority.setting_changed", None)}


def test_older_entries_are_a_link_away(auditor: Client):
    for _ in range(60):
        audit.record("account.signed_in", by=None, about=("user", "1"), now=NOON)

    page = auditor.get(reverse(AUDIT), {"room": "account"})
    assert len(page.context["lines"]) == 50
    older = auditor.get(reverse(AUDIT) + page.context["older"])
    assert older.context["older"] == ""
    first = {entry.pk for entry, _ in page.context["lines"]}
    assert not first & {entry.pk for entry, _ in older.context["lines"]}


def test_the_home_of_an_auditor_leads_to_the_audit(auditor: Client):
    page = auditor.get(reverse("council:home")).text

    assert f'href="{reverse(AUDIT)}"' in page
    assert reverse("council:status") not in page


@pytest.mark.parametrize("person", [an_officer, an_administrator, a_parent])
def test_nobody_else_reads_the_audit(client: Client, person):
    come_in(client, person())

    assert client.get(reverse(AUDIT)).status_code == 403


DAYS = {
    "start-day": "1",
    "start-month": "6",
    "start-year": "2026",
    "end-day": "3",
    "end-month": "6",
    "end-year": "2026",
}


@pytest.mark.req("GH-046")
def test_what_was_found_is_downloaded_as_a_table_or_as_data_and_that_is_kept(auditor: Client):
    address = reverse("council:audit-export")
    table = auditor.get(address, DAYS | {"room": "child", "format": "csv"})
    data = auditor.get(address, DAYS | {"child": "12", "format": "jsonl"})

    assert table["Content-Disposition"] == 'attachment; filename="audit-2026-06-01.csv"'
    lines = b"".join(table.streaming_content).decode().splitlines()
    assert [line.split(",")[2] for line in lines[1:]] == ["child.viewed", "child.viewed"]
    (line,) = b"".join(data.streaming_content).decode().splitlines()
    assert json.loads(line)["child_id"] == 12
    assert Entry.objects.filter(verb="audit.exported", by_id=an_auditor().pk).count() == 2


@pytest.mark.parametrize(
    "asked",
    [
        {"format": "csv"},
        {"format": "jsonl", "start-day": "1", "start-month": "6", "start-year": "2026"},
        DAYS | {"format": "csv", "end-year": "2031"},
    ],
)
def test_a_download_has_a_first_and_a_last_day(auditor: Client, asked: dict[str, str]):
    answer = auditor.get(reverse("council:audit-export"), asked)

    assert answer.status_code == 422
    assert "Enter a first and a last day" in answer.text
    assert not Entry.objects.filter(verb="audit.exported").exists()


def test_nobody_else_downloads_the_audit_and_other_formats_do_not_exist(auditor: Client):
    address = reverse("council:audit-export")
    assert auditor.get(address, DAYS | {"format": "exe"}).status_code == 404
    for person in (a_parent(), an_officer(), an_administrator()):
        assert come_in(Client(), person).get(address, DAYS | {"format": "csv"}).status_code == 403
