"""What becomes of a notice between the school that placed it, the others and the council."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.files.services import FileRefused
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.work.notices import queries, services
from guildhall.work.notices.models import Notice, Report
from guildhall.work.notices.rules import LONGEST
from guildhall.work.notices.wording import standing

from ...people.membership.schools import a_place, a_supervisor, another_school, holder
from ...standing import NOON
from .scene import a_notice, a_picture, moderate, officer, told

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def of(place, now=NOON):
    return {"place": place, "by": place.user, "now": now}


def shown(day=TODAY, **narrowed):
    return [one.title for one in queries.on_show(day, **narrowed)]


@pytest.mark.req("SC-085", "SC-092")
def test_a_notice_is_placed_once_seen_by_all_until_its_last_day_and_can_be_placed_again():
    elen, key = a_place("elen@ysgol.example.org"), uuid4()
    one, same = (services.place_notice("sale", told(), key=key, **of(elen)) for _ in range(2))
    assert one == same
    assert shown() == ["Piano"]
    last, after = one.ends_on, one.ends_on + timedelta(days=1)
    assert shown(last) == ["Piano"]
    assert shown(after) == []
    assert standing(one, after) == "ended"
    assert list(queries.own(elen)) == [one], "whoever placed it still sees it"

    later = NOON + timedelta(days=31)
    again = services.change_notice(one, told(ends_on=after), **of(elen, later))
    assert shown(after) == ["Piano"]
    assert again.placed_at == later


@pytest.mark.req("SC-085")
def test_notices_are_filtered_searched_and_sorted_and_each_kind_asks_for_its_own():
    a_notice("Piano")
    a_notice("Chairs", kind="free", now=NOON + timedelta(hours=1), ends_on=TODAY + timedelta(days=3))
    held = {"held_on": TODAY, "venue": "Village hall"}
    fair = a_notice("Fair", kind="event", now=NOON - timedelta(hours=1), **held)
    assert fair.price == "", "only what is for sale has a price"
    assert shown() == ["Chairs", "Piano", "Fair"]
    assert shown(sort="title") == ["Chairs", "Fair", "Piano"]
    assert shown(sort="ends")[0] == "Chairs"
    assert shown(kind="free") == ["Chairs"]
    assert shown(words="VILLAGE") == ["Fair"]

    def problems(kind, **more):
        with pytest.raises(Refusals) as refused:
            a_notice("Other", kind=kind, **more)
        return set(refused.value.problems)

    assert problems("sale", price="") == {"notice_price"}
    assert problems("event") == {"notice_held_on"}
    assert problems("activity", held_on=TODAY - timedelta(days=1), venue="x") == {"notice_held_on"}
    assert problems("activity", held_on=TODAY) == {"notice_venue"}
    assert problems("free", email="") == {"notice_email"}
    for day in (TODAY - timedelta(days=1), TODAY + LONGEST + timedelta(days=1)):
        assert problems("free", ends_on=day) == {"notice_ends_on"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=fair.pk).update(held_on=None)


@pytest.mark.req("SC-092")
def test_only_its_owner_and_the_supervisor_of_the_school_change_and_withdraw_it():
    elen, sian = a_place("elen@ysgol.example.org"), a_supervisor()
    bryn = a_place("bryn@ysgol.example.org")
    ffion = a_supervisor("ffion@other.example.org", another_school())
    notice = a_notice(place=elen)
    for other in (bryn, ffion):
        with pytest.raises(services.NotTheirs):
            services.withdraw_notice(notice, **of(other))
        with pytest.raises(services.NotTheirs):
            services.change_notice(notice, told("Mine"), **of(other))
        assert not queries.own(other).exists()
    services.change_notice(notice, told("Grand piano"), **of(sian))
    assert shown() == ["Grand piano"]
    withdrawn = services.withdraw_notice(notice, **of(elen))
    services.withdraw_notice(withdrawn, **of(elen))
    assert shown() == []
    assert not queries.seen_from(ffion, TODAY).exists()


@pytest.mark.req("SC-092")
def test_where_the_council_looks_first_a_notice_waits_and_its_owner_reads_what_was_decided():
    moderate()
    elen, notice = a_place("elen@ysgol.example.org"), a_notice()
    assert shown() == []
    assert Task.objects.filter(kind="email", key__startswith="notice-waiting:").count() == 1
    with pytest.raises(services.NotYours):
        services.approve_notice(notice, holder=holder(elen), by=elen.user, now=NOON)
    with pytest.raises(Refusals):
        services.refuse_notice(notice, reason="", **officer())
    services.refuse_notice(notice, reason="Say how old it is.", **officer())
    [message] = Message.objects.filter(to=elen.user)
    assert "Say how old it is." in message.body
    letters = Task.objects.filter(kind="email", key__startswith="message-waiting:")
    assert "how old" not in str([one.payload for one in letters]), "an email tells nothing of it"

    services.change_notice(notice, told(words="From 1990."), **of(elen))
    services.approve_notice(notice, **officer())
    assert shown() == ["Piano"]
    with pytest.raises(services.Moved):
        services.approve_notice(notice, **officer())
    services.change_notice(notice, told(words="From 1991."), **of(elen))
    assert shown() == [], "what was changed is looked at again"


@pytest.mark.req("SC-092")
def test_what_was_taken_down_comes_back_only_through_an_officer_whichever_way_round():
    elen, notice = a_place("elen@ysgol.example.org"), a_notice()
    ffion = a_place("ffion@other.example.org", another_school())
    one, same = (services.report_notice(notice, words="A pupil's name.", **of(ffion)) for _ in range(2))
    assert one == same
    assert queries.waiting(officer()["holder"]) == 1
    services.remove_notice(notice, reason="It names a pupil.", **officer())
    assert Report.objects.get().settled_at
    assert shown() == []
    services.change_notice(notice, told(), **of(elen))
    notice.refresh_from_db()
    services.withdraw_notice(notice, **of(elen))
    services.change_notice(notice, told(), **of(elen))
    assert shown() == []
    assert Notice.objects.get().state == "waiting"
    services.approve_notice(notice, **officer())
    assert shown() == ["Piano"]
    services.report_notice(notice, words="Again.", **of(ffion))
    assert services.settle_reports(notice, **officer()) == 1
    assert shown() == ["Piano"]


def test_only_a_picture_is_taken_and_it_goes_with_the_notice_a_year_later():
    elen = a_place("elen@ysgol.example.org")
    with pytest.raises(FileRefused):
        a_notice(upload=SimpleUploadedFile("run.txt", b"x", content_type="text/plain"))
    notice = a_notice(upload=a_picture())
    assert notice.picture
    changed = services.change_notice(notice, told(no_picture=True), **of(elen))
    assert changed.picture is None
    assert not StoredFile.objects.exists()
    services.change_notice(notice, told(upload=a_picture()), **of(elen))
    assert services.forget_old(now=NOON + timedelta(days=300)) == 0
    assert services.forget_old(now=NOON + timedelta(days=400)) == 1
    assert not StoredFile.objects.exists()


def test_a_school_shows_so_many_notices_and_no_more(monkeypatch):
    monkeypatch.setattr("guildhall.work.notices.services.placing.MOST", 1)
    a_notice()
    with pytest.raises(services.TooMany):
        a_notice("Another")
