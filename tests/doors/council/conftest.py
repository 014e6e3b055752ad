"""What several files of this folder stand on."""

import pytest
from django.test import Client

from guildhall.foundation.authority import services as authority
from tests.standing import NOON, AskedClient, an_officer, come_in


@pytest.fixture
def by_hand(db):
    """The machine links nothing by itself here."""
    authority.change_setting("matching.automatic", value=False, by=None, now=NOON)


@pytest.fixture
def client() -> Client:
    return AskedClient()


@pytest.fixture
def officer(client: Client) -> Client:
    return come_in(client, an_officer())
