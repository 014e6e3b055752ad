"""What a button cannot do is told on the next page."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.telling import refusals_told


@pytest.fixture
def request_of_button() -> HttpRequest:
    request = RequestFactory().post("/button")
    request._messages = CookieStorage(request)
    return request


def told_to(request: HttpRequest) -> list[tuple[int, str]]:
    return [(each.level, each.message) for each in messages.get_messages(request)]


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        (Refusal("Too late"), ["Too late"]),
        (Refusals({"name": "No name", "day": "No day"}), ["No name", "No day"]),
    ],
)
def test_a_refusal_ends_the_block_and_every_reason_is_told(request_of_button, refusal, why):
    with refusals_told(request_of_button):
        raise refusal

    assert told_to(request_of_button) == [(messages.ERROR, words) for words in why]


def test_a_block_that_is_done_says_so_itself_and_its_answer_is_the_answer(request_of_button):
    def button() -> str:
        with refusals_told(request_of_button):
            messages.success(request_of_button, "Done")
            return "there"
        return "here"

    assert button() == "there"
    assert told_to(request_of_button) == [(messages.SUCCESS, "Done")]


def test_what_is_no_refusal_is_not_told(request_of_button):
    with pytest.raises(ValueError), refusals_told(request_of_button):
        raise ValueError
    assert told_to(request_of_button) == []
