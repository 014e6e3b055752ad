"""What an authority decided before a permission became several still holds after."""

from importlib import import_module

import pytest
from django.apps import apps

from guildhall.people.groups import queries
from guildhall.people.groups.models import Grant, Group
from tests.standing import NOON

pytestmark = pytest.mark.django_db
ROOMS = {"traded", "notices", "governors", "downloads"}
upgrade = import_module("guildhall.people.groups.migrations.0002_a_room_of_its_own").nobody_loses_anything


def a_group(key: str, **grants: bool) -> str:
    group = Group.objects.create(key=key, name={"en": key, "cy": key}, made_at=NOON, revision=1)
    for process, allowed in grants.items():
        Grant.objects.create(group=group, process=process, allowed=allowed)
    return key


def test_a_group_that_published_post_keeps_the_rooms_that_came_with_it():
    writers, others = a_group("writers", post=True, review=True), a_group("others", review=True)
    upgrade(apps, None)
    kept = queries.as_kept()
    assert kept[writers].processes == ROOMS | {"post", "review", "emergency"}
    assert kept[others].processes == {"review"}
    # A page that was open meanwhile, and knows nothing of these, is noticed.
    assert (kept[writers].revision, kept[others].revision) == (2, 1)


def test_a_supplied_group_from_which_post_was_taken_gains_nothing():
    a_group("send-officer", post=False)
    a_group("early-help-officer", matching=False)
    upgrade(apps, None)
    kept = queries.as_kept()
    assert not kept["send-officer"].processes & ROOMS
    assert "emergency" in kept["send-officer"].processes
    assert kept["early-help-officer"].processes >= ROOMS | {"post", "emergency"}


def test_what_was_decided_about_emergency_contacts_stays_decided():
    kept_out = a_group("kept-out", post=True, emergency=False)
    upgrade(apps, None)
    assert "emergency" not in queries.as_kept()[kept_out].processes
