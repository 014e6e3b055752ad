"""Settings and texts are as fresh as the database in every process, and look-ups cost no query."""

import pytest
from django.db import transaction

from guildhall.foundation.authority import queries, services, stamps
from guildhall.foundation.authority.models import Setting, Stamp
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts import services as words

from ...standing import NOON


@pytest.fixture(autouse=True)
def outside_a_request():
    yield
    stamps.end_request()


@pytest.mark.django_db
def test_a_warm_process_looks_up_without_a_query(django_assert_num_queries):
    stamps.begin_request()
    queries.setting("drafts.days"), texts.say("account.SignIn_Heading")
    stamps.end_request()
    with django_assert_num_queries(1):
        stamps.begin_request()
    with django_assert_num_queries(0):
        assert queries.setting("drafts.days") == 30
        assert texts.say("account.SignIn_Heading", "cy") == "Mewngofnodi"


@pytest.mark.django_db
def test_a_change_by_another_process_shows_at_the_next_request():
    stamps.begin_request()
    assert queries.setting("drafts.days") == 30
    stamps.end_request()

    # What another process writes: rows, without a word to this one.
    Setting.objects.create(key="drafts.days", value=45, changed_at=NOON)
    Stamp.objects.update_or_create(name="settings", defaults={"revision": 77})

    stamps.begin_request()
    assert queries.setting("drafts.days") == 45


@pytest.mark.django_db
def test_a_change_shows_at_once_in_the_request_that_makes_it():
    stamps.begin_request()
    assert queries.setting("drafts.days") == 30
    for days in (31, 32):
        services.change_setting("drafts.days", value=days, by=None, now=NOON)
        assert queries.setting("drafts.days") == days


@pytest.mark.django_db
def test_a_change_that_is_undone_is_forgotten():
    stamps.begin_request()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.change_setting("drafts.days", value=1, by=None, now=NOON)
        assert queries.setting("drafts.days") == 1
        raise ZeroDivisionError
    stamps.end_request()
    stamps.begin_request()
    assert queries.setting("drafts.days") == 30


@pytest.mark.django_db
@pytest.mark.req("SP-282", "SP-309")
def test_a_changed_text_appears_the_next_time_it_is_seen(client):
    words.change_text("home.Front_Heading", language="en", value="Croeso!", by=None, now=NOON)
    assert "Croeso!" in client.get("/").text
    words.change_text("home.Front_Heading", language="en", value="", by=None, now=NOON)
    assert "Help for children and families" in client.get("/").text
