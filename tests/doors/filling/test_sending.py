"""The summary, the declarations, sending, the receipt, and what was sent."""

import io
import re
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import quote

import docx
import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.foundation.texts import services as texts
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.paperwork.submissions.proof import fingerprint
from guildhall.records.linkage import services as linkage
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.intake.declarations import declarations_for
from guildhall.work.intake.services import sending
from tests.definitions import FULL, a_concern, a_draft, a_full_draft, every_kind
from tests.standing import NOON, a_parent, an_officer, another_parent, come_in

from .pages import step_url, typed

pytestmark = pytest.mark.django_db

SECOND = """The information that you have put into this form will be used to decide:
a. whether the local authority agrees with you that an education, health and care needs assessment on your child is required.
b. if there is agreement to do an assessment, whether your child needs an education health and care plan.
c. if there is agreement to create an education, health and care plan, what should be in it?
It is important that the people working with you to answer these questions are able to see the information you are sending in and to share it with each other. They may also share or discuss this information with your child.
Before sending in this information, you must agree that it is ok to share it with professionals, the local authority and your child. If you do not agree to this, you will not be able to send it using this online form.
I agree that the information I am submitting can be shared with professionals, the local authority and my child to decide:
• whether an assessment is needed
• whether an education, health and care plan is needed
• what should be in any plan."""  # noqa: E501


@pytest.fixture
def draft(client):
    made = a_full_draft()
    come_in(client, made.owner)
    return made


def summary_of(draft):
    return reverse("filling:summary", args=[draft.pk])


def send(client, draft, **more):
    posted = typed(client.get(summary_of(draft)), "send", _declarations=["first", "second"])
    return client.post(reverse("filling:send", args=[draft.pk]), posted | more)


@pytest.mark.req("SP-083", "CP-031")
def test_the_summary_has_every_answer_with_a_way_back_to_its_field(client, draft):
    page = client.get(summary_of(draft)).text

    assert "Mali" in page and "4 March 2017" in page and "Dilys Pritchard" in page
    assert f"{step_url(draft, 'child')}#q-child_forename" in page
    assert f"{step_url(draft, 'parents', 'a1')}#q-parent_name" in page
    assert "Not answered" in page


@pytest.mark.req("CP-031", "SP-080")
def test_what_is_missing_stands_first_and_leads_to_the_very_field(client):
    draft = a_draft(answers=FULL | {"CHILD_SURNAME": ""})
    come_in(client, draft.owner)

    page = client.get(summary_of(draft)).text

    assert "Before you can send this form" in page
    link = f"{step_url(draft, 'child')}#q-child_surname"
    assert page.index("Before you can send") < page.index(link) < page.index("<h1")
    assert 'id="q-child_surname"' in client.get(step_url(draft, "child")).text


@pytest.mark.req("SP-084", "SP-092")
def test_the_first_declaration_is_the_authoritys_own_text(client, draft):
    texts.change_text("send.Declaration_First", language="en", value="Our own words.", by=None, now=NOON)

    assert "Our own words." in client.get(summary_of(draft)).text


@pytest.mark.req("SP-085")
def test_the_second_declaration_is_fixed_word_for_word(client, draft):
    definition = declarations_for(draft_definition(draft), "en")

    assert definition[1].words == SECOND
    page = client.get(summary_of(draft)).text
    for line in SECOND.splitlines():
        assert line in page


def draft_definition(draft):
    from guildhall.paperwork.forms import queries as forms

    return forms.definition_of(draft.version_id)


@pytest.mark.req("SP-086")
@pytest.mark.parametrize("ticked", [[], ["first"], ["second"]])
def test_without_both_ticks_the_form_is_not_sent_and_the_tick_stays(client, draft, ticked):
    response = send(client, draft, declarations=ticked)

    assert response.status_code == 422
    assert not Submission.objects.exists()
    for key in ("first", "second"):
        problem = f'href="#declaration-{key}"'
        assert (problem in response.text) == (key not in ticked)
        box = re.search(rf'id="declaration-{key}"[^>]*', response.text)[0]
        assert ("checked" in box) == (key in ticked)


@pytest.mark.req("CP-036")
def test_other_forms_ask_once_more_before_they_go(client):
    answers = {"REFERRER_NAME": "T", "CHILD_SURNAME": "Rees", "CONCERN": "Bruises"}
    draft = a_draft(form=a_concern(), answers=answers)
    come_in(client, draft.owner)
    page = client.get(summary_of(draft))
    url = reverse("filling:confirm", args=[draft.pk])

    unticked = client.post(url, typed(page, "send"))
    assert unticked.status_code == 422
    assert "Submit to Local Authority" in page.text
    confirm = client.post(url, typed(page, "send", _declarations="first"))
    assert "Submit" in confirm.text and not Submission.objects.exists()
    assert 'name="declarations" value="second"' not in page.text
    client.post(reverse("filling:send", args=[draft.pk]), typed(confirm, "confirm"))
    assert Submission.objects.exists()


