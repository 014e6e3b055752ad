"""The lost pupils: who may look, what is kept of it, and what claiming does (SY-048)."""

from datetime import date, timedelta

import pytest

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.models import Task
from guildhall.work.transfers import queries, services
from guildhall.work.transfers.models import Transfer
from guildhall.work.transfers.services import NotClaimed, NotFound, NotUsing, Wanted

from ...people.membership.schools import a_place
from ...standing import NOON
from .scene import (
    LOST,
    a_lost_pupil,
    a_user,
    acting,
    ctf,
    officer_acting,
    pupil,
    receiver,
    schools,
    sender,
    sent,
    upn,
)

pytestmark = pytest.mark.django_db
BORN = date(2012, 3, 27)


def search(place, **wanted):
    told = Wanted(**{"why": "admitting"} | wanted)
    return services.search_lost(told, school=place.school, **acting(place))


def emails(what):
    rows = Task.objects.filter(kind="email", payload__body=f"text-blocks.Email_Transfer_{what}")
    return [one.payload["to"] for one in rows]


@pytest.mark.req("SY-044", "SY-048")
def test_a_lost_pupil_is_found_by_number_or_by_name_and_date_of_birth_and_no_other_pupil_is():
    hers, theirs = sender(), receiver()
    lost = a_lost_pupil(hers, pupil(7, surname="Ó Néill"))
    sent(hers, ctf(pupil(8, surname="Ó Néill")))
    for wanted in ({"upn": upn(7)}, {"upn": f" {upn(7).lower()} "}, {"surname": "o neill", "born_on": BORN}):
        assert [one.transfer for one in search(theirs, **wanted)] == [lost]
    for wanted in ({"upn": upn(8)}, {"surname": "Ó Néill", "born_on": date(2012, 3, 28)}):
        assert search(theirs, **wanted) == []
    [first, *_] = Entry.objects.filter(verb="transfers.lost_searched").order_by("pk")
    assert first.detail == {
        "school": theirs.school_id,
        "why": "admitting",
        "by": "upn",
        "found": [str(lost.pk)],
    }


@pytest.mark.req("SY-048")
@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"why": ""}, "why"),
        ({"why": "curious", "upn": upn(7)}, "why"),
        ({}, "upn"),
        ({"upn": "A1"}, "upn"),
        ({"surname": "Rees"}, "born_on"),
        ({"born_on": BORN}, "surname"),
    ],
)
def test_a_search_takes_a_reason_and_enough_to_find_one_pupil(wanted, field):
    with pytest.raises(Refusal) as refused:
        search(receiver(), **wanted)
    assert field in refused.value.by_field()
    assert not Entry.objects.filter(verb="transfers.lost_searched").exists()


@pytest.mark.req("SY-048")
def test_claiming_hands_the_file_over_tells_both_ends_and_is_done_once():
    hers, theirs = sender(), receiver()
    lost = a_lost_pupil(hers)
    given = services.claim(lost, theirs.school, as_council=False, **acting(theirs))
    services.claim(lost, theirs.school, as_council=False, **acting(theirs))
    assert (given.destination, given.claimed_by, given.chase_on) == (
        theirs.school,
        theirs.user,
        date(2026, 6, 8),
    )
    assert given.keep_until == date(2026, 8, 1)
    assert (emails("Claimed"), emails("Available")) == ([hers.user.email], [theirs.user.email])
    assert search(theirs, upn=upn(7)) == []
    assert services.receive(given, **acting(theirs)).name == LOST
    with pytest.raises(NotClaimed):
        services.claim(lost, schools()[0], as_council=True, **officer_acting())


@pytest.mark.req("SY-048")
def test_an_officer_searches_too_and_hands_the_file_to_the_school_that_admits_the_pupil():
    hers, theirs = sender(), receiver()
    lost = a_lost_pupil(hers)
    found = services.search_lost(Wanted("missing", upn=upn(7)), school=None, **officer_acting())
    assert [one.transfer for one in found] == [lost]
    services.claim(lost, theirs.school, as_council=True, **officer_acting())
    assert list(queries.waiting_at(acting(theirs)["holder"], theirs.school_id)) == [lost]
    [claimed] = [one for one in queries.events_of(lost) if one.act == "claim"]
    assert claimed.school is None


def test_whoever_is_not_let_use_file_transfer_neither_searches_nor_claims():
    lost, high = a_lost_pupil(), receiver()
    idle = a_place("idle@school.example.org", high.school)
    with pytest.raises(NotUsing):
        search(idle, upn=upn(7))
    for as_council in (True, False):
        with pytest.raises(NotUsing):
            services.claim(lost, high.school, as_council=as_council, **acting(idle))


def test_a_withdrawn_file_is_no_lost_pupil_any_more():
    hers, theirs = sender(), receiver()
    lost = a_lost_pupil(hers)
    services.withdraw(lost, **acting(hers))
    assert search(theirs, upn=upn(7)) == []
    with pytest.raises(NotClaimed):
        services.claim(lost, theirs.school, as_council=False, **acting(theirs))


def test_more_than_five_of_one_name_and_birthday_are_not_shown():
    hers, theirs = sender(), receiver()
    for number in range(1, 7):
        name = LOST.replace("001.", f"{number:03}.")
        sent(hers, ctf(pupil(number, surname="Jones"), name=name), name, "unknown")
    with pytest.raises(NotFound, match="More than 5"):
        search(theirs, surname="Jones", born_on=BORN)


def test_a_claimed_file_that_nobody_downloads_is_chased_too():
    theirs = receiver()
    lost = a_lost_pupil()
    services.claim(lost, theirs.school, as_council=False, **acting(theirs))
    assert services.chase_files(now=NOON + timedelta(days=7)) == 1
    assert emails("Waiting") == [theirs.user.email]
    assert a_user(theirs.school).pk == theirs.pk
    assert Transfer.objects.get().chased_at is not None
