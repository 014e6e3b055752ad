"""One answer to who sees which post, wherever it is asked."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from guildhall.foundation.audit.models import Entry
from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Redirect, Target
from guildhall.mail.post.queries import Asked
from guildhall.people.membership import services as membership
from guildhall.people.responsibilities.rules import Sensitivity

from ...mailbox import last_letter
from ...people.membership.schools import another_school, holder, the_council
from ...standing import an_administrator, an_officer
from .scene import (
    DAY,
    INTERESTED,
    LATER,
    LEAD,
    NOON,
    a_supervisor,
    box,
    drafted,
    fresh,
    give,
    posted,
    read,
    staff,
    told,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.mark.req("SC-055", "SC-056", "SC-057")
def test_a_lead_contact_sees_every_level_and_an_interested_party_two_wherever_it_is_asked():
    lead, interested = staff(Finance=LEAD), staff("mair@ysgol.example.org", Finance=INTERESTED)
    items = {level: posted(sensitivity=level, title_en=f"About {level}") for level in Sensitivity}
    for level in (Sensitivity.PROTECTED, Sensitivity.CONTROLLED):
        draft = drafted(sensitivity=level)
        [file] = post.attach(draft, uploads=[upload()], by=an_officer(), now=NOON)
        items[level] = post.publish(draft, by=an_officer(), now=NOON)
        assert queries.attachment(lead, draft.pk, file.pk) == file
        assert queries.attachment(interested, draft.pk, file.pk) is None
        assert queries.item(interested, draft.pk) is None
    seen = {one.sensitivity for one in box(interested)}
    assert seen == {Sensitivity.UNRESTRICTED, Sensitivity.CONTEXT}
    assert {one.sensitivity for one in box(lead)} == set(Sensitivity)
    assert (queries.unread_count(interested), queries.unread_count(lead)) == (2, 6)
    assert box(interested, words="About protected") == []
    week = NOON + 8 * DAY
    assert len(queries.old_unread(interested, now=week)) == 2
    with pytest.raises(post.NotTheirs):
        post.forward(
            items[Sensitivity.PROTECTED], place=interested, to="a@example.org", confirmed=True, now=LATER
        )


@pytest.mark.req("SC-058")
@pytest.mark.parametrize(
    ("aim", "reaches"),
    [({}, True), ({"audience": "phases", "phases": ("Secondary",)}, False), ({"audience": "schools"}, False)],
)
def test_a_posting_goes_to_those_responsible_at_all_schools_of_a_phase_or_selected(aim, reaches):
    elen = staff(Finance=LEAD)
    school = another_school()
    type(school).objects.filter(pk=school.pk).update(phase="Secondary")
    if aim.get("audience") == "schools":
        aim = aim | {"schools": frozenset([school.pk])}
    posting = posted(**aim)
    assert (box(elen) == [posting]) is reaches
    assert queries.reached_by(posting).schools == (2 if reaches else 1)
    assert Target.objects.filter(posting=posting).count() == 1


@pytest.mark.req("SC-065")
def test_responsibilities_take_effect_at_once_on_past_and_new_post_and_so_does_losing_them():
    elen, supervisor = staff(), a_supervisor()
    past = posted()
    assert box(elen) == [] and queries.reach_of(elen).empty
    give(elen, supervisor, Finance=INTERESTED)
    new = posted(at=NOON + timedelta(minutes=1))
    assert box(elen) == [new, past]
    give(elen, supervisor)
    assert box(elen) == [] and queries.item(fresh(elen), past.pk) is None


def test_drafts_planned_and_withdrawn_post_and_locked_people_are_left_out():
    elen = staff(Finance=LEAD)
    drafted()
    post.schedule(drafted(), due_at=NOON + DAY, by=an_officer(), now=NOON)
    posting = posted()
    assert box(elen) == [posting]
    read(elen, posting)
    post.withdraw(posting, reason="Sent too early.", by=an_officer(), now=LATER)
    assert box(elen) == []
    item = queries.item(fresh(elen), posting.pk)
    assert item is not None and item.withdrawn and queries.attachments(item) == []
    membership.lock_person(elen, locked=True, holder=the_council(), by=an_administrator(), now=LATER)
    assert queries.item(fresh(elen), posting.pk) is None


@pytest.mark.req("SC-061", "SC-065", "SC-066")
def test_a_redirected_item_reaches_a_colleague_at_once_and_a_confidential_one_after_confirming():
    elen, mair = staff(Finance=LEAD), staff("mair@ysgol.example.org")
    posting = posted(sensitivity="controlled")
    assert queries.colleagues(elen) and mair in queries.colleagues(elen)
    with pytest.raises(post.Unconfirmed) as refused:
        post.redirect(posting, place=elen, to=[mair.pk], confirmed=False, now=LATER)
    assert refused.value.names == [str(mair)] and box(mair) == []
    post.redirect(posting, place=elen, to=[mair.pk], confirmed=True, now=LATER)
    assert box(mair) == [posting]
    assert Entry.objects.get(verb="post.redirected").detail["confirmed"] is True
    with pytest.raises(DatabaseError), transaction.atomic():
        Redirect.objects.update(confirmed=False)
    with pytest.raises(post.NobodyChosen):
        post.redirect(posting, place=elen, to=[999_999], confirmed=True, now=LATER)


@pytest.mark.req("SC-066")
def test_the_email_of_a_forwarded_item_holds_its_words_only_when_it_is_unrestricted():
    elen = staff(Finance=LEAD)
    send = {"place": elen, "to": "Bursar@Trust.example.org", "now": LATER}
    post.forward(posted(), confirmed=False, **send)
    assert "how many" in last_letter("bursar@trust.example.org").text
    secret = posted(sensitivity="protected", title_en="Budget cuts")
    with pytest.raises(post.Unconfirmed):
        post.forward(secret, confirmed=False, **send)
    post.forward(secret, confirmed=True, **send)
    letter = last_letter("bursar@trust.example.org")
    assert f"/schools/post/{secret.pk}/" in letter.text
    assert "Budget" not in letter.text + letter.subject and "how many" not in letter.text
    assert Entry.objects.filter(verb="post.forwarded", detail__confirmed=True).count() == 1
    with pytest.raises(post.BadAddress):
        post.forward(secret, confirmed=True, **send | {"to": "nobody"})


@pytest.mark.req("SC-063", "SC-067")
def test_a_supervisor_sees_title_and_read_state_of_the_schools_post_and_what_they_open_is_recorded():
    elen, supervisor = staff(Finance=LEAD), fresh(a_supervisor())
    secret, unled = posted(sensitivity="controlled"), posted("Catering", at=LATER)
    read(elen, secret)
    asked = {"asked": Asked(view="all"), "now": LATER}
    whole = list(queries.school_post(holder(supervisor), supervisor.school_id, **asked))
    assert [(one.posting, one.readers, one.led, one.recorded) for one in whole] == [
        (unled, 0, False, False),
        (secret, 1, True, True),
    ]
    [theirs] = queries.school_post(holder(supervisor), supervisor.school_id, of=elen, **asked)
    assert theirs.posting == secret and theirs.mark is not None
    assert list(queries.school_post(holder(elen), elen.school_id, **asked)) == []
    item = queries.item(supervisor, secret.pk)
    assert item is not None and item.as_supervisor
    post.open_item(item, place=supervisor, now=LATER)
    assert Entry.objects.get(verb="post.opened_as_supervisor").by_id == supervisor.user_id
    assert not secret.marks.filter(place=supervisor).exists()


def test_a_page_of_post_takes_the_same_statements_however_long_it_is(django_assert_num_queries):
    elen, supervisor = staff(Finance=LEAD, Catering=INTERESTED), fresh(a_supervisor())
    posted()
    with django_assert_num_queries(7):
        list(queries.inbox(elen, asked=Asked(), now=LATER)[:20])
    for _ in range(3):
        posted("Finance", "Catering")
    with django_assert_num_queries(7):
        assert len(queries.inbox(elen, asked=Asked(), now=LATER)[:20]) == 4
    asks = holder(supervisor)
    with django_assert_num_queries(4):
        assert queries.staff_with_old_unread(asks, supervisor.school_id, now=NOON + 9 * DAY)


def test_what_is_asked_of_a_list_narrows_and_sorts_it():
    elen = staff(Finance=LEAD, Catering=LEAD)
    plain = posted(title_en="Alpha")
    due = posted("Catering", title_en="Beta", action_en="Count.", act_by=(NOON + DAY).date(), at=LATER)
    assert box(elen, to_do=True) == [due]
    assert box(elen, responsibility=next(iter(told("Finance").responsibilities))) == [plain]
    assert box(elen, sort="title") == [plain, due] and box(elen, sort="due") == [due, plain]
    assert box(elen, words="alp MEALS") == [plain] and box(elen, sensitivity="controlled") == []
    assert queries.neighbours(elen, plain.pk, asked=Asked(), now=LATER) == (due.pk, None)
    assert Asked.read({"view": "none", "responsibility": "x", "sort": "-nothing"}) == Asked()
