"""The officers' pages of post: from the first words to the report, and who may not come in."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit import spreadsheets
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Posting, ReturnedFile

from ...mail.post.scene import DAY, LEAD, cleaned, drafted, read, staff, the, upload
from ...people.membership.schools import a_place
from ...standing import a_parent, an_officer, come_in

pytestmark = pytest.mark.django_db


def typed(**more):
    """What an officer types of a whole posting."""
    plain = {
        "title_en": "School meals grant",
        "body_en": "Tell us how many **meals** you serve. <script>alert(1)</script>",
        "sensitivity": "protected",
        "audience": "all",
        "responsibilities": [the("Finance").pk],
    }
    return plain | more


def at(name: str, posting: Posting) -> str:
    return reverse(f"posting:{name}", args=[posting.pk])


@pytest.mark.req("SC-055", "SC-058", "SC-069")
def test_an_officer_writes_sees_whom_it_reaches_publishes_corrects_and_withdraws(client: Client):
    elen = staff(Finance=LEAD)
    come_in(client, an_officer())
    refused = client.post(
        reverse("posting:new"), typed(title_en="", **{"act_by-day": "31", "act_by-month": "2"})
    )
    assert refused.status_code == 422 and "Tell us how many" in refused.text
    client.post(reverse("posting:new"), typed(attachments=upload("form.txt")))
    posting = Posting.objects.get()
    shown = client.get(at("posting", posting)).text
    assert "<strong>meals</strong>" in shown and "<script>alert" not in shown and "form.txt" in shown
    before = client.get(at("publish", posting)).text
    assert "Schools: 1. People who would have it now: 1. Level: Protected." in before
    client.post(at("publish", posting), {"when": "now"})
    read(elen, posting, now=timezone.now())
    wrong = client.post(at("correct", posting), typed(title_en="Grant 2027"))
    assert wrong.status_code == 422
    client.post(at("correct", posting), typed(title_en="Grant 2027", note_en="The year was missing."))
    shown = client.get(at("posting", posting)).text
    assert "Corrected" in shown and "The year was missing." in shown and "School meals grant" in shown
    assert client.post(at("withdraw", posting), {"reason": ""}).status_code == 422
    client.post(at("withdraw", posting), {"reason": "Sent in error."})
    assert "Sent in error." in client.get(at("posting", posting)).text
    assert (
        client.get(reverse("posting:list"), {"state": "withdrawn", "q": "grant"}).text.count(posting.number)
        == 1
    )


@pytest.mark.req("SC-069")
def test_a_posting_is_planned_and_made_a_draft_again(client: Client):
    come_in(client, an_officer())
    posting = drafted()
    day = timezone.localdate() + DAY
    due = {"when": "later", "due-day": day.day, "due-month": day.month, "due-year": day.year}
    assert client.post(at("publish", posting), due | {"at": "25:00"}).status_code == 422
    client.post(at("publish", posting), due | {"at": "07:30"})
    posting.refresh_from_db()
    assert timezone.localtime(posting.due_at).strftime("%H:%M") == "07:30"
    client.post(at("unschedule", posting))
    assert client.get(at("remove", posting)).status_code == 200
    client.post(at("remove", posting))
    assert not Posting.objects.exists()


@pytest.mark.req("SC-068", "SC-069", "GH-034")
def test_the_report_says_who_opened_acted_and_is_late_and_returned_files_are_decided(client: Client):
    elen, now = staff(Finance=LEAD), timezone.now()
    draft = drafted(
        action_en="Count.", act_by=timezone.localdate() - 3 * DAY, wants_file=True, title_en="Meals"
    )
    posting = post.publish(draft, by=an_officer(), now=now - 5 * DAY)
    read(elen, posting, now=now)
    come_in(client, an_officer())
    page = client.get(at("report", posting), {"part": "late", "sort": "-opened"}).text
    assert "Schools that are late: 1" in page and "people: 1" in page
    book = spreadsheets.opened(client.get(at("export", posting)).content, most_unpacked=1_000_000)
    [_, row] = spreadsheets.rows(book, 0, most=10, widest=10)
    assert row[0] == elen.school.name and row[7] == "Yes"
    assert Entry.objects.filter(verb="post.report_exported").exists()
    assert "Schools that are late: 1." in client.get(at("chase", posting)).text
    client.post(at("chase", posting))
    assert posting.chases.get().schools == 1
    returned = post.return_file(posting, place=elen, upload=upload("meals.txt"), now=now)
    waiting = client.get(at("returned", posting)).text
    assert elen.school.name in waiting and str(elen) in waiting
    link = reverse("posting:returned-file", args=[returned.pk])
    assert client.get(link).status_code == 409 and link not in waiting
    cleaned(returned.file)
    client.post(reverse("posting:send-back", args=[returned.pk]), {"reason": "Page 2 is missing."})
    assert "Page 2 is missing." in client.get(at("returned", posting)).text
    again = post.return_file(posting, place=elen, upload=upload("meals.txt"), now=now + DAY)
    client.post(reverse("posting:accept", args=[again.pk]))
    again.refresh_from_db()
    assert again.state == ReturnedFile.State.RETURNED, "nobody can have read what was not found clean"
    cleaned(again.file)
    client.post(reverse("posting:accept", args=[again.pk]))
    again.refresh_from_db()
    assert again.state == ReturnedFile.State.ACCEPTED


def test_the_pages_are_for_officers_alone_and_a_list_takes_the_same_statements(
    client: Client, django_assert_max_num_queries
):
    posting = drafted()
    for person in (a_parent(), a_place("mair@ysgol.example.org").user):
        come_in(client, person)
        assert client.get(at("posting", posting)).status_code == 403
    come_in(client, an_officer())
    client.get(reverse("posting:list"))
    with django_assert_max_num_queries(16):
        client.get(reverse("posting:list"))
    for _ in range(3):
        drafted()
    with django_assert_max_num_queries(16):
        assert client.get(reverse("posting:list")).text.count("POST-") == 4
    assert client.get(reverse("posting:posting", args=[999_999])).status_code == 404