@pytest.mark.req("GH-020", "CP-039")
def test_pressing_twice_gives_one_submission_and_the_same_receipt(client, draft):
    page = client.get(summary_of(draft))
    posted = typed(page, "send", _declarations=["first", "second"])
    url = reverse("filling:send", args=[draft.pk])

    first, second = client.post(url, posted), client.post(url, posted)

    assert first.url == second.url
    assert Submission.objects.count() == 1


@pytest.mark.req("GH-020", "SP-087", "SP-088", "CP-039")
def test_the_receipt_says_what_was_sent_and_what_comes_next(client, draft):
    response = send(client, draft)

    receipt = client.get(response.url).text
    sent = Submission.objects.get()
    latest = timezone.localtime(sent.sent_at) + timedelta(weeks=6)
    assert sent.reference in receipt and "Request for an assessment" in receipt
    assert f"by {latest.day} {latest:%B %Y}" in receipt
    assert "Special Educational Needs and Disabilities Team" in receipt
    assert reverse("filling:pdf", args=[sent.pk]) in receipt
    assert "Finish" in receipt
    assert "Mali" not in receipt


@pytest.mark.req("SP-070", "GH-020")
@pytest.mark.parametrize(
    ("language", "theirs"), [("en", "assess your needs"), ("cy", "asesu eich anghenion")]
)
def test_a_young_person_reads_on_the_receipt_of_their_own_needs(client, language, theirs):
    owner = a_parent()
    owner.language = language
    owner.save()
    come_in(client, owner)
    url = send(client, a_full_draft(owner, form=every_kind(audience="young-person"))).url

    receipt = client.get(url).text

    assert theirs in receipt
    assert "your child" not in receipt and "eich plentyn" not in receipt


def test_the_receipt_of_another_is_not_there(client, draft):
    url = send(client, draft).url
    come_in(client, another_parent())

    assert client.get(url).status_code == 404
    assert client.get(reverse("filling:submission", args=[Submission.objects.get().pk])).status_code == 404
    assert client.get(reverse("filling:pdf", args=[Submission.objects.get().pk])).status_code == 404


def test_there_is_no_receipt_before_the_form_is_sent(client, draft):
    assert client.get(reverse("filling:sent", args=[draft.key])).status_code == 404


@pytest.mark.req("GH-020")
def test_when_the_database_is_lost_nothing_is_said_to_be_sent(client, draft):
    page = client.get(summary_of(draft))
    posted = typed(page, "send", _declarations=["first", "second"])
    url = reverse("filling:send", args=[draft.pk])
    client.raise_request_exception = False

    with patch.object(sending, "_carry", side_effect=OperationalError("server closed the connection")):
        lost = client.post(url, posted)

    assert lost.status_code == 503
    assert Draft.objects.get().answers == draft.answers
    assert client.post(url, posted).status_code == 302


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"key": "nonsense"},
        {"key": "0" * 32},
        {"revision": "x"},
        {"declarations": "third"},
        {"revision": "²"},
    ],
)
def test_hostile_sending_sends_nothing(client, draft, posted):
    known = (
        {} if not posted else {"key": str(draft.key), "declarations": ["first", "second"], "revision": "1"}
    )

    response = client.post(reverse("filling:send", args=[draft.pk]), known | posted)

    assert response.status_code in {404, 422}
    assert not Submission.objects.exists()


def test_answers_that_moved_after_the_summary_are_shown_again_first(client, draft):
    page = client.get(summary_of(draft))
    submissions.save_answers(
        draft, answers={"CHILD_FORENAME": "Non"}, revision=1, place="child", by=draft.owner, now=NOON
    )

    posted = typed(page, "send", _declarations=["first", "second"])
    response = client.post(reverse("filling:send", args=[draft.pk]), posted)

    assert response.status_code == 422
    assert "changed after you opened this page" in response.text and "Non" in response.text


@pytest.mark.req("SP-088", "SP-090")
def test_what_was_sent_can_be_read_and_not_changed(client, draft):
    send(client, draft)
    sent = Submission.objects.get()

    page = client.get(reverse("filling:submission", args=[sent.pk])).text

    assert "Mali" in page and sent.reference in page
    assert "#q-child_forename" not in page
    assert Entry.objects.filter(verb="child.viewed", about_id=str(sent.pk)).count() == 1
    assert client.get(step_url(draft, "child")).url == reverse("filling:sent", args=[draft.key])


