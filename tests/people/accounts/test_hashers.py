"""A crowd at sign-in waits its turn, and is then asked to come back; it never stops the others."""

import threading

import argon2
import pytest

from guildhall.foundation.kit import turns
from guildhall.people.accounts import addresses, hashers
from guildhall.people.accounts.models import Guard, User
from guildhall.people.accounts.rules import age_on
from guildhall.people.accounts.services import sign_in

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


def test_a_password_is_worked_out_where_the_data_folder_takes_no_file(settings, tmp_path):
    settings.DATA = tmp_path / "a file"
    settings.DATA.write_text("in which nothing can be made")

    hasher = hashers.BoundedArgon2Hasher()
    hashed = hasher.encode("seven green kettles sing", hasher.salt())
    assert hasher.verify("seven green kettles sing", hashed)


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


@pytest.fixture
def a_hash_of_cheaper_days(monkeypatch):
    """Dilys, whose password was hashed twice over 64 KiB when today it is three times over 160 KiB."""
    monkeypatch.setattr(hashers.BoundedArgon2Hasher, "time_cost", 2)
    monkeypatch.setattr(hashers.BoundedArgon2Hasher, "memory_cost", 64)
    dilys = a_parent()
    dilys.set_password(PASSPHRASE)
    dilys.save()
    monkeypatch.setattr(hashers.BoundedArgon2Hasher, "time_cost", 3)
    monkeypatch.setattr(hashers.BoundedArgon2Hasher, "memory_cost", 160)
    return dilys


def _sign_in(client, password):
    return client.post("/account/sign-in", {"name": "dilys@example.org", "password": password})


@pytest.mark.django_db
def test_a_right_password_is_kept_as_dearly_as_passwords_are_now(client, a_hash_of_cheaper_days):
    assert _sign_in(client, PASSPHRASE).status_code == 302
    kept = User.objects.get(pk=a_hash_of_cheaper_days.pk).password
    assert "m=160,t=3" in kept
    client.cookies.clear()
    assert _sign_in(client, PASSPHRASE).status_code == 302
    assert User.objects.get(pk=a_hash_of_cheaper_days.pk).password == kept


@pytest.mark.django_db
def test_who_cannot_be_hashed_anew_in_a_crowd_is_let_in_all_the_same(
    client, a_hash_of_cheaper_days, monkeypatch
):
    def crowded(_password):
        raise hashers.Busy("later")

    monkeypatch.setattr(sign_in, "make_password", crowded)
    assert _sign_in(client, PASSPHRASE).status_code == 302
    assert User.objects.get(pk=a_hash_of_cheaper_days.pk).password == a_hash_of_cheaper_days.password


@pytest.mark.django_db
def test_a_wrong_password_costs_as_much_beside_an_older_hash(client, a_hash_of_cheaper_days, monkeypatch):
    """Passes times memory: what the older hash does not need is worked off, so time does not tell it."""
    spent = []
    worked = argon2.low_level.hash_secret

    def hash_secret(*given, **cost):
        spent.append(cost["time_cost"] * cost["memory_cost"])
        return worked(*given, **cost)

    monkeypatch.setattr(argon2.low_level, "hash_secret", hash_secret)
    assert _sign_in(client, "wrong words entirely").status_code == 422
    assert 2 * 64 + sum(spent) == pytest.approx(3 * 160, rel=0.01)
    assert User.objects.get(pk=a_hash_of_cheaper_days.pk).password == a_hash_of_cheaper_days.password
