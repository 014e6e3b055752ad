"""A crowd at sign-in waits its turn, and is then asked to come back; it never stops the others."""

import threading

import pytest

from guildhall.foundation.kit import turns
from guildhall.people.accounts import addresses, hashers
from guildhall.people.accounts.models import Guard
from guildhall.people.accounts.rules import age_on

from ...standing import PASSPHRASE, a_parent


@pytest.mark.django_db
def test_one_hash_runs_some_wait_and_the_rest_is_refused_at_once():
    queue = hashers.Queue(waiting=1)
    inside, leave = threading.Event(), threading.Event()
    order = []

    def hashing(name):
        order.append(name)
        inside.set()
        assert leave.wait(5)

    def work(name):
        queue.run(lambda: hashing(name))

    first, second = (threading.Thread(target=work, args=[name]) for name in ("first", "second"))
    first.start()
    assert inside.wait(5)
    second.start()
    while queue._room._value:  # the second one is in the queue
        pass
    with pytest.raises(hashers.Busy):
        queue.run(lambda: order.append("third"))
    assert order == ["first"]
    leave.set()
    first.join(5)
    second.join(5)
    assert order == ["first", "second"]
    queue.run(lambda: order.append("later"))
    assert order[-1] == "later"


@pytest.mark.django_db
@pytest.mark.parametrize("crowded_out", [True, False])
def test_a_crowd_gets_an_honest_page_and_keeps_the_name(client, monkeypatch, crowded_out):
    a_parent()
    full = hashers.Queue(waiting=-1)
    monkeypatch.setattr(hashers, "queue", lambda: full)
    monkeypatch.setattr(turns, "crowded_out", lambda: crowded_out)
    answer = client.post("/account/sign-in", {"name": "dilys@example.org", "password": PASSPHRASE})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert 'value="dilys@example.org"' in answer.text
    assert [guard.tries for guard in Guard.objects.all() if guard.tries] == []
    monkeypatch.undo()
    again = client.post("/account/sign-in", {"name": "dilys@example.org", "password": PASSPHRASE})
    assert again.status_code == 302


@pytest.mark.django_db
def test_addresses_are_found_only_for_real_postcodes_and_where_a_service_is_set_up(settings):
    assert [found.town for found in addresses.find("CF10 3AT")] == ["Cardiff"]
    assert addresses.FINDERS["invented"]("CF10 3AT") == addresses.FINDERS["invented"]("CF10 3AT")
    assert addresses.find("'; drop") == []


def test_age_counts_whole_years():
    from datetime import date

    assert age_on(date(2010, 6, 2), date(2026, 6, 1)) == 15
    assert age_on(date(2010, 6, 2), date(2026, 6, 2)) == 16
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