@pytest.mark.req("CP-059", "CP-060", "GH-020")
def test_the_pdf_has_the_answers_the_sender_and_its_seal(client, draft):
    send(client, draft)
    sent = Submission.objects.get()

    response = client.get(reverse("filling:pdf", args=[sent.pk]))

    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == f'attachment; filename="{sent.reference}.pdf"'


def test_what_was_sent_is_to_be_had_as_word_too_by_its_sender_alone(client, draft):
    send(client, draft)
    sent = Submission.objects.get()
    href = reverse("filling:word", args=[sent.pk])
    assert href in client.get(reverse("filling:submission", args=[sent.pk])).text

    response = client.get(href)

    assert response["Content-Disposition"] == f'attachment; filename="{sent.reference}.docx"'
    cells = [cell.text for table in docx.Document(io.BytesIO(response.content)).tables
             for row in table.rows for cell in row.cells]  # fmt: skip
    assert "Mali" in cells and draft.owner.email in cells
    assert come_in(Client(), another_parent()).get(href).status_code == 404


@pytest.mark.req("CP-059", "GH-020")
def test_the_document_names_its_sender_and_carries_the_fingerprint(client, draft):
    from guildhall.doors.filling.documents import document_of

    send(client, draft)
    sent = Submission.objects.get()

    document = document_of(sent, draft_definition(sent), seal=fingerprint(sent))

    front = dict(document.front)
    assert (front["First Name"], front["Last Name"], front["Email"]) == (
        draft.owner.forename,
        draft.owner.surname,
        draft.owner.email,
    )
    assert fingerprint(sent) in document.footer
    assert [section.heading for section in document.sections][:2] == [
        "1. Child",
        "2. Parents: Parent or carer 1",
    ], "numbered as the pages of the form were"
    assert ("Child forename", ["Mali"]) in document.sections[0].rows


def test_the_fingerprint_changes_with_anything_that_was_sealed(client, draft):
    send(client, draft)
    sent = Submission.objects.get()
    before = fingerprint(sent)

    sent.answers = sent.answers | {"CHILD_FORENAME": "Non"}
    assert fingerprint(sent) != before
    assert fingerprint(Submission.objects.get()) == before


@pytest.mark.req("GH-020")
def test_a_form_in_welsh_is_sealed_in_welsh(client, draft):
    draft.owner.language = "cy"
    draft.owner.save()

    page = client.get(summary_of(draft)).text
    assert "Crynodeb" in page and "Derbyn" in page
    response = send(client, draft)
    assert "Ffurflen wedi’i Chyflwyno" in client.get(response.url).text
    assert Submission.objects.get().language == "cy"


def test_a_form_waits_for_the_scanner_where_the_authority_says_so(client, draft):
    from django.core.files.uploadedfile import SimpleUploadedFile

    authority.change_setting("files.submit_while_pending", value=False, by=None, now=NOON)
    upload = SimpleUploadedFile("letter.txt", b"words")
    submissions.add_file(draft, upload=upload, question="LETTERS", by=draft.owner, now=NOON)

    response = send(client, draft)

    assert response.status_code == 422
    assert f"{step_url(draft, 'evidence')}#q-letters" in response.text


def test_a_form_of_every_kind_speaks_all_its_answers(client):
    answers = {
        "VISITS": 3,
        "HOURS": "1.50",
        "COST": "12.50",
        "YEAR": "two",
        "CONTACT": {"name": "Ms Price", "role": "teacher", "telephone": "01632960333", "email": ""},
        "SCHOOL": {"urn": "", "name": "Ysgol Glan Môr"},
        "EMAIL": "a@example.org",
        "POSTCODE": "AB1 2DE",
        "AT": "09:30",
        "BETWEEN": {"from": "2026-01-01", "to": "2026-02-01"},
        "SIGNED": {"name": "Dilys Pritchard", "on": "2026-06-01"},
    }
    draft = a_draft(answers=FULL | answers)
    come_in(client, draft.owner)

    page = client.get(summary_of(draft)).text

    for said in ("Ms Price", "Ysgol Glan Môr", "AB1 2DE", "1 January 2026", "£12.50"):
        assert said in page
    assert client.get(step_url(draft, "other")).status_code == 200
    assert every_kind()["title"]["en"] in page


@pytest.mark.req("SP-087", "SP-196")
def test_a_reference_is_the_prefix_the_month_and_eight_figures(client, draft):
    send(client, draft)
    sent = Submission.objects.get()

    month = f"{timezone.localdate(sent.sent_at):%y%m}"
    assert re.fullmatch(rf"SND-{month}-[0-9A-F]{{8}}", sent.reference)


