"""Words that stand where a group's key does in an address: no group can be called so, by hand or by file."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, reverse

from guildhall.doors.building import making_urls, release_urls
from guildhall.doors.filling import urls as filling_urls
from guildhall.paperwork.forms import editing, exchange, queries, services
from guildhall.paperwork.forms.models import WorkingForm
from guildhall.paperwork.forms.shape import RESERVED_KEYS

from ...definitions import every_kind, group, question
from ...standing import NOON, an_administrator, come_in

pytestmark = pytest.mark.django_db
PLACES = ("<slug:place>", "<slug:key>")


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def addresses() -> set[str]:
    every = (*making_urls.urlpatterns, *release_urls.urlpatterns, *filling_urls.urlpatterns)
    return {str(one.pattern) for one in every if isinstance(one, URLPattern)}


def test_every_word_that_an_address_has_in_the_place_of_a_group_is_reserved():
    known = addresses()
    heads = {one.partition(place)[0] for one in known for place in PLACES if place in one}
    taken = {
        word[1]
        for one in known
        for head in heads
        if (word := re.fullmatch(re.escape(head) + r"([a-z-]+)/", one))
    }
    assert len(heads) >= 3
    # The summary is drawn as a step by the preview, and the code of filling in gives its place that name.
    assert taken | {"summary"} == RESERVED_KEYS


@pytest.mark.parametrize("key", sorted(RESERVED_KEYS))
def test_a_file_with_a_reserved_key_is_refused_with_its_line(owen: Client, key: str):
    content = every_kind(groups=[group("first", 2, question("A")), group(key, 3, question("B"))])
    file = exchange.written(content)
    line = next(n for n, said in enumerate(file.splitlines(), 1) if f"key: {key}" in said)
    page = owen.post(reverse("building:import"), {"file": SimpleUploadedFile("f.yaml", file.encode())}).text
    assert f"Line {line}: The key “{key}” stands for a page of the portal" in page
    assert "proposed" not in page
    assert not WorkingForm.objects.exists()


@pytest.mark.parametrize("key", sorted(RESERVED_KEYS))
def test_an_edit_that_calls_a_group_so_is_refused(key: str):
    content = editing.add_group({}, group("first", 2))
    with pytest.raises(editing.CannotEdit, match=f"“{key}” stands for a page of the portal"):
        editing.add_group(content, group(key, 3))
    with pytest.raises(editing.CannotEdit, match=f"“{key}” stands for a page of the portal"):
        editing.change_group(content, "first", {"key": key})


def test_a_group_that_is_named_summary_gets_another_address_and_opens(owen: Client):
    services.start_working("HELP", content=every_kind(), by=None, now=NOON)
    posted = {"title_en": "Summary", "title_cy": "Crynodeb", "number": "9", "revision": "0"}
    owen.post(reverse("building:group-new", args=["HELP"]), posted)
    working = queries.working_form("HELP")
    made = working.shown["groups"][-1]
    assert made["title"]["en"] == "Summary"
    assert made["key"] not in RESERVED_KEYS
    assert "Crynodeb" in owen.get(reverse("building:group", args=["HELP", made["key"]])).text
