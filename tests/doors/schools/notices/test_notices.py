"""The pages of Activities and Events, at the schools' door and at the council's."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guildhall.foundation.files.models import StoredFile
from guildhall.work.notices.models import Notice

from ....people.membership.schools import a_place, a_supervisor, another_school
from ....standing import an_officer, come_in
from ....work.notices.scene import a_notice, a_picture, moderate

pytestmark = pytest.mark.django_db
HERE, COUNCIL = "/schools/notices/", "/council/notices/"


def days(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def typed(title="Piano", ends=30, **more):
    plain = {"notice_title": title, "notice_words": "In tune.", "notice_price": "£80"}
    contact = {"notice_contact": "Elen", "notice_email": "elen@ysgol.example.org"}
    return plain | contact | days("notice_ends_on", timezone.localdate() + timedelta(days=ends)) | more


def now_shown(**more):
    """A notice that is shown on the day of the test."""
    return a_notice(now=timezone.now(), ends_on=timezone.localdate() + timedelta(days=5), **more)


@pytest.mark.req("SC-085", "SC-092")
def test_a_school_submits_an_item_others_see_it_and_it_is_changed_and_withdrawn(client):
    come_in(client, a_place("elen@ysgol.example.org").user)
    theirs = come_in(Client(), a_place("ffion@other.example.org", another_school()).user)
    assert f"{HERE}submit/" in client.get(HERE).text
    assert f"{HERE}submit/sale/" in client.get(f"{HERE}submit/").text
    form = client.get(f"{HERE}submit/sale/").text
    default = timezone.localdate() + timedelta(days=30)
    day = re.search(r'<input[^>]*name="notice_ends_on-day"[^>]*>', form)[0]
    assert f'value="{default.day}"' in day
    assert "notice_venue" not in form
    wrong = client.post(f"{HERE}submit/sale/", typed("", ends=-1))
    assert wrong.status_code == 422
    assert "Enter a title" in wrong.text
    assert "The last day must be today" in client.post(f"{HERE}submit/sale/", typed(ends=-1)).text

    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    for _ in range(2):
        client.post(f"{HERE}submit/sale/", typed(key=key, notice_picture=a_picture()))
    one = Notice.objects.get()
    here = f"{HERE}{one.pk}/"
    assert "Piano" in theirs.get(f"{HERE}?kind=sale&find=tune&sort=ends").text
    assert "No notice fits" in theirs.get(f"{HERE}?kind=event").text
    StoredFile.objects.update(state=StoredFile.State.CLEAN)
    page = theirs.get(here).text
    assert "/picture" in page
    assert "/change" not in page
    assert theirs.get(f"{here}change").status_code == 404
    assert theirs.post(f"{here}withdraw").status_code == 404
    picture = theirs.get(f"{here}picture")
    assert picture["Content-Type"] == "image/png"
    assert b"".join(picture)
    client.post(f"{here}change", typed("Grand piano"))
    assert "Grand piano" in theirs.get(HERE).text
    client.post(f"{here}withdraw")
    assert theirs.get(here).status_code == 404
    assert "Place again" in client.get(f"{HERE}own/").text
    client.post(f"{here}change", typed("Old piano"))
    assert "Old piano" in theirs.get(HERE).text


@pytest.mark.req("SC-092")
def test_an_officer_approves_refuses_with_a_reason_and_takes_down_what_was_reported(client):
    moderate()
    elen = a_place("elen@ysgol.example.org")
    mine, officer = come_in(Client(), elen.user), come_in(client, an_officer())
    mine.post(f"{HERE}submit/sale/", typed())
    one = Notice.objects.get()
    assert "Piano" not in mine.get(HERE).text
    assert "Waiting or reported: 1" in officer.get("/council/").text
    assert "Piano" in officer.get(COUNCIL).text
    here = f"{COUNCIL}{one.pk}/"
    assert officer.post(here, {"act": "refuse"}).status_code == 422
    assert officer.post(here, {"act": "nonsense"}).status_code == 404
    officer.post(here, {"act": "refuse", "reason": "Say how old it is."})
    assert "Say how old it is." in mine.get(f"{HERE}{one.pk}/").text
    mine.post(f"{HERE}{one.pk}/change", typed())
    officer.post(here, {"act": "approve"})
    assert "Piano" in mine.get(HERE).text

    theirs = come_in(Client(), a_supervisor("ffion@other.example.org", another_school()).user)
    assert theirs.post(f"{HERE}{one.pk}/report", {"words": ""}).status_code == 422
    theirs.post(f"{HERE}{one.pk}/report", {"words": "This is a joke."})
    assert "This is a joke." in officer.get(here).text
    assert "Piano" in officer.get(f"{COUNCIL}?show=reported").text
    assert "joke" not in mine.get(f"{HERE}{one.pk}/").text
    officer.post(here, {"act": "remove", "reason": "Not for this page."})
    assert "Piano" not in theirs.get(HERE).text
    assert mine.get(COUNCIL).status_code == 403


def test_a_list_reads_the_same_however_many_notices_there_are(client):
    come_in(client, a_supervisor().user)

    def read():
        with CaptureQueriesContext(connection) as read:
            for path in (HERE, f"{HERE}own/"):
                assert client.get(path).status_code == 200
        return len(read)

    now_shown()
    read()
    few = read()
    for number in range(4):
        now_shown(title=f"Chair {number}", upload=a_picture())
    assert read() == few
