"""Users from a spreadsheet."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from guildhall.people.membership import services as membership
from guildhall.people.membership import spreadsheets
from guildhall.people.membership.models import SchoolPlace, UserImport

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
    [row] = spreadsheets.read("x.xlsx", kept.getvalue())
    assert (row["mobile"], row["urn"], row["forename"]) == ("7700900123", "990001", "Siân")
    line = f"{HEADS}\nnia@ysgol.example.org,Siân,Hughes,Other,,,".encode("cp1252")
    assert spreadsheets.read("x.csv", line)[0]["forename"] == "Siân"


def a_bomb():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (spreadsheets.MOST_UNPACKED + 1))
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", b"", "headings"),
        ("x.csv", HEADS.encode(), "no users"),
        ("x.csv", b"a,b\n1,2", "headings"),
        ("x.csv", f"{HEADS},{HEADS}\n{GOOD}".encode(), "headings"),
        ("x.csv", b"\x00\x01\x02", "not a spreadsheet"),
        ("x.pdf", b"%PDF-1.7", "not a spreadsheet"),
        ("x.xlsx", b"PK\x03\x04 broken", "not a spreadsheet"),
        ("x.xlsx", a_bomb(), "too large"),
        ("x.csv", b"x" * (spreadsheets.MOST_BYTES + 1), "too large"),
        ("x.csv", (HEADS + "\n" + (GOOD + "\n") * (spreadsheets.USERS.most + 1)).encode(), "more than 500"),
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
