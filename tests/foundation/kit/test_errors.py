"""What a person sees when something went wrong outside a form."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from guildhall.config.brand import contrast
from guildhall.foundation.authority import services as authority
from tests.standing import NOON

from .urls import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.kit.urls")]
LOST = {
    "get": "Sorry, the portal cannot be used at the moment",
    "post": "Sorry, this has not been sent yet",
}


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("400", 400, "We could not understand that"),
        ("403", 403, "You cannot open this page"),
        ("404", 404, "Page not found"),
        ("413", 413, "That was too much at once"),
        ("500", 500, "Sorry, there is a problem with the portal"),
        ("lost", 503, ""),
        ("closed", 503, ""),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_failure_has_a_page_in_plain_words_that_tells_nothing_inside(
    browser: Client, kind: str, status: int, words: str, method: str
) -> None:
    response = getattr(browser, method)(f"/fail/{kind}")

    words = words or LOST[method]
    assert response.status_code == status
    assert f'<h1 class="govuk-heading-l">{words}</h1>' in response.text
    assert SECRET not in response.text and "Traceback" not in response.text


def test_an_address_that_does_not_exist_has_the_page_of_the_portal(browser: Client) -> None:
    response = browser.get("/nowhere")

    assert response.status_code == 404
    assert "Page not found" in response.text and "Privacy Notice" in response.text


def test_when_the_database_is_lost_before_any_view_the_page_still_says_so(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError(SECRET)

    monkeypatch.setattr("guildhall.foundation.authority.stamps.read_stamps", lost)
    monkeypatch.setattr("guildhall.foundation.texts.queries._load", lost)
    browser.cookies["language"] = "cy"
    response = browser.post("/page")

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "nid yw hwn wedi’i anfon eto" in response.text
    assert '<html lang="cy"' in response.text


def test_whoever_only_read_is_led_back_to_the_page_and_whoever_typed_is_not_led_away(browser: Client) -> None:
    read, sent = browser.get("/fail/lost?page=2").text, browser.post("/fail/lost").text

    assert '<a class="govuk-link" href="/fail/lost?page=2">Try again</a>' in read
    assert "Try again" not in sent and "send it again" in sent
    assert "call 999" in read and "call 999" in sent


@pytest.mark.req("GH-027")
def test_what_was_posted_while_the_database_was_lost_is_in_the_page_to_be_sent_again(browser: Client) -> None:
    typed = {"story": "\nŵyn & <b>'so on'</b>\r\ntwo", "areas": ["a", "b"], "password": "river otter"}
    lost = browser.post("/fail/lost?page=2", typed).text

    form = re.search(r'<form method="post" action="/fail/lost\?page=2">(.*?)</form>', lost, re.S)
    assert form
    assert re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', form[1], re.S) == [
        ("story", "\nŵyn &amp; &lt;b&gt;&#x27;so on&#x27;&lt;/b&gt;\r\ntwo"),
        ("areas", "a"),
        ("areas", "b"),
    ]
    assert "Send again" in form[1] and "what you typed is still in it" in lost
    assert "Files that you chose" not in lost


def test_files_that_were_posted_while_the_database_was_lost_must_be_chosen_again(browser: Client) -> None:
    chosen = SimpleUploadedFile("letter.txt", b"A letter.")

    assert "Files that you chose" in browser.post("/fail/lost", {"story": "a", "letter": chosen}).text


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"story": "x" * 2_000_001}},
        {"data": {"story": "a"}, "headers": {"accept": "application/json"}},
        {"data": b"\xff", "content_type": "multipart/form-data"},
    ],
    ids=["too much", "a script", "unreadable"],
)
def test_what_cannot_be_kept_in_the_page_is_sent_again_from_the_last_one(
    browser: Client, sent: dict[str, Any]
) -> None:
    lost = browser.post("/fail/lost", **sent)

    assert lost.status_code in {400, 503}
    assert "Send again" not in lost.text and "<textarea" not in lost.text


@pytest.mark.urls("guildhall.config.urls")
@pytest.mark.parametrize("path", ["/account/sign-in", "/account/sign-in/code", "/account/forgotten"])
def test_while_the_database_is_lost_whoever_signs_in_reads_that_nobody_can(
    browser: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def lost(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError(SECRET)

    monkeypatch.setattr("guildhall.foundation.authority.stamps.read_stamps", lost)
    for response in (browser.get(path), browser.post(path, {"name": "a", "password": "b"})):
        assert response.status_code == 503
        assert "Sorry, nobody can sign in at the moment" in response.text
        assert "nothing wrong with your account or password" in response.text
        assert 'href="/account/' in response.text


def test_a_form_that_was_open_too_long_says_so_and_that_saved_answers_are_kept() -> None:
    response = Client(enforce_csrf_checks=True).post("/page")

    assert response.status_code == 403
    assert "This page was open for too long" in response.text
    assert "Answers that were saved are still there" in response.text


def test_the_brand_is_a_style_sheet_that_browsers_keep(browser: Client) -> None:
    response = browser.get("/brand/1d5b79.css")

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "--gh-brand:#1d5b79;--gh-brand-text:#ffffff" in response.text
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("colour", ["#ffdd00", "#00ff00", "#ff8800", "#1d5b79", "not a colour", "#fff;}x{"])
def test_words_can_be_read_whatever_colour_the_authority_chooses(browser: Client, colour: str) -> None:
    authority.change_setting("brand.colour", value=colour, by=None, now=NOON)
    sheet = browser.get("/brand/x.css").text
    chosen = dict(part.split(":") for part in sheet.removeprefix(":root{").removesuffix("}").split(";"))

    assert contrast(chosen["--gh-brand"], chosen["--gh-brand-text"]) >= 4.5
    assert contrast(chosen["--gh-brand-ink"], "#ffffff") >= 4.5


def test_a_notice_is_shown_once(browser: Client) -> None:
    assert "Saved &lt;b&gt;" in browser.get("/page?notice=Saved <b>").text
    assert "Saved" not in browser.get("/page").text
