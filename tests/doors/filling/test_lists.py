"""Saved forms and submitted forms."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.mail.messages.models import Message
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.records.linkage import services as linkage
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from tests.definitions import (
    FULL,
    a_concern,
    a_draft,
    a_family_child,
    a_full_draft,
    every_kind,
    options,
    published,
    question,
)
from tests.standing import NOON, a_parent, a_professional, an_officer, another_parent, come_in

from .pages import step_url, type_in, typed

pytestmark = pytest.mark.django_db

SAVED, SUBMITTED = reverse("filling:saved"), reverse("filling:submitted")


def sent_by(owner, *, now, **answers):
    draft = a_draft(owner, answers=FULL | answers, now=now)
    return intake.submit(draft.pk, sender=owner, key=draft.key, declarations={"first", "second"}, now=now)


@pytest.mark.req("CP-044", "CP-045")
def test_saved_forms_are_listed_with_their_days_left(client):
    draft = a_draft(now=timezone.now())
    Draft.objects.update(started_at=NOON - timedelta(days=139, minutes=31))
    come_in(client, draft.owner)

    page = client.get(SAVED).text

    for words in ("Saved Forms", "No.", "Start Date", "Description", "Days Left", "Cancel", "30 days"):
        assert words in page
    assert "13 Jan 2026 11:29 AM" in page
    assert reverse("filling:resume", args=[draft.pk]) in page


@pytest.mark.req("CP-055")
def test_saved_forms_say_who_they_are_about(client):
    parent = a_parent()
    a_draft(parent, child=a_family_child(parent, forename="Cadi"))
    a_draft(parent, child=a_family_child(parent, forename="Mali"))
    teacher = a_professional()
    a_draft(teacher, form=a_concern(), answers={"CHILD_SURNAME": "Fenn"})

    family = come_in(client, parent).get(SAVED).text
    assert "<br>Cadi Pritchard" in family and "<br>Mali Pritchard" in family
    assert "<br>Fenn" in come_in(client, teacher).get(SAVED).text
    assert Entry.objects.filter(verb="child.viewed", about_kind="submissions", about_id="saved").count() == 2


@pytest.mark.req("CP-045")
@pytest.mark.parametrize(("minutes", "shown"), [(31, "13 Ion 2026 11:29 yb"), (-60, "13 Ion 2026 1:00 yh")])
def test_the_start_of_a_saved_form_is_told_in_welsh_too(client, minutes, shown):
    draft = a_draft(a_parent(language="cy"))
    Draft.objects.update(started_at=NOON - timedelta(days=139, minutes=minutes))

    assert shown in come_in(client, draft.owner).get(SAVED).text


@pytest.mark.req("SP-076")
def test_a_send_form_keeps_its_prefix_in_the_lists_of_a_professional(client):
    named = {
        "portal": "professional",
        "audience": "professional",
        "subtitle": {"en": "Portal Advice", "cy": "Cyngor"},
    }
    draft = a_draft(form=every_kind(destination="send-professional", **named))

    page = come_in(client, draft.owner).get(SAVED).text

    assert "Special Educational Needs &amp; Disabilities" in page and "Portal Advice" not in page


def test_nobody_sees_the_saved_forms_of_another(client):
    draft = a_draft()
    come_in(client, another_parent())

    page = client.get(SAVED).text

    assert str(draft.pk) not in page
    assert "You have no saved forms" in page


@pytest.mark.req("CP-048")
def test_a_saved_form_is_kept_longer_or_deleted_after_asking(client):
    draft = a_draft(now=timezone.now() - timedelta(days=25))
    come_in(client, draft.owner)
    assert "5 days" in client.get(SAVED).text

    page = client.post(reverse("filling:extend", args=[draft.pk]), follow=True).text
    assert "another 30 days" in page
    question = client.get(reverse("filling:delete", args=[draft.pk])).text
    assert "You cannot undo this" in question and Draft.objects.exists()
    client.post(reverse("filling:delete", args=[draft.pk]))
    assert not Draft.objects.exists()


@pytest.mark.req("CP-057", "CP-058", "CP-061")
def test_submitted_forms_are_recent_or_older_and_show_the_response(client):
    parent = a_parent()
    recent = sent_by(parent, now=timezone.now() - timedelta(days=3))
    older = sent_by(parent, now=timezone.now() - timedelta(days=40))
    come_in(client, parent)

    page = client.get(SUBMITTED).text

    assert page.index("Recently Submitted Forms (Last 30 Days)") < page.index(recent.reference)
    assert page.index(recent.reference) < page.index("Older submitted forms") < page.index(older.reference)
    assert "No response posted" in page
    assert reverse("filling:pdf", args=[recent.pk]) in page


def returned(parent, **more):
    sent = sent_by(parent, now=timezone.now())
    hand_back(sent, **more)
    return sent


def hand_back(sent, **more):
    case = Case.objects.get(submission=sent)
    officer = an_officer()
    linkage.add_child_for(case.mention, by=officer, now=timezone.now())
    case = cases.open_first(Case.objects.get(), by=officer, now=timezone.now())
    letter = cases.Letter("More please", "Tell us about school.")
    cases.request_information(case, letter, by=officer, now=timezone.now(), **({"reopen": True} | more))


@pytest.mark.req("CP-051", "CP-053", "CP-054", "CP-055")
def test_a_returned_form_stands_on_top_and_opens_for_changes(client):
    parent = a_parent()
    sent = returned(parent)
    come_in(client, parent)

    page = client.get(SUBMITTED).text

    assert "Forms requesting more information" in page and "Date Requested" in page
    assert "Tell us about school." in page and "Mali Pritchard" in page
    draft = Draft.objects.get(corrects=sent)
    assert reverse("filling:resume", args=[draft.pk]) in page
    assert reverse("filling:submission", args=[sent.pk]) in page
    form = client.get(reverse("filling:resume", args=[draft.pk]), follow=True).text
    assert 'value="Mali"' in form


@pytest.mark.req("GH-020", "SP-199")
def test_a_form_sent_again_is_decided_by_the_day_that_counts_from_the_first_time(client):
    parent = a_parent()
    sent = sent_by(parent, now=timezone.now() - timedelta(days=20))
    hand_back(sent)
    come_in(client, parent)
    draft = Draft.objects.get(corrects=sent)

    again = intake.submit(
        draft.pk, sender=parent, key=draft.key, declarations={"first", "second"}, now=timezone.now()
    )

    due = timezone.localtime(sent.sent_at) + timedelta(weeks=6)
    assert f"by {due.day} {due:%B %Y}" in client.get(reverse("filling:sent", args=[again.key])).text


@pytest.mark.req("CP-054", "CP-056")
def test_a_form_sent_again_leaves_the_table_and_keeps_its_versions(client):
    parent = a_parent()
    sent = returned(parent)
    draft = Draft.objects.get(corrects=sent)
    draft = submissions.save_answers(
        draft, answers={"CHILD_FORENAME": "Non"}, revision=0, place="child", by=parent, now=timezone.now()
    )
    again = intake.submit(
        draft.pk, sender=parent, key=draft.key, declarations={"first", "second"}, now=timezone.now()
    )
    come_in(client, parent)

    page = client.get(SUBMITTED).text
    assert "Forms requesting more information" not in page
    assert page.count(sent.reference) >= 1
    versions = client.get(reverse("filling:submission", args=[again.pk])).text
    assert "Version 1" in versions and reverse("filling:submission", args=[sent.pk]) in versions


@pytest.mark.req("CP-053")
def test_back_and_save_for_later_lead_from_a_returned_form_to_its_table_without_change(client):
    nurse = a_professional()
    answers = {"REFERRER_NAME": "Ms Price", "CHILD_SURNAME": "Rees", "CONCERN": "Bruises"}
    first = a_draft(nurse, form=a_concern(), answers=answers, now=timezone.now())
    sent = intake.submit(first.pk, sender=nurse, key=first.key, declarations={"first"}, now=timezone.now())
    hand_back(sent)
    draft = Draft.objects.get(corrects=sent)
    come_in(client, nurse)

    page = client.get(step_url(draft, "child"))
    assert 'name="later" value="yes" formnovalidate class="govuk-back-link' in page.text
    there = client.post(step_url(draft, "child"), typed(page, _later="yes"), follow=True)

    assert there.redirect_chain[-1][0] == SUBMITTED
    assert "Forms requesting more information" in there.text
    assert Draft.objects.get(pk=draft.pk).answers == draft.answers


def test_a_returned_form_is_not_among_the_saved_ones(client):
    parent = a_parent()
    returned(parent)
    come_in(client, parent)

    assert "You have no saved forms" in client.get(SAVED).text


@pytest.mark.req("SP-091")
def test_two_parents_send_the_same_form_and_neither_sees_the_other(client):
    mine = sent_by(a_parent(), now=timezone.now())
    theirs = sent_by(another_parent(), now=timezone.now())
    come_in(client, a_parent())

    page = client.get(SUBMITTED).text

    assert mine.reference in page and theirs.reference not in page


def test_the_list_takes_the_same_number_of_statements_for_one_and_for_many(
    client, django_assert_max_num_queries
):
    parent = a_parent()
    come_in(client, parent)
    for _ in range(12):
        sent_by(parent, now=timezone.now())
    a_full_draft(parent, now=timezone.now())

    with django_assert_max_num_queries(16):
        client.get(SUBMITTED)


@pytest.mark.req("GH-019")
def test_a_newer_version_is_offered_with_what_changed_and_loses_no_answer(client):
    draft = a_full_draft(now=timezone.now())
    come_in(client, draft.owner)
    assert "newer version" not in client.get(SAVED).text
    newer = every_kind()
    newer["groups"][0]["questions"][3]["options"] += options("other")
    newer["groups"][3]["questions"].append(question("SINCE"))
    newer["groups"][2]["questions"].pop()
    live = published(newer)

    url = reverse("filling:upgrade", args=[draft.pk])
    assert url in client.get(SAVED).text
    assert url in client.get(reverse("filling:summary", args=[draft.pk])).text
    page = client.get(url).text
    for words in ("Child gender", "Changed", "Since", "New", "Areas", "No longer asked", "will not be sent"):
        assert words in page
    assert Draft.objects.get().version == draft.version

    client.post(url)
    moved = Draft.objects.get()
    assert (moved.version, moved.answers) == (live, draft.answers)
    assert client.get(url).status_code == 302
    summary = client.get(reverse("filling:summary", args=[draft.pk])).text
    after = summary.partition("Answers that will not be sent")[2]
    assert "Areas" in after and moved.set_aside[0]["answer"]["en"][0] in after
    assert moved.set_aside[0]["question"]["cy"]


@pytest.mark.req("GH-019")
def test_a_newer_version_is_offered_on_each_step_and_keeps_what_is_typed_there(client):
    draft = a_full_draft(now=timezone.now())
    come_in(client, draft.owner)
    step = step_url(draft, "needs")
    assert "newer version" not in client.get(step).text
    newer = every_kind()
    newer["groups"][2]["questions"].append(question("SINCE"))
    live = published(newer)

    page = client.get(step)
    assert "newer version" in page.text
    assert "newer version" in client.get(step_url(draft, "parents", "a1")).text
    offer = client.post(step, typed(page, has_diagnosis="yes", diagnosis="Dyslexia", _newer="yes"))
    asked = client.get(offer.url)
    assert Draft.objects.get().answers["HAS_DIAGNOSIS"] == "yes"
    assert asked.text.count(f'href="{step}"') == 2  # Back, and staying on the older version
    assert client.post(offer.url).url == step

    moved = client.get(step).text
    assert Draft.objects.get().version == live and "q-since" in moved
    assert "newer version of this form" not in moved and "You are now on the newer version" in moved


@pytest.mark.req("GH-019")
def test_whoever_looked_at_one_newer_version_is_not_moved_to_another_unseen(client):
    draft = a_full_draft(now=timezone.now())
    come_in(client, draft.owner)
    newer = every_kind()
    newer["groups"][3]["questions"].append(question("SINCE"))
    published(newer)
    url = reverse("filling:upgrade", args=[draft.pk])
    shown = client.get(url).context["newer"]
    newer["groups"][3]["questions"].append(question("UNTIL"))
    newest = published(newer)

    again = client.post(url, {"to": str(shown)})
    assert again.status_code == 200 and "Until" in again.text
    assert "changed again while this page was open" in again.text
    assert Draft.objects.get().version == draft.version

    client.post(url, {"to": str(again.context["newer"])})
    assert Draft.objects.get().version == newest


@pytest.mark.req("GH-019")
def test_a_step_that_the_newer_version_has_not_leads_to_where_the_person_was(client):
    draft = a_full_draft(now=timezone.now())
    come_in(client, draft.owner)
    newer = every_kind()
    newer["groups"].pop()
    published(newer)

    moved = client.post(reverse("filling:upgrade", args=[draft.pk]) + "?place=evidence")

    assert moved.url == reverse("filling:resume", args=[draft.pk])


@pytest.fixture
def moved(client):
    """A draft whose step of needs is open, and then a version that asks the same elsewhere, but for one."""
    draft = a_full_draft(now=timezone.now())
    come_in(client, draft.owner)
    type_in(client, step_url(draft, "needs"), has_diagnosis="yes")
    page = client.get(step_url(draft, "needs"))
    newer = every_kind()
    [needs] = [group for group in newer["groups"] if group["key"] == "needs"]
    needs["key"] = "difficulties"
    needs["questions"] = [one for one in needs["questions"] if one["code"] != "DIAGNOSIS"]
    published(newer)
    client.post(reverse("filling:upgrade", args=[draft.pk]))
    return draft, page


@pytest.mark.req("GH-019")
def test_a_step_open_in_another_window_is_saved_into_the_newer_version_and_leads_to_its_step(client, moved):
    draft, page = moved
    url = step_url(draft, "needs")

    answer = client.post(url, typed(page, has_diagnosis="yes", diagnosis="Dyslexia"))

    assert answer.url == step_url(draft, "difficulties")
    shown = client.get(answer.url).text
    assert "changed to its newer version in another window" in shown
    saved = Draft.objects.get()
    assert saved.answers["HAS_DIAGNOSIS"] == "yes" and saved.answers["DIAGNOSIS"] == "Dyslexia"
    assert ["Dyslexia"] in [one["answer"]["en"] for one in saved.set_aside]
    client.post(url, typed(page, has_diagnosis="yes", diagnosis="Dyspraxia", _later="yes"))
    assert [one["answer"]["en"] for one in Draft.objects.get().set_aside].count(["Dyslexia"]) <= 1


@pytest.mark.req("GH-019")
def test_a_step_open_in_another_window_saves_by_itself_and_is_found_at_its_old_address(client, moved):
    draft, page = moved

    saved = client.post(
        reverse("filling:autosave", args=[draft.pk]), typed(page, has_diagnosis="yes", diagnosis="Dyslexia")
    )

    assert saved.status_code == 200 and Draft.objects.get().answers["DIAGNOSIS"] == "Dyslexia"
    assert client.get(step_url(draft, "needs")).url == step_url(draft, "difficulties")
    assert client.get(step_url(draft, "no-such-step")).status_code == 404
    forged = typed(page) | {"version": "999999"}
    assert client.post(step_url(draft, "needs"), forged).url == step_url(draft, "difficulties")


@pytest.mark.req("GH-019")
def test_a_row_of_a_group_that_repeats_no_more_leads_to_the_step_that_took_its_place(client):
    draft = a_full_draft(now=timezone.now())
    come_in(client, draft.owner)
    page = client.get(step_url(draft, "parents", "a1"))
    newer = every_kind()
    [parents] = [group for group in newer["groups"] if group["key"] == "parents"]
    del parents["repeats"]
    published(newer)
    client.post(reverse("filling:upgrade", args=[draft.pk]))

    assert client.get(step_url(draft, "parents", "a1")).url == step_url(draft, "parents")
    assert client.post(step_url(draft, "parents", "a1"), typed(page)).url == step_url(draft, "parents")


@pytest.mark.req("GH-019")
def test_a_form_that_was_withdrawn_offers_no_other_version(client):
    draft = a_full_draft(now=timezone.now())
    come_in(client, draft.owner)
    newer = published(every_kind(title={"en": "Another", "cy": "Arall"}))
    forms.withdraw(newer.form, by=None, now=timezone.now())

    assert "newer version" not in client.get(step_url(draft, "needs")).text + client.get(SAVED).text


@pytest.mark.req("GH-019")
def test_a_summary_of_the_older_version_cannot_be_sent_as_the_newer_one(client):
    draft = a_full_draft(now=timezone.now())
    come_in(client, draft.owner)
    summary = client.get(reverse("filling:summary", args=[draft.pk]))
    accepted = typed(summary, "send") | {"declarations": ["first", "second"]}
    newer = every_kind()
    newer["groups"][2]["questions"].append(question("SINCE"))
    published(newer)
    client.post(reverse("filling:upgrade", args=[draft.pk]))

    page = client.post(reverse("filling:send", args=[draft.pk]), accepted)

    assert page.status_code == 422 and "Since" in page.text
    assert Draft.objects.exists()


@pytest.mark.req("CP-058")
def test_the_response_links_to_the_message(client):
    parent = a_parent()
    returned(parent)
    message = Message.objects.get(subject="More please")
    come_in(client, parent)

    page = client.get(SUBMITTED).text

    assert reverse("inbox:message", args=[message.pk]) in page
    assert "No response posted" not in page


@pytest.mark.req("CP-051")
def test_a_request_that_is_answered_without_changing_the_form_leads_to_the_conversation(client):
    parent = a_parent()
    sent = returned(parent, reopen=False)
    come_in(client, parent)

    assert reverse("inbox:conversation", args=[sent.reference]) in client.get(SUBMITTED).text


@pytest.mark.req("CP-015")
def test_professionals_forms_go_by_their_account_names_in_the_lists(client):
    named = a_concern(subtitle={"en": "Portal Professional Safeguarding Concern", "cy": "Pryder y Porth"})
    draft = a_draft(form=named)
    come_in(client, draft.owner)

    saved = client.get(reverse("filling:saved")).text
    assert ">Portal Professional Safeguarding Concern</a>" in saved
    start = client.get(reverse("filling:start", args=["CONCERN"])).text
    assert "Safeguarding concern" in start and "Portal Professional" not in start
