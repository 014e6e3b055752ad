"""Reading, putting away, waiting too long, and hearing of it."""

from datetime import timedelta

import pytest

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.outbox.models import Task
from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Mark
from guildhall.people.consent.models import EmailPreference

from ...mailbox import last_letter
from ...people.membership.schools import holder
from .scene import (
    DAY,
    INTERESTED,
    LATER,
    LEAD,
    NOON,
    a_supervisor,
    box,
    fresh,
    give,
    posted,
    read,
    staff,
)

pytestmark = pytest.mark.django_db
WORDS = (
    "You have been sent this e-mail to alert you to the fact that you have unread post items over 7 days old."
)


@pytest.mark.req("SC-059", "SC-069")
def test_opening_marks_read_and_archiving_too_and_what_is_archived_is_found_and_restored():
    elen = staff(Finance=LEAD)
    one, two = posted(title_en="Alpha"), posted(title_en="Beta", at=LATER)
    assert box(elen, "unread") == [two, one]
    read(elen, one)
    assert box(elen, "unread") == [two] and Entry.objects.filter(verb="post.opened").count() == 1
    assert post.archive_some([two.pk, 999], place=elen, now=LATER) == [two.pk]
    assert post.archive_some([two.pk], place=elen, now=LATER) == []
    assert box(elen, "inbox") == [one] and box(elen, "unread") == []
    assert box(elen, "archived", words="beta") == [two]
    assert post.restore_some([two.pk], place=elen, now=LATER) == [two.pk]
    assert box(elen, "inbox") == [two, one] and box(elen, "unread") == []


def test_the_watermark_never_hides_what_was_not_read():
    elen, supervisor = staff(Finance=LEAD), a_supervisor()
    old = posted("Catering")
    item = posted()
    now = LATER + 2 * DAY
    read(elen, item, now=now)
    assert queries.unread_count(elen) == 0
    late = posted(at=now - timedelta(minutes=5))  # published before the reading, committed after it
    give(elen, supervisor, Finance=LEAD, Catering=INTERESTED)
    assert box(elen, "unread", now=now) == [late, old]
    read(fresh(elen), late, now=now)
    assert box(elen, "unread", now=now) == [old]


@pytest.mark.req("SC-070", "SC-071", "SC-072")
def test_unread_post_is_old_more_than_seven_days_after_it_reached_its_reader():
    elen, supervisor = staff(Finance=LEAD), fresh(a_supervisor())
    posting = posted()
    mair = staff("mair@ysgol.example.org")
    post.redirect(posting, place=elen, to=[mair.pk], confirmed=False, now=NOON + 3 * DAY)
    week = NOON + 7 * DAY
    assert queries.old_unread(elen, now=week) == []
    after = week + timedelta(seconds=1)
    assert [one.posting for one in queries.old_unread(elen, now=after)] == [posting]
    assert queries.old_unread(mair, now=after) == []
    [behind] = queries.staff_with_old_unread(holder(supervisor), supervisor.school_id, now=after)
    assert (behind.place, behind.count, behind.oldest) == (elen, 1, NOON)
    post.archive_some([posting.pk], place=elen, now=after)
    assert queries.old_unread(elen, now=after) == []
    [behind] = queries.staff_with_old_unread(holder(supervisor), supervisor.school_id, now=NOON + 11 * DAY)
    assert (behind.place, behind.oldest) == (mair, NOON + 3 * DAY)


@pytest.mark.req("SC-070")
def test_post_without_a_lead_contact_is_named_until_somebody_leads():
    elen, supervisor = staff(Finance=INTERESTED), fresh(a_supervisor())
    posting = posted("Finance", "Catering")
    asked = {"holder": holder(supervisor), "school_id": supervisor.school_id, "now": LATER}
    [unled] = queries.without_lead(**asked)
    assert unled.posting == posting
    assert [str(one) for one in unled.responsibilities] == ["Catering", "Finance"]
    give(elen, supervisor, Finance=LEAD)
    assert queries.without_lead(**asked) == []


@pytest.mark.req("SC-064")
def test_a_supervisor_prompts_about_old_unread_post_in_the_exact_words():
    elen, supervisor = staff(Finance=LEAD), fresh(a_supervisor())
    posted()
    with pytest.raises(post.NothingOld):
        post.prompt_about_unread(elen, by=supervisor, now=LATER)
    week = NOON + 8 * DAY
    with pytest.raises(post.NotSupervisor):
        post.prompt_about_unread(supervisor, by=elen, now=week)
    for _ in range(2):
        post.prompt_about_unread(elen, by=supervisor, now=week)
    letter = last_letter("elen@ysgol.example.org")
    assert letter.subject == "Alert from the Schools' Portal"
    assert WORDS in " ".join(letter.text.split())
    assert Task.objects.filter(key__startswith="post-prompt").count() == 1


@pytest.mark.req("SC-042")
def test_the_daily_email_goes_once_to_those_with_new_post_who_want_it():
    elen, mair = staff(Finance=LEAD), staff("mair@ysgol.example.org", Finance=LEAD)
    EmailPreference.objects.create(user=mair.user, post_daily=False, changed_at=NOON)
    staff("ifan@ysgol.example.org")
    assert post.send_daily(now=NOON - 30 * DAY) == 0
    posting = posted(at=NOON + DAY)
    morning = NOON + 2 * DAY
    assert post.send_daily(now=morning.replace(hour=4)) == 0
    assert [post.send_daily(now=morning), post.send_daily(now=morning)] == [1, 0]
    letter = last_letter("elen@ysgol.example.org")
    assert letter.subject == "You have new post" and posting.title not in letter.text
    assert post.send_daily(now=morning + DAY) == 0
    post.redirect(
        posting, place=elen, to=[staff("ifan@ysgol.example.org").pk], confirmed=False, now=morning + DAY
    )
    read(elen, posted(at=morning + 1.2 * DAY), now=morning + 1.5 * DAY)
    assert post.send_daily(now=morning + 2 * DAY) == 1
    assert last_letter("ifan@ysgol.example.org").subject == "You have new post"
    assert Mark.objects.count() == 1
