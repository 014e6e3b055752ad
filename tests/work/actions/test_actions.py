"""What people of a school have to do: made, given, moved and noted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.outbox.models import Task
from guildhall.mail.post import queries as post
from guildhall.mail.post import services as posting
from guildhall.people.membership import services as membership
from guildhall.people.membership.queries import holder_for
from guildhall.work.actions import queries, services
from guildhall.work.actions.models import Action, Step
from guildhall.work.actions.moves import MOVES
from guildhall.work.actions.queries import Asked
from guildhall.work.actions.services.holding import CannotOwn
from guildhall.work.actions.services.moving import NoReason
from guildhall.work.actions.sources import people_of

from ...mail.post.scene import fresh, posted, staff
from ...people.membership.schools import a_place, a_supervisor, another_school, holder, the_council
from ...people.responsibilities.scene import INTERESTED, LEAD
from ...standing import NOON, an_administrator, an_officer
from .scene import DAY, TODAY, due, elen, from_post, made, mari, told

pytestmark = pytest.mark.django_db
ALL = Asked(mine=False, state="all")
LATER = NOON + timedelta(hours=1)


def emails(name):
    return Task.objects.filter(key__contains=f"actions-{name}:").count()


def shown(place, asked=ALL, today=TODAY):
    return list(queries.actions_of(place, asked, today=today))


def officer_holder():
    return holder_for(an_officer(), verified=True)


def acts(action):
    return list(action.steps.order_by("at", "pk").values_list("act", flat=True))


@pytest.mark.req("SC-088")
def test_an_action_has_its_owner_date_and_history_and_sent_twice_is_made_once():
    key = uuid4()
    first = services.make_action(elen(), told(owner=mari().user_id), key=key, now=NOON)
    again = services.make_action(elen(), told(owner=mari().user_id), key=key, now=LATER)
    assert first == again
    assert (first.status, first.owner, first.due_on) == ("open", mari().user, TODAY + 7 * DAY)
    assert acts(first) == ["made"]
    assert Entry.objects.filter(verb="actions.made").count() == 1
    assert emails("given") == 1


def test_nobody_is_told_of_what_they_gave_themselves():
    made()
    assert emails("given") == 0


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - DAY}, "due_on"),
        ({"due_on": TODAY + 2000 * DAY}, "due_on"),
        ({"source": "visit"}, "visited_on"),
        ({"source": "visit", "visited_on": TODAY + DAY}, "visited_on"),
        ({"source": "post"}, "source"),
    ],
)
def test_what_is_wrong_is_said_by_field(more, field):
    with pytest.raises(Refusals) as refused:
        made(**more)
    assert list(refused.value.problems) == [field]


def test_nobody_of_another_school_owns_or_reads_it():
    stranger = fresh(a_place("nia@ysgol.example.org", another_school()))
    with pytest.raises(CannotOwn):
        made(owner=stranger.user_id)
    action = made()
    assert queries.action(stranger, action.pk) is None
    with pytest.raises(services.NotYours):
        services.finish_action(action, place=stranger, now=LATER)


def test_every_move_of_the_table_is_reached_and_the_history_says_so():
    action = made()
    at = {"place": elen(), "now": LATER}
    services.start_action(action, **at)
    services.stop_action(action, **at)
    services.start_action(action, **at)
    done = services.finish_action(action, **at)
    assert done.closed_by == elen().user
    with pytest.raises(services.NotNow):
        services.finish_action(action, **at)
    assert services.reopen_action(action, **at).status == "in-progress"
    with pytest.raises(NoReason):
        services.cancel_action(action, reason="", revision=6, **at)
    cancelled = services.cancel_action(action, reason="The herons left.", revision=6, **at)
    assert (cancelled.status, cancelled.reason) == ("cancelled", "The herons left.")
    assert services.reopen_action(action, **at).reason == ""
    assert set(acts(action)) == {"made", "started", "stopped", "done", "reopened", "cancelled"}
    assert set(MOVES) == set(Action.Status.values)


def test_who_was_overtaken_changes_nothing():
    action = made()
    services.change_action(action, told(title="Count the egrets"), revision=1, place=mari(), now=LATER)
    with pytest.raises(services.Overtaken):
        services.change_action(action, told(title="Count"), revision=1, place=elen(), now=LATER)
    action.refresh_from_db()
    assert action.title == "Count the egrets"
    assert action.steps.get(act="changed").changes == {"title": ["Count the herons", "Count the egrets"]}


@pytest.mark.req("SC-088")
def test_notes_are_added_once_and_stay():
    action, key = made(), uuid4()
    for _ in range(2):
        services.add_note(action, "Two at the ford.", key=key, place=elen(), now=LATER)
    services.add_note(action, "And one above.", key=uuid4(), place=mari(), now=LATER)
    notes = action.steps.filter(act="noted").order_by("pk").values_list("words", "by")
    assert list(notes) == [("Two at the ford.", elen().user_id), ("And one above.", mari().user_id)]


@pytest.mark.req("SC-088", "SC-057")
@pytest.mark.parametrize("level", ["protected", "unrestricted"])
def test_what_comes_from_post_is_read_and_owned_only_by_those_whom_the_item_reaches(level):
    lead = staff(Finance=LEAD)
    interested = staff("mari@ysgol.example.org", Finance=INTERESTED)
    other, boss = fresh(a_place("bryn@ysgol.example.org")), fresh(a_supervisor())
    item = posted(sensitivity=level)
    action = services.make_action(lead, from_post(item), key=uuid4(), now=LATER)
    open_ = level == "unrestricted"
    expected = {lead: True, boss: True, interested: open_, other: False}
    for place, sees in expected.items():
        assert [one.readable for one in shown(place)] == [sees]
        assert bool(queries.action(place, action.pk)) is sees
        assert bool(shown(place, Asked(mine=False, words="herons"))) is sees
        assert people_of(place.school, posting=item).filter(pk=place.pk).exists() is sees
    with pytest.raises(CannotOwn):
        services.give_action(action, other.user_id, place=lead, now=LATER)
    with pytest.raises(services.NotYours):
        services.make_action(other, from_post(item, owner=lead.user_id), key=uuid4(), now=LATER)


def test_of_withdrawn_post_only_those_who_had_read_it_read_the_action():
    lead = staff(Finance=LEAD)
    boss, item = fresh(a_supervisor()), posted()
    action = services.make_action(lead, from_post(item), key=uuid4(), now=LATER)
    posting.open_item(post.item(lead, item.pk), place=lead, now=LATER)
    posting.withdraw(item, reason="Wrong", by=an_officer(), now=LATER)
    assert queries.action(lead, action.pk)
    assert queries.action(boss, action.pk) is None


def test_a_list_asks_the_same_few_questions_however_long_it_is(django_assert_num_queries):
    lead, item = staff(Finance=LEAD), posted()
    for _ in range(2):
        services.make_action(lead, from_post(item), key=uuid4(), now=LATER)
    with django_assert_num_queries(2):
        [one.owner.surname + one.school.name + one.posting.title for one in shown(lead)]
    for _ in range(6):
        services.make_action(lead, from_post(item), key=uuid4(), now=LATER)
    with django_assert_num_queries(2):
        assert len([one.posting.title for one in shown(lead)]) == 8


def test_filters_sorting_and_counts():
    late, todo = due(TODAY - DAY), made(title="Order ink", due_on=TODAY + DAY)
    hers = made(owner=mari().user_id, source="visit", visited_on=TODAY - DAY, title="Ask Ford")
    services.finish_action(made(title="Done it"), place=elen(), now=LATER)
    assert shown(elen(), Asked()) == [late, todo]
    assert shown(elen(), Asked(mine=False, sort="-title")) == [todo, late, hers]
    assert shown(elen(), Asked(mine=False, owner=mari().user_id)) == [hers]
    assert shown(elen(), Asked(mine=False, source="visit")) == [hers]
    assert shown(elen(), Asked(overdue=True)) == [late]
    assert [one.title for one in shown(elen(), Asked(state="done"))] == ["Done it"]
    assert shown(elen(), Asked(mine=False, words="FORD ask")) == [hers]
    for sort in queries.SORTS:
        assert shown(elen(), Asked(mine=False, sort=sort)) != []
    found = queries.counts(elen(), today=TODAY)
    assert (found.mine, found.mine_late, found.school, found.school_late) == (2, 1, 3, 1)


@pytest.mark.req("SC-088")
def test_an_owner_is_told_once_that_a_date_is_over_and_again_only_for_another_date():
    action = due(TODAY - DAY)
    assert services.tell_late(now=NOON) == 1
    assert services.tell_late(now=LATER) == 0
    Action.objects.filter(pk=action.pk).update(due_on=TODAY - 2 * DAY)
    assert services.tell_late(now=LATER) == 1
    assert emails("late") == 2
    membership.remove_person(
        a_place("elen@ysgol.example.org"), holder=the_council(), by=an_administrator(), now=LATER
    )
    Action.objects.filter(pk=action.pk).update(due_on=TODAY - 3 * DAY)
    assert services.tell_late(now=LATER) == 0


def test_several_are_done_given_and_taken_back_and_what_cannot_be_is_left():
    first, second, over = made(), made(), made()
    services.finish_action(over, place=elen(), now=NOON)
    pks = [first.pk, second.pk, over.pk, 999_999]
    given, left = services.give_some(pks, mari().user_id, place=elen(), now=LATER)
    assert (given, left) == ([first.pk, second.pk], 1)
    assert services.finish_some(pks, place=elen(), now=LATER) == [first.pk, second.pk]
    assert services.reopen_some(given, place=elen(), now=LATER) == given
    assert Action.objects.filter(status="open").count() == 2


@pytest.mark.req("SC-088")
def test_an_officer_gives_a_school_an_action_from_a_visit_and_sees_no_others():
    boss, officer = fresh(a_supervisor()), an_officer()
    own = made()
    visit = told(source="visit", visited_on=TODAY, owner=None)
    how = {"key": uuid4(), "holder": officer_holder(), "by": officer, "now": NOON}
    given = services.give_to_school(boss.school, visit, **how)
    assert services.give_to_school(boss.school, visit, **how) == given
    assert list(queries.given_to_schools(officer_holder())) == [given]
    assert not queries.given_to_schools(holder(boss)).exists()
    assert own not in queries.given_to_schools(officer_holder())
    assert emails("fromcouncil") == 1
    assert list(queries.unowned(boss)) == [given]
    with pytest.raises(services.NotNow):
        services.change_action(given, told(), revision=1, place=boss, now=LATER)
    with pytest.raises(services.NotNow):
        services.cancel_action(given, reason="No.", revision=1, place=boss, now=LATER)
    services.give_action(given, elen().user_id, place=boss, now=LATER)
    services.finish_action(given, place=elen(), now=LATER)
    assert queries.given_to_schools(officer_holder()).get().status == "done"


def test_what_ended_six_years_ago_is_forgotten_with_its_notes():
    old, new = made(), made()
    for one in (old, new):
        services.finish_action(one, place=elen(), now=NOON)
    Action.objects.filter(pk=new.pk).update(closed_at=NOON + 400 * DAY)
    assert services.forget_old(now=NOON + 2200 * DAY) == 1
    assert list(Action.objects.all()) == [new]
    assert not Step.objects.filter(action=old.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "done"},
        {"closed_at": NOON},
        {"reason": "Odd"},
        {"source": "visit"},
        {"source": "post"},
        {"owner": None},
    ],
)
def test_the_database_holds_what_an_action_must_be(wrong):
    action = made()
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**wrong)
