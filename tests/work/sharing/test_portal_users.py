"""Who is on a child's involvement: reasons, types, and a history that nobody can change."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Membership
from guildhall.work.sharing import queries, services
from guildhall.work.sharing.models import Change, PortalUser
from guildhall.work.sharing.services import Details
from tests.standing import NOON, a_parent, a_professional, an_officer, another_parent
from tests.work.cases.scene import LATER

from .scene import MOTHER, an_entry, child_of, not_authenticated, on_involvement

pytestmark = pytest.mark.django_db


@pytest.mark.req("SP-244")
@pytest.mark.parametrize("reason", ["", "   \n"])
def test_nobody_is_authenticated_without_a_reason(reason: str):
    with pytest.raises(services.EntryIncomplete) as refused:
        on_involvement(an_entry(), a_parent(), replace(MOTHER, reason=reason))

    assert list(refused.value.problems) == ["reason"]
    assert not PortalUser.objects.exists()


@pytest.mark.req("SP-243")
def test_a_reason_can_be_recorded_without_authenticating():
    details = Details("Father", reason="Not shared: he lives elsewhere and asked for nothing.")

    person = on_involvement(an_entry(), another_parent(), details)

    assert not person.authenticated
    assert person.changes.get().reason == details.reason


def test_what_is_missing_or_too_long_is_named_beside_its_field():
    with pytest.raises(services.EntryIncomplete) as refused:
        on_involvement(an_entry(), a_parent(), Details(" ", authenticated=True, reason="x" * 4_001))

    assert set(refused.value.problems) == {"relation", "reason"}


@pytest.mark.req("SP-244")
def test_every_change_is_kept_with_officer_and_time():
    person = on_involvement(an_entry(), a_parent())

    not_authenticated(person)

    first, second = Change.objects.order_by("version")
    assert (first.authenticated, first.by, first.at) == (True, an_officer(), NOON)
    assert (second.authenticated, second.by, second.at) == (False, an_officer(), LATER)
    assert first.email == "dilys@example.org"
    verbs = Audited.objects.filter(verb__startswith="sharing.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["sharing.added", "sharing.changed"]
    assert {entry.child_id for entry in verbs} == {person.involvement.child_id}


def test_the_history_refuses_to_be_changed():
    person = on_involvement(an_entry(), a_parent())

    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.filter(portal_user=person).update(reason="Another one")

    assert Change.objects.get().reason == MOTHER.reason


def test_two_officers_cannot_overwrite_each_other():
    person = on_involvement(an_entry(), a_parent())
    seen = person.version
    not_authenticated(person)

    with pytest.raises(ChangedMeanwhile):
        services.change_portal_user(person, details=MOTHER, seen=seen, by=an_officer(), now=LATER)

    assert not PortalUser.objects.get().authenticated


def test_an_account_is_on_an_involvement_once():
    entry = an_entry()
    on_involvement(entry, a_parent())

    with pytest.raises(services.AlreadyThere):
        on_involvement(entry, a_parent())

    assert PortalUser.objects.count() == Change.objects.count() == 1


@pytest.mark.req("SP-238", "SP-241")
def test_the_type_and_a_professionals_role_come_from_the_account():
    teacher = a_professional(job_role="SENCO")
    types = queries.types_of([a_parent().pk, teacher.pk, an_officer().pk])

    assert types == {a_parent().pk: "citizen", teacher.pk: "professional", an_officer().pk: ""}
    assert services.suggested_relation(teacher, user_type="professional") == "SENCO"
    assert services.suggested_relation(a_parent(), user_type="citizen") == ""


@pytest.mark.parametrize("lost", ["locked", "role ended", "an officer"])
def test_only_an_active_account_of_a_portal_can_be_authenticated(lost: str):
    user = an_officer() if lost == "an officer" else a_parent()
    entry = an_entry()
    if lost == "locked":
        User.objects.filter(pk=user.pk).update(state=User.State.LOCKED)
        user.refresh_from_db()
    elif lost == "role ended":
        membership.end_role(Membership.objects.get(user=user), by=None, now=NOON)

    with pytest.raises(services.NotAPortalUser):
        on_involvement(entry, user)

    assert not PortalUser.objects.exists()


def test_someone_whose_role_ended_can_still_have_the_tick_taken_away():
    person = on_involvement(an_entry(), a_parent())
    membership.end_role(Membership.objects.get(user=a_parent()), by=None, now=NOON)

    assert not not_authenticated(person).authenticated


@pytest.mark.req("SP-245")
def test_those_who_may_be_told_of_a_child_are_the_authenticated_ones_on_its_own_involvement():
    entry, other = an_entry(), an_entry()
    mother = on_involvement(entry, a_parent())
    on_involvement(entry, a_professional(), Details("Teacher"))
    on_involvement(other, another_parent())

    assert list(queries.authenticated_on(child_of(entry))) == [mother]
    not_authenticated(mother)
    assert not queries.authenticated_on(child_of(entry)).exists()


def test_every_refusal_says_why_in_words():
    entry = an_entry()
    on_involvement(entry, a_parent())
    with pytest.raises(Refusal, match="Dilys Pritchard is on this involvement already"):
        on_involvement(entry, a_parent())
