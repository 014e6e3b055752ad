"""The governors' area as people of a school open it, and the officers' pages for it."""

import re

import pytest
from django.test import Client

from guildhall.foundation.files import services as files
from guildhall.work.governors.models import Booking, Course, NewsItem, Opened, Paper

from ....people.membership.schools import a_supervisor
from ....standing import an_officer, come_in
from ....work.governors.scene import a_chair, a_clerk, a_course, a_governor, a_head, a_meeting, a_paper
from ....work.schoolfolder.scene import an_upload

pytestmark = pytest.mark.django_db
HERE = "/schools/governors/"


@pytest.mark.req("SC-086")
def test_nobody_else_of_the_school_opens_any_address_of_it_and_a_head_reads_whom_to_ask():
    paper, course = a_paper(), a_course()
    one, meeting = f"{HERE}papers/{paper.pk}/", f"{HERE}papers/meetings/{paper.meeting_id}/"
    reading = [HERE, f"{HERE}news/", f"{HERE}papers/", one, f"{one}files/{paper.file_id}", meeting]
    reading += [f"{HERE}training/", f"{HERE}training/record", f"{HERE}training/{course.pk}/"]
    keeping = [f"{HERE}papers/withdrawn", f"{HERE}papers/meetings/new", f"{meeting}add", f"{one}replace"]
    keeping += [f"{meeting}change", f"{meeting}remove", f"{one}withdraw", f"{HERE}papers/access"]
    client = come_in(Client(), a_supervisor().user)
    assert {client.get(path).status_code for path in reading + keeping} == {403}
    assert "governors" not in client.get("/schools/").text.lower().split("<main")[0].replace("help", "")
    head = come_in(Client(), a_head().user).get(HERE)
    assert "Anwen" in head.text
    mair = come_in(Client(), a_governor().user)
    answers = {path: mair.get(path) for path in reading + keeping}
    for answer in answers.values():
        b"".join(answer)
    assert {answers[path].status_code for path in reading} == {200}
    assert {answers[path].status_code for path in keeping} == {403}


@pytest.mark.req("SC-086")
def test_the_clerk_publishes_after_confirming_and_a_governor_opens_it():
    meeting, clerk = a_meeting(), come_in(Client(), a_clerk().user)
    path = f"{HERE}papers/meetings/{meeting.pk}/add"
    page = clerk.get(path).text
    assert "Do not publish anything about a pupil" in page
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    sent = {"key": key, "paper_kind": "minutes", "paper_title": "Minutes"}
    refused = clerk.post(path, sent | {"paper_file": an_upload()})
    assert refused.status_code == 422
    assert "tick that it says nothing about any pupil" in refused.text
    for _ in range(2):
        clerk.post(path, sent | {"paper_file": an_upload(), "paper_no_pupils": "on"})
    paper = Paper.objects.get()
    files.write_verdict(paper.file, found="", now=paper.added_at)
    mair = come_in(Client(), a_governor().user)
    assert "Minutes" in mair.get(HERE).text
    assert b"".join(mair.get(f"{HERE}papers/{paper.pk}/files/{paper.file_id}")) == b"We met."
    assert Opened.objects.get().user == a_governor().user
    assert "Mair" in clerk.get(f"{HERE}papers/{paper.pk}/").text
    clerk.post(f"{HERE}papers/{paper.pk}/withdraw")
    assert mair.get(f"{HERE}papers/{paper.pk}/").status_code == 404
    clerk.post(f"{HERE}papers/{paper.pk}/put-back")
    assert mair.get(f"{HERE}papers/{paper.pk}/").status_code == 200


@pytest.mark.req("SC-086")
def test_an_officer_offers_a_course_and_news_and_governors_book_and_read(settings):
    officer = come_in(Client(), an_officer())
    both = {"title_en": "Budgets", "title_cy": "Cyllidebau", "words_en": "**Come**.", "words_cy": "Dewch."}
    day = {"course_date-day": "1", "course_date-month": "6", "course_date-year": "2090"}
    told = both | day | {"course_starts": "18:30", "course_ends": "18:00", "course_places": "1"}
    wrong = officer.post("/council/governors/courses/new/", told)
    assert wrong.status_code == 422
    assert "must end after it starts" in wrong.text
    assert "Enter a place or a link" in wrong.text
    told |= {"course_ends": "20:00", "course_link": "https://meet.example.org/b"}
    assert officer.post("/council/governors/courses/new/", told).status_code == 302
    course = Course.objects.get()
    date = {"news_date-day": "1", "news_date-month": "6", "news_date-year": "2026"}
    assert officer.post("/council/governors/news/new/", both | date).status_code == 302
    assert NewsItem.objects.count() == 1
    mair, gareth = come_in(Client(), a_governor().user), come_in(Client(), a_chair().user)
    assert "<strong>Come</strong>" in mair.get(f"{HERE}news/").text
    page = f"{HERE}training/{course.pk}/"
    assert "meet.example.org" not in mair.get(page).text
    for _ in range(2):
        mair.post(f"{page}book")
    assert "meet.example.org" in mair.get(page).text
    assert "took the last place" in gareth.post(f"{page}book", follow=True).text
    assert Booking.objects.count() == 1
    assert "Mair" in officer.get(f"/council/governors/courses/{course.pk}/").text
    assert "Mair" in officer.get(f"/council/governors/courses/{course.pk}/export/").text
    mair.post(f"{page}cancel")
    gareth.post(f"{page}book")
    assert Booking.objects.get(cancelled_at=None).user == a_chair().user
