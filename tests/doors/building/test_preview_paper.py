"""The form on paper while it is built: as a PDF and as a Word file, in both languages."""

import io

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from guildhall.paperwork.forms import services
from guildhall.paperwork.forms.models import WorkingForm
from tests.definitions import every_kind, group, question, words
from tests.standing import NOON, a_parent, an_administrator, come_in

pytestmark = pytest.mark.django_db
CODE = "EVERY-KIND"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def paper(client: Client, kind: str, language: str = "en") -> str:
    answer = client.get(reverse(f"building:preview-{kind}", args=[CODE]), {"language": language})
    assert answer.status_code == 200
    if kind == "pdf":
        assert answer["Content-Disposition"] == f'inline; filename="every-kind-{language}.pdf"'
        read = pypdf.PdfReader(io.BytesIO(answer.content))
        return " ".join(" ".join(page.extract_text() for page in read.pages).split())
    file = docx.Document(io.BytesIO(answer.content))
    tables = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in file.paragraphs), *tables])


@pytest.mark.req("GH-025", "SP-162")
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_form_being_built_is_seen_on_paper_in_both_languages(owen: Client, kind: str):
    content = every_kind(declaration=words("It is true."))
    services.start_working(CODE, content=content, by=None, now=NOON)
    owen.post(
        reverse("building:preview-step", args=[CODE, "needs"]), {"q-has_diagnosis": "yes", "shown": "x"}
    )

    english, welsh = (paper(owen, kind, language) for language in ("en", "cy"))

    assert "Request for an assessment" in english
    assert "Tell us who your child is." in english
    assert "1. Child" in english
    assert "Child surname" in english
    assert "It is true." in english
    assert "Not answered" in english
    assert "Child surname (yn Gymraeg)" in welsh
    assert "Tell us who your child is. (yn Gymraeg)" in welsh
    assert "Not answered" not in welsh


@pytest.mark.req("SP-161")
def test_a_heading_of_300_characters_is_whole_on_paper_with_what_follows(owen: Client):
    long = " ".join(["Supercalifragilistic"] * 14)[:299] + "."
    group_ = group("one", 2, question("AFTER"), title=words(long))
    services.start_working(CODE, content=every_kind(groups=[group_]), by=None, now=NOON)
    said = paper(owen, "pdf")
    assert long in said
    assert said.index(long) < said.index("After")


def test_an_unfinished_form_and_unsaved_edits_are_on_paper_too(owen: Client):
    odd = {"groups": [group("one", 2, question("A"), {"code": "B"}), {"title": "x"}, 3]}
    WorkingForm.objects.create(code=CODE, content={}, edited=odd, started_at=NOON, changed_at=NOON)
    assert "1. One" in paper(owen, "pdf")
    page = owen.get(reverse("building:preview", args=[CODE]), {"language": "cy"}).text
    assert f"{reverse('building:preview-pdf', args=[CODE])}?language=cy" in page


def test_others_may_not_see_it_and_what_is_not_there_is_not_found(owen: Client):
    address = reverse("building:preview-pdf", args=[CODE])
    assert owen.get(address).status_code == 404
    services.start_working(CODE, content=every_kind(), by=None, now=NOON)
    assert come_in(Client(), a_parent()).get(address).status_code in (403, 404)
