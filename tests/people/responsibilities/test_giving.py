"""Who makes whom responsible for what, and what that opens."""

import pytest
from django.db import DatabaseError, transaction

from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.lists import services as lists
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Membership, SchoolPlace
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.models import Assignment, Change
from guildhall.people.responsibilities.rules import Sensitivity

from ...mailbox import last_letter
from ...standing import NOON
from ..membership.schools import (
    a_place,
    a_school,
    a_school_administrator,
    a_supervisor,
    another_school,
    holder,
    the_council,
)
from .scene import INTERESTED, LEAD, give, held, the

pytestmark = pytest.mark.django_db
FSM = "free-school-meals"


@pytest.mark.req("SC-046", "SC-048")
def test_a_supervisor_makes_somebody_responsible_at_once_and_they_are_told():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=LEAD, Catering=INTERESTED)
    assert held(elen) == {"Finance": LEAD, "Catering": INTERESTED}
    assert "/schools/alerts/" in last_letter("elen@ysgol.example.org").text

    give(elen, sian, Finance=INTERESTED)
    assert held(elen) == {"Finance": INTERESTED}
    kept = Change.objects.filter(place=elen).order_by("pk")
    assert {(str(one.responsibility), one.before, one.after) for one in kept} == {
        ("Finance", "", LEAD),
        ("Catering", "", INTERESTED),
        ("Finance", LEAD, INTERESTED),
        ("Catering", INTERESTED, ""),
    }
    give(elen, sian, Finance=INTERESTED)
    assert Change.objects.count() == 4, "the same again is no change"


@pytest.mark.req("SC-046")
def test_nobody_but_a_supervisor_of_the_school_decides():
    sian, elen, bryn = a_supervisor(), a_place("elen@ysgol.example.org"), a_school_administrator()
    other = a_supervisor("other@ysgol.example.org", another_school())
    for who in (elen, bryn, other):
        with pytest.raises(responsibilities.NotTheirs):
            give(elen, who, Finance=LEAD)
    give(elen, sian, Finance=LEAD)
    a_supervisor("gwen@ysgol.example.org")
    membership.remove_person(elen, holder=holder(sian), by=sian.user, now=NOON)
    with pytest.raises(responsibilities.NotTheirs):
        give(elen, sian, Catering=LEAD)


@pytest.mark.req("SC-054")
def test_a_supervisor_decides_about_themselves_only_while_they_are_the_only_one():
    sian = a_supervisor()
    give(sian, sian, Finance=LEAD)
    gwen = a_supervisor("gwen@ysgol.example.org")
    with pytest.raises(responsibilities.NotTheirs):
        give(sian, sian, Catering=LEAD)
    give(sian, gwen, Catering=LEAD)
    assert held(sian) == {"Catering": LEAD}
    Membership.objects.filter(place=gwen).update(locked_at=NOON)
    give(sian, sian, Finance=LEAD)
    assert held(sian) == {"Finance": LEAD}, "a locked supervisor is no other one"


@pytest.mark.req("SC-049")
def test_a_third_lead_contact_is_allowed_and_named_for_advice():
    sian = a_supervisor()
    people = [a_place(f"person{number}@ysgol.example.org") for number in range(3)]
    a_place("far@ysgol.example.org", another_school())
    assert [give(one, sian, Finance=LEAD) for one in people[:2]] == [[], []]
    assert give(people[2], sian, Finance=LEAD, Catering=LEAD) == [the("Finance")]
    assert [held(one).get("Finance") for one in people] == [LEAD] * 3
    assert give(people[2], sian, Finance=LEAD, Catering=INTERESTED) == [], "advice once, not at every change"


def test_a_change_by_somebody_else_meanwhile_is_noticed():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=LEAD)
    with pytest.raises(ChangedMeanwhile):
        responsibilities.assign(elen, levels={}, seen="", holder=holder(sian), by=sian.user, now=NOON)
    assert held(elen) == {"Finance": LEAD}


@pytest.mark.req("SC-040")
def test_a_responsibility_opens_its_systems_at_that_school_only_and_while_it_lasts():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    far = a_place("elen@ysgol.example.org", another_school())
    assert not queries.opens(holder(elen), a_school().pk, FSM)

    give(elen, sian, Catering=INTERESTED)
    hers = holder(elen)
    assert queries.opens(hers, a_school().pk, FSM)
    assert not queries.opens(hers, another_school().pk, FSM)
    assert not queries.opens(hers, a_school().pk, "online-admissions")
    assert queries.levels_of(far) == {}

    Membership.objects.filter(place=elen).update(locked_at=NOON)
    assert not queries.opens(holder(elen), a_school().pk, FSM)
    Membership.objects.filter(place=elen).update(locked_at=None)
    lists.retire_entry(the("Catering"), by=sian.user, now=NOON)
    assert not queries.opens(holder(elen), a_school().pk, FSM)
    lists.bring_back_entry(the("Catering"), by=sian.user, now=NOON)
    assert queries.opens(holder(elen), a_school().pk, FSM)
    membership.remove_person(elen, holder=holder(sian), by=sian.user, now=NOON)
    assert not queries.opens(holder(elen), a_school().pk, FSM)


def test_a_lead_contact_sees_every_sensitivity_level_and_an_interested_party_the_lower_two():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=LEAD, Catering=INTERESTED)
    reach = queries.reach_of(holder(elen), a_school().pk)
    assert reach == {
        the("Finance").pk: set(Sensitivity),
        the("Catering").pk: {Sensitivity.UNRESTRICTED, Sensitivity.CONTEXT},
    }
    assert queries.reach_of(the_council(), a_school().pk) == {}
    assert queries.reach_of(holder(elen), another_school().pk) == {}


@pytest.mark.req("SC-050")
def test_the_overview_names_everybody_who_works_there_under_each_responsibility(django_assert_num_queries):
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    locked = a_place("locked@ysgol.example.org")
    give(elen, sian, Finance=LEAD, Catering=INTERESTED)
    give(locked, sian, Finance=LEAD)
    Membership.objects.filter(place=locked).update(locked_at=NOON)
    hers, school = holder(elen), a_school()
    with django_assert_num_queries(2):
        rows = {str(one.responsibility): one for one in queries.overview(hers, school.pk)}
    assert [rows["Finance"].leads, rows["Finance"].interested] == [[elen], []]
    assert [rows["Catering"].leads, rows["Catering"].interested] == [[], [elen]]
    assert len(rows) == len(queries.offered())
    assert not any(one.leads for one in queries.overview(holder(sian), another_school().pk))


def test_what_changed_is_kept_as_it_was():
    sian, elen = a_supervisor(), a_place("elen@ysgol.example.org")
    give(elen, sian, Finance=LEAD)
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.update(after="")
    with pytest.raises(DatabaseError), transaction.atomic():
        again = Assignment.objects.get()
        again.pk = None
        again.save(force_insert=True)
    assert SchoolPlace.objects.get(pk=elen.pk).responsibilities.count() == 1
