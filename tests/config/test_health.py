"""What monitoring is told while the database is away."""

import json

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from guildhall.config.errors import server_error


def answered(path: str) -> HttpResponse:
    try:
        raise OperationalError("connection refused")
    except OperationalError:
        return server_error(RequestFactory().get(path))


def test_a_program_that_lives_says_so_without_its_database_so_that_nobody_restarts_it():
    answer = answered("/healthz")

    assert (answer.status_code, json.loads(answer.content)) == (200, {"alive": True})


@pytest.mark.parametrize("path", ["/readyz", "/", "/healthz/more"])
def test_every_other_address_says_that_the_database_is_away(path: str):
    assert answered(path).status_code == 503
