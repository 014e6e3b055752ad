"""The settings page of printed forms: fonts, sizes, logo, preview."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.documents import queries as documents
from tests.standing import an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
PAGE = "/council/administration/settings/printing/"


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (90, 30)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", out.getvalue())


def save(client: Client, **changes: str):
    typed = {
        "printing_panel_font": "serif",
        "printing_panel_size": "20",
        "printing_sub_font": "mono",
        "printing_sub_size": "11",
    }
    return client.post(PAGE, typed | changes | {"revision": str(authority.revision_of(_KEYS))}, follow=True)


_KEYS = [f"printing.{part}_{what}" for part in ("panel", "sub") for what in ("font", "size")]


def sample(client: Client, kind: str) -> bytes:
    answer = client.get(reverse("administration:print-sample", args=[kind]))
    assert answer.status_code == 200
    return answer.content


@pytest.mark.req("SP-233", "SP-234")
def test_fonts_and_sizes_are_set_once_and_the_preview_shows_them(owen: Client):
    before = sample(owen, "png")
    assert reverse("administration:print-sample", args=["png"]) in owen.get(PAGE).text

    assert save(owen).status_code == 200

    look = documents.look()
    assert (look.panel_font, look.panel_size, look.sub_font, look.sub_size) == ("serif", 20, "mono", 11)
    after = sample(owen, "png")
    assert after.startswith(b"\x89PNG") and after != before
    styles = docx.Document(io.BytesIO(sample(owen, "docx"))).styles
    assert (styles["Heading 2"].font.name, styles["Heading 2"].font.size.pt) == ("Times New Roman", 20)


@pytest.mark.parametrize("changes", [{"printing_panel_font": "comic"}, {"printing_sub_size": "99"}])
def test_what_cannot_be_a_font_or_a_size_is_said_and_not_kept(owen: Client, changes: dict[str, str]):
    assert save(owen, **changes).status_code == 422
    assert documents.look().panel_size == 14


@pytest.mark.req("SP-233", "SP-234")
def test_a_jpg_is_the_logo_of_every_printed_form_until_it_is_removed(owen: Client):
    owen.post(reverse("administration:print-logo"), {"logo": a_picture()})

    assert documents.look().logo
    page = PdfReader(io.BytesIO(sample(owen, "pdf"))).pages[0]
    assert len(page.images) == 1
    assert len(docx.Document(io.BytesIO(sample(owen, "docx"))).inline_shapes) == 1

    owen.post(reverse("administration:print-logo"), {"remove": "yes"})
    assert documents.look().logo == b""


def test_anything_else_than_a_jpg_is_not_taken(owen: Client):
    for upload in (a_picture("PNG"), SimpleUploadedFile("logo.jpg", b"<script>"), a_picture(size=(2001, 3))):
        said = owen.post(reverse("administration:print-logo"), {"logo": upload}, follow=True).text
        assert "Choose a" in said
    assert authority.picture("print-logo") is None
    assert (
        "Choose a picture to print"
        in owen.post(reverse("administration:print-logo"), follow=True).content.decode()
    )


def test_the_sample_speaks_the_language_of_the_page(owen: Client):
    owen.post(reverse("account:language"), {"language": "cy", "next": "/"})

    words = PdfReader(io.BytesIO(sample(owen, "pdf"))).pages[0].extract_text()
    assert "Ffurflen enghreifftiol" in words


def test_there_is_no_sample_of_another_kind_and_none_for_officers(owen: Client):
    assert owen.get(reverse("administration:print-sample", args=["exe"])).status_code == 404
    other = come_in(Client(), an_officer())
    assert other.get(reverse("administration:print-sample", args=["png"])).status_code in {403, 404}
    assert other.post(reverse("administration:print-logo")).status_code in {403, 404}
