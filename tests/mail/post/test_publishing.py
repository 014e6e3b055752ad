"""What officers do with a posting, and what schools return."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.outbox.models import Task
from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Correction, Posting, ReturnedFile
from guildhall.mail.post.tasks import chase as run_chase
from guildhall.mail.post.tasks import publish as run_publish

from ...mailbox import last_letter
from ...people.membership.schools import another_school
from ...standing import an_officer
from .scene import (
    DAY,
    INTERESTED,
    LATER,
    LEAD,
    NOON,
    a_school,
    a_supervisor,
    box,
    cleaned,
    drafted,
    posted,
    read,
    staff,
    told,
    upload,
)

pytestmark = pytest.mark.django_db
State = ReturnedFile.State


def test_a_draft_may_be_unfinished_and_is_published_only_when_it_is_whole():
    empty = told(body_en="", sensitivity="", responsibilities=frozenset(), title_cy="Grant")
    posting = post.draft_posting(told=empty, by=an_officer(), now=NOON)
    with pytest.raises(Refusals) as refused:
        post.publish(posting, by=an_officer(), now=NOON)
    assert set(refused.value.problems) == {"body_en", "body_cy", "sensitivity", "responsibilities"}
    with pytest.raises(ChangedMeanwhile):
        post.change(posting, told=told(), seen=9, by=an_officer(), now=NOON)
    post.change(posting, told=told(), seen=posting.revision, by=an_officer(), now=NOON)
    post.publish(posting, by=an_officer(), now=NOON)
    with pytest.raises(post.NotADraft):
        post.publish(posting, by=an_officer(), now=NOON)
    with pytest.raises(Refusals):
        post.draft_posting(told=told(title_en="x" * 151), by=an_officer(), now=NOON)


@pytest.mark.req("SC-069")
def test_a_planned_posting_goes_at_its_moment_unless_it_was_taken_back():
    elen = staff(Finance=LEAD)
    with pytest.raises(post.TooSoon):
        post.schedule(drafted(), due_at=NOON, by=an_officer(), now=NOON)
    kept = post.schedule(drafted(), due_at=NOON + DAY, by=an_officer(), now=NOON)
    taken = post.schedule(drafted(), due_at=NOON + DAY, by=an_officer(), now=NOON)
    post.unschedule(taken, by=an_officer(), now=LATER)
    for task in Task.objects.filter(kind="post-publish"):
        assert task.due_at == NOON + DAY
        run_publish(task.payload, task_key=task.key, now=NOON + DAY)
    assert box(elen, now=NOON + DAY) == [kept]
    taken.refresh_from_db()
    assert taken.state == Posting.State.DRAFT


@pytest.mark.req("SC-069")
def test_a_correction_keeps_what_was_said_and_shows_those_who_read_it_before():
    elen = staff(Finance=LEAD)
    draft = drafted()
    [wrong] = post.attach(draft, uploads=[upload("wrong.txt")], by=an_officer(), now=NOON)
    posting = post.publish(draft, by=an_officer(), now=NOON)
    read(elen, posting)
    act = {"by": an_officer(), "now": LATER + DAY}
    better = told(title_en="School meals grant 2027")
    with pytest.raises(Refusals):
        post.correct(posting, corrected=post.Corrected(better, note_en=""), **act)
    with pytest.raises(post.NothingCorrected):
        post.correct(posting, corrected=post.Corrected(told(), note_en="Nothing."), **act)
    new = post.Corrected(better, "The year.", uploads=(upload("right.txt"),), off=frozenset([str(wrong.pk)]))
    post.correct(posting, corrected=new, **act)
    item = queries.item(elen, posting.pk)
    assert item is not None and item.corrected_since and item.posting.shown_state == "corrected"
    assert [line.file.name for line in queries.attachments(item)] == ["right.txt"]
    [kept] = queries.corrections(posting)
    assert kept.before == {"title_en": "School meals grant", "files": ["wrong.txt"]}
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.update(note_en="Other.")


@pytest.mark.req("SC-062", "SC-068")
def test_a_returned_file_can_be_replaced_until_it_is_accepted_and_shows_who_and_when():
    elen = staff(Finance=LEAD)
    posting = posted(wants_file=True)
    with pytest.raises(post.NoFileAsked):
        post.return_file(posted(), place=elen, upload=upload(), now=LATER)
    first = post.return_file(posting, place=elen, upload=upload(), now=LATER)
    second = post.return_file(posting, place=elen, upload=upload("new.txt"), now=LATER + DAY)
    shown = [(one.state, one.school, one.place, one.at) for one in queries.returned_to(posting)]
    assert shown == [
        (State.RETURNED, a_school(), elen, LATER + DAY),
        (State.REPLACED, a_school(), elen, LATER),
    ]
    act = {"by": an_officer(), "now": LATER + DAY}
    with pytest.raises(post.NotClean):
        post.accept_return(second, **act)
    with pytest.raises(Refusal):
        post.send_back(second, reason="", **act)
    post.send_back(second, reason="Page 2 is missing.", **act)
    assert last_letter("elen@ysgol.example.org").subject == "A file that you returned has an answer"
    third = post.return_file(posting, place=elen, upload=upload(), now=LATER + 2 * DAY)
    cleaned(third.file)
    post.accept_return(third, **act)
    with pytest.raises(post.AlreadyAccepted):
        post.return_file(posting, place=elen, upload=upload(), now=LATER + 3 * DAY)
    with pytest.raises(post.Decided):
        post.accept_return(first, **act)


@pytest.mark.req("GH-034", "SC-069")
def test_officers_see_who_opened_acted_and_is_late_and_chase_the_late_in_one_step():
    elen, _ = staff(Finance=LEAD), staff("mair@ysgol.example.org", Finance=INTERESTED)
    another_school()
    posting = posted(action_en="Count the meals.", act_by=NOON.date(), wants_file=True)
    read(elen, posting)
    later = NOON + 2 * DAY
    today = later.date()
    lines = {one.name: one for one in queries.report(posting, today=today)}
    assert lines[a_school().name].opened_at == LATER and lines[another_school().name].opened_at is None
    found = queries.summary(posting, today=today)
    assert (found.schools, found.opened, found.done, found.late) == (2, 1, 0, 2)
    assert queries.summary(posting, today=NOON.date()).late == 0
    chased = post.chase(posting, by=an_officer(), now=later)
    task = Task.objects.get(kind="post-chase")
    for _ in range(2):
        run_chase(task.payload, task_key=task.key, now=later)
    sent = Task.objects.filter(key__startswith=f"post-chase:{chased.pk}:")
    assert [one.payload["to"] for one in sent] == ["elen@ysgol.example.org"]
    with pytest.raises(post.ChasedToday):
        post.chase(posting, by=an_officer(), now=later + timedelta(minutes=1))
    post.mark_action_done(posting, place=elen, now=later)
    assert queries.summary(posting, today=today).late == 1
    assert [one.name for one in queries.report(posting, today=today, part="late")] == [another_school().name]
    post.take_back_action(posting, place=elen, now=later)
    assert queries.summary(posting, today=today).done == 0
    assert a_supervisor()
