"""Users from a spreadsheet."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from guildhall.foundation.loading import spreadsheets
from guildhall.foundation.loading.services import MOST_WAITING
from guildhall.foundation.outbox.worker import drain
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace, UserImport
from guildhall.people.membership.services import imports
from guildhall.people.membership.spreadsheets import USERS

from ...people.membership.schools import (
    a_place,
    a_school,
    a_school_administrator,
    another_school,
    holder,
)
from ...standing import NOON, an_administrator, come_in

pytestmark = pytest.mark.django_db
HEADS = "Email address,First Name,Last Name,Job Title,Mobile number,Is Admin?,School number (URN)"
GOOD = "nia@ysgol.example.org,Nia,Hughes,Class Teacher,07700 900123,Yes,"


def csv(*lines, encoding="utf-8"):
    return SimpleUploadedFile("users.csv", "\r\n".join((HEADS, *lines)).encode(encoding))


@pytest.fixture
def bryn(client):
    place = a_school_administrator()
    come_in(client, place.user)
    return place


def test_the_template_is_a_spreadsheet_with_the_headings_and_the_jobs(client, bryn):
    book = load_workbook(io.BytesIO(client.get("/schools/users/import/template").content))
    assert [cell.value for cell in book.worksheets[0][1]] == HEADS.split(",")
    assert "Class Teacher" in [row[0].value for row in book.worksheets[1]]


def test_nothing_is_added_before_somebody_has_seen_it_and_applying_twice_adds_once(client, bryn):
    a_place("here@ysgol.example.org")
    file = csv(GOOD, "here@ysgol.example.org,A,B,Other,,,", "bad,,Rees,King,12,perhaps,990007", GOOD)
    address = client.post("/schools/users/import/", {"file": file})["Location"]
    assert not SchoolPlace.objects.filter(user__email="nia@ysgol.example.org").exists()
    page = client.get(address).text
    for words in (
        "To add: 1. Here already: 1. With a problem: 2.",
        "Enter an email address like",
        "Enter a first name",
        "Use a job title from the list",
        "Enter a telephone number",
        "Enter Yes or No",
        "names another school",
        "The same person is in the file twice",
    ):
        assert words in page
    for _ in range(2):
        client.post(f"{address}/decide", {"act": "apply"})
    place = SchoolPlace.objects.get(user__email="nia@ysgol.example.org")
    assert (place.school, place.is_admin, place.mobile) == (a_school(), True, "07700900123")
    assert UserImport.objects.get().rows == []
    assert "People added: 1" in client.get(address).text


def test_a_spreadsheet_can_be_discarded_and_is_nobody_elses(client, bryn):
    address = client.post("/schools/users/import/", {"file": csv(GOOD)})["Location"]
    come_in(client, a_school_administrator("x@ysgol.example.org").user)
    assert client.get(address).status_code == 404
    come_in(client, bryn.user)
    client.post(f"{address}/decide", {"act": "discard"})
    assert not UserImport.objects.exists()


@pytest.mark.parametrize("of_council", [False, True], ids=["school", "council"])
def test_the_buttons_and_the_link_below_the_rows_lead_where_they_say(client, bryn, of_council):
    """The test client posts where it is told; a browser posts where the form of the page says."""
    if of_council:
        come_in(client, an_administrator())
    begin = "/council/administration/schools/import/" if of_council else "/schools/users/import/"
    file = csv(f"{GOOD}{a_school().urn}", "bad,,Rees,King,,,")
    page = client.get(client.post(begin, {"file": file})["Location"]).text.split("<main")[1]
    [wrong] = re.findall(r'href="([^"]*/problems/?)"', page)
    assert client.get(wrong).status_code == 200
    [decides] = re.findall(r'<form method="post" action="([^"]*)"', page)
    client.post(decides, {"act": "apply"})
    assert SchoolPlace.objects.filter(user__email="nia@ysgol.example.org").exists()


def test_a_second_spreadsheet_leaves_the_first_one_waiting_and_says_so(client, bryn):
    first = client.post("/schools/users/import/", {"file": csv(GOOD)})["Location"]
    second = client.post("/schools/users/import/", {"file": csv(GOOD.replace("nia", "mair"))})["Location"]
    for page in (second, "/schools/users/import/"):
        assert "You have not used these spreadsheets yet" in client.get(page).text
        assert f'href="{first}"' in client.get(page).text
    assert f'href="{first}"' not in client.get(first).text
    client.post(f"{first}/decide", {"act": "apply"})
    assert SchoolPlace.objects.filter(user__email="nia@ysgol.example.org").exists()
    assert "You have not used" not in client.get(second).text
    client.post(f"{second}/decide", {"act": "apply"})
    assert SchoolPlace.objects.filter(user__email="mair@ysgol.example.org").exists()


def test_only_so_many_spreadsheets_wait_and_none_longer_than_a_week(client, bryn):
    for _ in range(MOST_WAITING):
        client.post("/schools/users/import/", {"file": csv(GOOD)})
    full = client.post("/schools/users/import/", {"file": csv(GOOD)})
    assert full.status_code == 422 and "You have 10 spreadsheets that you have not used" in full.text
    membership.forget_imports(now=timezone.now() + timedelta(days=6))
    assert UserImport.objects.count() == MOST_WAITING
    membership.forget_imports(now=timezone.now() + timedelta(days=8))
    assert not UserImport.objects.exists()


def test_the_council_imports_for_any_school_by_its_number(client):
    come_in(client, an_administrator())
    a_school(), another_school()
    file = csv(GOOD + "990007", GOOD.replace("nia", "mair"), GOOD.replace("nia", "huw") + "999999")
    address = client.post("/council/administration/schools/import/", {"file": file})["Location"]
    assert "Enter the six-figure number" in client.get(address).text
    client.post(f"{address}decide/", {"act": "apply"})
    assert [one.school for one in SchoolPlace.objects.all()] == [another_school()]
    assert client.get("/council/administration/schools/import/template/").status_code == 200


def test_workbooks_and_the_windows_alphabet_are_read():
    book = Workbook()
    book.active.append([head + " *" for head in HEADS.split(",")])
    book.active.append(["nia@ysgol.example.org", "Siân", "Hughes", "Other", 7700900123, "No", 990001])
    kept = io.BytesIO()
    book.save(kept)
    [row] = spreadsheets.read("x.xlsx", kept.getvalue(), USERS)
    assert (row["mobile"], row["urn"], row["forename"]) == ("7700900123", "990001", "Siân")
    line = f"{HEADS}\nnia@ysgol.example.org,Siân,Hughes,Other,,,".encode("cp1252")
    assert spreadsheets.read("x.csv", line, USERS)[0]["forename"] == "Siân"


@pytest.mark.parametrize("name", ["users.txt", "users.csv"])
def test_what_excel_calls_unicode_text_is_read(name):
    lines = "\r\n".join(one.replace(",", "\t") for one in (HEADS, GOOD.replace("Nia", "Siân")))
    [row] = spreadsheets.read(name, lines.encode("utf-16"), USERS)
    assert (row["forename"], row["email"]) == ("Siân", "nia@ysgol.example.org")


def a_person(number):
    return f"p{number}@ysgol.example.org,Nia,Hughes,Class Teacher,,,"


def test_many_people_are_added_a_part_at_a_time_while_the_page_shows_how_far(client, bryn, monkeypatch):
    monkeypatch.setattr(imports, "AT_A_TIME", 2)
    rows = [a_person(number) for number in range(5)]
    rows[3] = rows[3].replace("Class Teacher", "King")
    address = client.post("/schools/users/import/", {"file": csv(*rows)})["Location"]
    assert client.post(f"{address}/decide", {"act": "apply"})["Location"] == address
    assert "2 of 5 rows so far" in client.get(address).text
    assert "2 of 5 rows so far" in client.get("/schools/users/import/").text
    client.post(f"{address}/decide", {"act": "discard"})
    other = client.post("/schools/users/import/", {"file": csv(GOOD)})["Location"]
    client.post(f"{other}/decide", {"act": "discard"})
    drain(timezone.now)
    page = client.get(address).text
    assert "People added: 4" in page
    assert "Their numbers in the spreadsheet: 5<" in page
    assert SchoolPlace.objects.filter(user__email__startswith="p").count() == 4


def test_a_worker_adds_nobody_for_who_keeps_the_school_no_longer(client, bryn, monkeypatch):
    monkeypatch.setattr(imports, "AT_A_TIME", 1)
    rows = [a_person(number) for number in range(3)]
    address = client.post("/schools/users/import/", {"file": csv(*rows)})["Location"]
    client.post(f"{address}/decide", {"act": "apply"})
    bryn.membership.ended_at = NOON
    bryn.membership.save()
    drain(timezone.now)
    assert SchoolPlace.objects.filter(user__email__startswith="p").count() == 1


def test_a_used_spreadsheet_is_not_said_to_be_discarded(client, bryn):
    address = client.post("/schools/users/import/", {"file": csv(GOOD)})["Location"]
    client.post(f"{address}/decide", {"act": "apply"})
    page = client.post(f"{address}/decide", {"act": "discard"}, follow=True).text
    assert "has been used already" in page
    assert "discarded. Nothing" not in page


def test_the_rows_with_a_problem_can_be_taken_away_and_chosen_again(client, bryn):
    wrong = GOOD.replace("Class Teacher", "King")
    address = client.post("/schools/users/import/", {"file": csv(a_person(1), wrong)})["Location"]
    file = client.get(f"{address}/problems").content
    heads, row = load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(values_only=True)
    assert heads == (*HEADS.split(","), "What to correct")
    assert row[0] == "nia@ysgol.example.org"
    assert "Use a job title from the list" in row[-1]
    assert [one["job_title"] for one in spreadsheets.read("x.xlsx", file, USERS)] == ["King"]


def a_bomb():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (spreadsheets.MOST_UNPACKED + 1))
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", b"", "headings"),
        ("x.csv", HEADS.encode(), "nothing below"),
        ("x.csv", b"a,b\n1,2", "headings"),
        ("x.csv", f"{HEADS},{HEADS}\n{GOOD}".encode(), "headings"),
        ("x.csv", b"\x00\x01\x02", "not a spreadsheet"),
        ("x.pdf", b"%PDF-1.7", "not a spreadsheet"),
        ("x.xlsx", b"PK\x03\x04 broken", "not a spreadsheet"),
        ("x.xlsx", a_bomb(), "too large"),
        ("x.csv", b"x" * (spreadsheets.MOST_BYTES + 1), "too large"),
        ("x.csv", (HEADS + "\n" + (GOOD + "\n") * (USERS.most + 1)).encode(), "more than 5,000 rows"),
    ],
)
def test_a_file_that_is_no_list_of_users_is_refused_in_words(client, bryn, name, content, words):
    refused = client.post("/schools/users/import/", {"file": SimpleUploadedFile(name, content)})
    assert refused.status_code == 422
    assert words in refused.text


def test_no_file_at_all_is_refused(client, bryn):
    assert "Choose a spreadsheet" in client.post("/schools/users/import/").text


def test_who_keeps_no_school_stages_nothing(bryn):
    with pytest.raises(membership.NotYours):
        membership.stage_import(
            "x.csv", f"{HEADS}\n{GOOD}".encode(), school=None, holder=holder(bryn), by=bryn.user, now=NOON
        )
