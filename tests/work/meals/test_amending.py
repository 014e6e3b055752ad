"""What a school asks to have changed in its list of free school meals, and who decides about it."""

from dataclasses import replace

import pytest

from guildhall.foundation.authority import services as authority
from guildhall.foundation.kit.refusals import Refusals
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Team
from guildhall.work.meals import queries, services
from guildhall.work.meals.details import details_of
from guildhall.work.meals.models import Amendment, Pupil

from ...people.membership.schools import a_place, a_school, a_supervisor, another_school, holder
from ...people.responsibilities.scene import LEAD, give, letters_to
from ...standing import NOON, an_officer
from .scene import a_cook, accept, an_officer_of_meals, ask, authorise, details, line, listed, stage, upn
from .scene import apply as apply_loading

pytestmark = pytest.mark.django_db
State = Amendment.State


@pytest.mark.req("SC-081", "SC-082")
def test_nothing_reaches_the_council_before_a_supervisor_and_the_list_changes_only_when_it_accepts():
    sian = a_supervisor()
    elen, pupil, officer = a_cook(sian), listed(), an_officer_of_meals()
    Team.objects.filter(key="benefits").update(email="benefits@council.example.org")
    seen = holder_for(officer, verified=True)
    amendment = ask(elen, "remove", pupil)
    assert amendment.state == State.WAITING
    assert not queries.amendments_for(seen).exists()
    with pytest.raises(services.Decided):
        accept(amendment)
    with pytest.raises(services.NotTheirs):
        authorise(amendment, elen)
    assert "Catrin" not in letters_to(sian.user.email)[0].text
    assert not letters_to("benefits@council.example.org")

    amendment = authorise(amendment, sian)
    assert list(queries.amendments_for(seen)) == [amendment]
    assert "/council/free-school-meals/" in letters_to("benefits@council.example.org")[0].text
    assert queries.pupils_of(seen, a_school().pk).count() == 1
    accept(amendment)
    assert queries.pupils_of(seen, a_school().pk).count() == 0
    assert any("decided" in letter.text for letter in letters_to(elen.user.email))


@pytest.mark.req("SC-082")
def test_while_the_setting_is_off_an_amendment_goes_to_the_council_at_once():
    elen = a_cook(a_supervisor())
    authority.change_setting("meals.authorised", value=False, by=None, now=NOON)
    amendment = ask(elen, "add", told=details())
    assert (amendment.state, amendment.authorised_by) == (State.SENT, None)


@pytest.mark.req("SC-082")
def test_a_supervisors_own_amendment_goes_to_the_other_supervisor_if_there_is_one():
    sian = a_supervisor()
    give(sian, sian, Finance=LEAD)
    first = ask(sian, "add", told=details())
    assert (first.state, first.authorised_by) == (State.SENT, sian.user)

    nia = a_supervisor("nia@ysgol.example.org")
    second = ask(sian, "add", told=details(upn=upn(78)))
    assert second.state == State.WAITING
    with pytest.raises(services.NotTheirs):
        authorise(second, sian)
    assert queries.waiting_for(holder(sian), sian.school_id) == []
    assert queries.waiting_for(holder(nia), nia.school_id) == [second]
    assert authorise(second, nia).authorised_by == nia.user


def test_accepting_a_change_leaves_alone_what_the_council_changed_meanwhile():
    sian = a_supervisor()
    elen, pupil = a_cook(sian), listed()
    wanted = replace(details_of(pupil), surname="Hughes-Parry")
    amendment = authorise(ask(elen, "change", pupil, wanted), sian)
    apply_loading(stage(line(1, "Catrin Hughes", year="4")))
    accept(amendment)
    pupil.refresh_from_db()
    assert (pupil.surname, pupil.year_group) == ("Hughes-Parry", "4")


def test_an_amendment_is_decided_once_and_only_by_who_may():
    sian, ffion = a_supervisor(), a_supervisor("ffion@other.example.org", another_school())
    elen, pupil = a_cook(sian), listed()
    amendment = ask(elen, "remove", pupil)
    with pytest.raises(services.AlreadyAsked):
        ask(elen, "remove", pupil)
    with pytest.raises(services.NotTheirs):
        authorise(amendment, ffion)
    authorise(amendment, sian)
    with pytest.raises(services.Decided):
        authorise(amendment, sian)
    send_officer, how = an_officer(), {"now": NOON}
    with pytest.raises(services.NotYours):
        seen = holder_for(send_officer, verified=True)
        services.accept_amendment(amendment, holder=seen, by=send_officer, **how)
    services.withdraw_amendment(amendment, by=elen.user, **how)
    with pytest.raises(services.Decided):
        accept(amendment)
    assert Pupil.objects.get().removed_at is None


def test_asking_is_for_who_answers_for_the_list_and_says_what_is_wrong_with_it():
    sian = a_supervisor()
    elen, pupil = a_cook(sian), listed()
    stranger = a_place("huw@ysgol.example.org")
    with pytest.raises(services.NotTheirs):
        ask(stranger, "remove", pupil)
    with pytest.raises(services.NotTheirs):
        ask(elen, "remove", listed("Owain Rees", 5, another_school()))
    with pytest.raises(services.NothingChanged):
        ask(elen, "change", pupil, details_of(pupil))
    with pytest.raises(services.OnAList):
        ask(elen, "add", told=details(upn=pupil.upn))
    with pytest.raises(Refusals) as refused:
        ask(elen, "add", told=details(upn="A1", since=None))
    assert list(refused.value.problems) == ["upn", "since"]
    assert not Amendment.objects.exists()
