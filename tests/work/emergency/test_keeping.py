"""Emergency contacts: their order, who may write them, and when the school is asked to look again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.kit.refusals import Refusals
from guildhall.work.emergency import queries, services
from guildhall.work.emergency.models import Contact, Sheet

from ...people.membership.schools import a_place, a_supervisor
from ...people.responsibilities.scene import letters_to
from ...standing import NOON
from .scene import a_contact, a_keeper, how, told

pytestmark = pytest.mark.django_db
TERM = NOON + timedelta(days=121)


def names(place):
    rows = Contact.objects.filter(school_id=place.school_id, removed_at=None)
    return list(rows.order_by("position").values_list("name", flat=True))


def test_contacts_are_called_in_the_order_that_the_school_gives_them():
    elen = a_keeper(a_supervisor())
    first, second = a_contact(elen), a_contact(elen, "Nia Puw", "07700900124")
    assert a_contact(elen).pk == first.pk  # sent twice, it is one
    services.move_contact(second, up=True, **how(elen))
    services.move_contact(second, up=True, **how(elen))
    assert names(elen) == ["Nia Puw", "Idris Bowen"]
    services.remove_contact(second, **how(elen))
    assert names(elen) == ["Idris Bowen"]
    services.put_back_contact(second, **how(elen))
    assert names(elen) == ["Nia Puw", "Idris Bowen"]
    services.remove_contact(second, **how(elen))
    assert services.forget_removed(now=NOON + timedelta(days=29)) == 0
    assert services.forget_removed(now=NOON + timedelta(days=31)) == 1


def test_wrong_details_are_refused_each_beside_its_field_and_a_list_has_its_length():
    elen = a_keeper(a_supervisor())
    with pytest.raises(Refusals) as refused:
        services.add_contact(elen.school_id, told("", "12", other_phone="x", available=""), **how(elen))
    assert list(refused.value.problems) == ["name", "phone", "available", "other_phone"]
    for number in range(10):
        a_contact(elen, f"Person {number}", f"0770090010{number}")
    with pytest.raises(services.TooMany):
        a_contact(elen, "One More", "07700900199")
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(name="Person 1").update(phone="")


def test_nobody_without_the_responsibility_writes_or_reads_them():
    sian = a_supervisor()
    elen, huw = a_keeper(sian), a_place("huw@ysgol.example.org")
    made = a_contact(elen)
    for other in (sian, huw):
        assert list(queries.contacts_of(how(other)["holder"], elen.school_id)) == []
        for act in (
            lambda who: services.change_contact(made, told("Other"), **how(who)),
            lambda who: services.remove_contact(made, **how(who)),
            lambda who: services.confirm_contacts(elen.school_id, **how(who)),
        ):
            with pytest.raises(services.NotYours):
                act(other)
    assert names(elen) == ["Idris Bowen"]


def test_a_school_that_has_not_confirmed_for_a_term_is_reminded_and_not_every_day():
    elen = a_keeper(a_supervisor())
    with pytest.raises(services.NothingThere):
        services.confirm_contacts(elen.school_id, **how(elen))
    a_contact(elen)
    services.confirm_contacts(elen.school_id, **how(elen))
    assert services.remind_schools(now=NOON + timedelta(days=119)) == 0
    assert services.remind_schools(now=TERM) == 1
    assert services.remind_schools(now=TERM + timedelta(days=1)) == 0
    [letter] = [one for one in letters_to(elen.user.email) if "emergency" in one.subject]
    assert "Idris" not in letter.text
    assert services.remind_schools(now=TERM + timedelta(days=15)) == 1
    services.confirm_contacts(elen.school_id, **how(elen, TERM))
    assert Sheet.objects.get().reminded_at is None
    assert services.remind_schools(now=TERM + timedelta(days=30)) == 0
