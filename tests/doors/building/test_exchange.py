"""Exporting and importing a form: shown before it counts, never published unseen."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guildhall.paperwork.forms import exchange, queries, services
from guildhall.paperwork.forms.models import FormVersion, WorkingForm
from tests.definitions import every_kind
from tests.standing import NOON, a_parent, a_person, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
IMPORT = "building:import"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def offer(client: Client, content) -> str:
    file = content if isinstance(content, bytes) else exchange.written(content).encode()
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile("form.yaml", file)}).text


def accept(client: Client, page: str):
    return client.post(reverse(IMPORT), {"proposed": re.search(r'name="proposed" value="([^"]+)"', page)[1]})


@pytest.mark.req("GH-024")
def test_a_form_of_one_council_is_exported_and_imported_by_another(owen: Client):
    services.publish(every_kind(), by=None, now=NOON)
    file = b"".join(owen.get(reverse("building:export", args=["EVERY-KIND"])))
    file = file.replace(b"code: EVERY-KIND", b"code: OTHER-COUNCIL")

    page = offer(owen, file)
    assert "This is a new form: OTHER-COUNCIL" in page
    assert not WorkingForm.objects.exists()

    accept(owen, page)
    assert queries.working_form("OTHER-COUNCIL").content == every_kind(code="OTHER-COUNCIL")
    assert FormVersion.objects.count() == 1


@pytest.mark.req("GH-024")
def test_what_a_file_would_change_is_said_in_words_first(owen: Client):
    services.publish(every_kind(), by=None, now=NOON)
    page = offer(owen, every_kind(title={"en": "Ask for help", "cy": "Gofyn am gymorth"}))
    assert "The English title was reworded" in page
    assert not WorkingForm.objects.exists()

    accept(owen, page)

    assert queries.working_form("EVERY-KIND").content["title"]["en"] == "Ask for help"
    assert queries.live_version("EVERY-KIND").definition == every_kind()


def test_what_somebody_changed_since_is_not_overwritten(owen: Client):
    working = services.start_working("EVERY-KIND", content=every_kind(), by=None, now=NOON)
    page = offer(owen, every_kind(style="tabs"))
    mine = every_kind(emergency=True)
    services.change_working(working, content=mine, revision=0, by=None, now=NOON)
    assert accept(owen, page).status_code == 409
    assert queries.working_form("EVERY-KIND").content == mine


def test_questions_that_the_bank_has_otherwise_are_shown(owen: Client):
    known = {"code": "CHILD_SURNAME", "kind": "text", "text": {"en": "Family name", "cy": "Enw teulu"}}
    services.keep_question(known, by=None, now=NOON)
    assert "Family name" in offer(owen, every_kind())


def test_a_file_with_errors_is_refused_with_the_lines_where_they_are(owen: Client):
    content = every_kind()
    del content["groups"][0]["questions"][1]["text"]["cy"]
    file = exchange.written(content)
    line = next(n for n, said in enumerate(file.splitlines(), 1) if "code: CHILD_SURNAME" in said)
    page = offer(owen, file.encode())
    assert f"Line {line}: The Welsh question text is missing" in page
    assert "proposed" not in page
    assert "Line 1" in offer(owen, b"a: *b")


def test_many_problems_are_said_once_and_in_the_order_of_the_lines(owen: Client):
    content = every_kind()
    for group in content["groups"]:
        group["questions"][0]["when"] = {"question": "NOT_THERE", "is": "yes"}
        group["questions"][-1]["text"] = {"en": "x"}
    content = content | {"destination": "nowhere", "colour": "red"}
    page = offer(owen, content)
    assert page.count("There is a problem") == 1
    lines = [int(line) for line in re.findall(r"<li>Line (\d+):", page)]
    assert len(lines) > len(content["groups"]) and lines == sorted(lines)
    written = exchange.written(content).splitlines()
    for key, words in (("destination: nowhere", "nowhere"), ("colour: red", "colour")):
        assert re.search(rf"<li>Line {written.index(key) + 1}: [^<]*{words}", page)


@pytest.mark.req("GH-024")
def test_what_is_given_twice_or_lacks_in_the_whole_form_is_said_with_a_line(owen: Client):
    content = every_kind()
    content["groups"][2]["questions"][0] = content["groups"][0]["questions"][1]
    content["groups"][3]["number"] = content["groups"][1]["number"]
    file = exchange.written({key: one for key, one in content.items() if key != "title"})
    second = [n for n, said in enumerate(file.splitlines(), 1) if "code: CHILD_SURNAME" in said][1]
    clinic = next(n for n, said in enumerate(file.splitlines(), 1) if "key: clinic" in said)
    page = offer(owen, file.encode())
    assert re.search(rf"Line {second}: [^<]*CHILD_SURNAME", page)
    assert re.search(rf"Line {clinic}: [^<]*3", page)
    assert "<li>Line 1: " in page


@pytest.mark.heavy
@pytest.mark.both
def test_of_very_many_problems_the_first_are_said(owen: Client):
    content = every_kind()
    asked = content["groups"][0]["questions"][0] | {"identity": None}
    content["groups"][0]["questions"] = [asked | {"code": f"Q{n}", "colour": "red"} for n in range(150)]
    page = offer(owen, content)
    assert page.count("<li>Line") == 100
    assert "Other problems in the file: " in page
    assert not WorkingForm.objects.exists()


def test_nothing_chosen_or_a_proposal_of_another_is_refused(owen: Client):
    assert owen.post(reverse(IMPORT)).status_code == 422
    assert owen.post(reverse(IMPORT), {"proposed": "made up"}).status_code == 422
    proposal = offer(owen, every_kind())
    assert (
        accept(
            come_in(Client(), a_person("other@council.example.org", role="administrator")), proposal
        ).status_code
        == 422
    )
    assert not WorkingForm.objects.exists()


def test_others_may_not_export_or_import(owen: Client):
    services.publish(every_kind(), by=None, now=NOON)
    assert owen.get(reverse("building:export", args=["NO-SUCH"])).status_code == 404
    for user in (an_officer(), a_parent()):
        client = come_in(Client(), user)
        for address in (reverse(IMPORT), reverse("building:export", args=["EVERY-KIND"])):
            assert client.get(address).status_code in (403, 404)


@pytest.mark.req("GH-024")
def test_the_schema_of_the_file_is_downloaded_beside_the_import(owen: Client):
    address = reverse("building:schema")
    assert f'href="{address}"' in owen.get(reverse(IMPORT)).text
    given = owen.get(address)
    assert given["Content-Disposition"] == 'attachment; filename="forms.schema.json"'
    assert given.json()["$schema"].endswith("2020-12/schema")
    assert come_in(Client(), a_parent()).get(address).status_code in (403, 404)