@pytest.mark.req("SP-089")
def test_a_form_that_was_approved_cannot_be_changed_by_its_sender(client, draft):
    send(client, draft)
    sent = Submission.objects.get()
    case = Case.objects.get()
    linkage.add_child_for(case.mention, by=an_officer(), now=NOON)
    case = cases.open_first(Case.objects.get(), by=an_officer(), now=timezone.now())
    letter = cases.Letter("Approved", "It is approved.")
    cases.approve(case, letter, by=an_officer(), now=timezone.now())

    before = fingerprint(sent)
    posted = {"q-child_surname": "Other", "place": "child", "revision": "99", "key": draft.key}
    posted["declarations"] = ["first", "second"]
    for name in ("autosave", "send", "confirm", "upload", "extend", "delete", "upgrade"):
        client.post(reverse(f"filling:{name}", args=[draft.pk]), posted)
    receipt = reverse("filling:sent", args=[draft.key])
    assert client.post(step_url(draft, "child"), posted).url == receipt
    assert client.get(summary_of(draft)).url == receipt
    page = client.get(reverse("filling:submission", args=[sent.pk])).text
    assert page.count("<form") == 1 and 'id="portal-form"' in page
    for change in (client.post, client.put, client.delete):
        assert change(reverse("filling:submission", args=[sent.pk]), posted).status_code == 405
    assert not Draft.objects.exists()
    assert fingerprint(Submission.objects.get()) == before


@pytest.mark.req("CP-025", "CP-028")
def test_every_step_has_an_idle_timer_that_leads_to_sign_in_and_back_with_everything_kept(client, draft):
    address = step_url(draft, "child")
    page = client.get(address)
    assert 'data-idle-minutes="30"' in page.text and 'data-warning-minutes="5"' in page.text
    assert 'data-sign-in="/account/sign-in' in page.text

    autosave = reverse("filling:autosave", args=[draft.pk])
    assert client.post(autosave, typed(page, child_forename="Typed before")).status_code == 200
    client.logout()
    assert client.get(address).url == f"/account/sign-in?next={quote(address, safe='')}"
    come_in(client, draft.owner)
    assert 'value="Typed before"' in client.get(address).text


@pytest.mark.req("SP-084", "SP-085", "SP-086")
@pytest.mark.parametrize(
    "form",
    [
        every_kind(destination="send-review"),
        every_kind(destination="send-professional", portal="professional", audience="professional"),
    ],
)
def test_every_send_form_asks_for_both_declarations_and_is_accepted(client, form):
    draft = a_draft(form=form, answers=FULL)
    come_in(client, draft.owner)

    page = client.get(summary_of(draft)).text
    assert all(line in page for line in SECOND.splitlines())
    assert send(client, draft, declarations=["first"]).status_code == 422
    receipt = client.get(send(client, draft).url).text
    assert "Form Submitted" in receipt and "submitted to the local authority" in receipt


@pytest.mark.req("SP-088")
@pytest.mark.parametrize(
    ("destination", "page"),
    [
        ("send", "/send/me/"),
        ("free-school-meals", "/services/free-school-meals/"),
        ("safeguarding", "/forms/submitted/"),
    ],
)
def test_finish_leads_to_the_page_where_the_form_stands_in_the_history(client, destination, page):
    draft = a_draft(form=every_kind(destination=destination), answers=FULL)
    come_in(client, draft.owner)

    receipt = client.get(send(client, draft).url).text

    assert f'href="{page}"' in receipt
    assert reverse("filling:submission", args=[Submission.objects.get().pk]) in client.get(page).text


@pytest.mark.req("GH-020")
@pytest.mark.parametrize("name", ["filling:summary", "filling:resume"])
def test_a_page_of_a_form_that_was_sent_in_another_window_leads_to_its_receipt(client, draft, name):
    receipt = send(client, draft).url

    assert client.get(reverse(name, args=[draft.pk])).url == receipt
    come_in(client, another_parent())
    assert client.get(reverse(name, args=[draft.pk])).status_code == 404


@pytest.mark.req("GH-020")
def test_what_is_typed_after_a_form_was_sent_in_another_window_leads_to_its_receipt(client, draft):
    step = step_url(draft, "needs")
    late = typed(client.get(step), has_diagnosis="no")
    receipt = send(client, draft).url

    assert client.post(step, late).url == receipt
    assert client.post(reverse("filling:autosave", args=[draft.pk]), late).status_code == 409
    assert Submission.objects.count() == 1 and not Draft.objects.exists()
