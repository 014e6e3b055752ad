"""A parent's way from Start to the receipt, and a professional's."""

import re

import pytest
from django.urls import reverse

from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.work.cases.models import Case
from tests.definitions import a_concern, a_family_child, every_kind, published
from tests.standing import a_parent, a_professional, come_in

from .pages import step_url, type_in, typed

pytestmark = pytest.mark.django_db


@pytest.mark.req("SP-077", "SP-078", "SP-079", "SP-083", "SP-086", "SP-087", "SP-088", "GH-020")
def test_a_parent_fills_in_a_form_from_start_to_receipt(client):
    parent = a_parent()
    come_in(client, parent)
    published(every_kind())
    child = a_family_child(parent)

    start = f"{reverse('filling:start', args=['EVERY-KIND'])}?child={child.pk}"
    introduction = client.get(start)
    assert "What you may want near you." in introduction.text
    assert "This form is about Mali Pritchard" in introduction.text

    response = client.post(start, follow=True)
    draft = Draft.objects.get()
    assert "Step 1 of 6" in response.text and "Tell us who your child is." in response.text
    assert 'value="Mali"' in response.text

    response = type_in(client, step_url(draft, "child"), child_forename="Mali Haf")
    assert response.url == step_url(draft, "parents")
    row = client.get(response.url).url
    response = type_in(client, row, parent_name="Dilys Pritchard")
    assert response.url == step_url(draft, "parents")
    assert "Dilys Pritchard" in client.get(response.url).text
    response = type_in(client, step_url(draft, "parents"))
    assert response.url == step_url(draft, "needs")
    response = type_in(client, response.url, has_diagnosis="no")
    assert response.url == step_url(draft, "other")
    response = type_in(client, response.url, visits="3")
    response = type_in(client, response.url)
    assert response.url == reverse("filling:summary", args=[draft.pk])

    summary = client.get(response.url)
    assert "Mali Haf" in summary.text and "Dilys Pritchard" in summary.text
    posted = typed(summary, "send", _declarations=["first", "second"])
    response = client.post(reverse("filling:send", args=[draft.pk]), posted)
    sent = Submission.objects.get()
    assert response.url == reverse("filling:sent", args=[sent.key])

    receipt = client.get(response.url)
    assert "Form Submitted" in receipt.text and sent.reference in receipt.text
    assert "submitted to the local authority" in receipt.text
    assert client.get(response.url).text.count(sent.reference) == receipt.text.count(sent.reference)
    assert Case.objects.get().reference == sent.reference


@pytest.mark.req("CP-018", "CP-026", "CP-030", "CP-036", "CP-037", "CP-040")
def test_a_professional_opens_sections_in_any_order_and_submits_in_two_steps(client):
    come_in(client, a_professional())
    published(a_concern())
    client.post(reverse("filling:start", args=["CONCERN"]))
    draft = Draft.objects.get()

    page = client.get(step_url(draft, "child"))
    assert "01632 960 100" in page.text and "01632 960 999" in page.text
    assert "Save and continue later" in page.text
    typing = '<span class="gh-with-scripts">We also save by ourselves while you type.</span>'
    assert f"Save at regular intervals. {typing}" in page.text, "only where a script can"
    response = client.post(step_url(draft, "child"), typed(page, child_surname="Rees", _go="referrer"))
    assert response.url == step_url(draft, "referrer")
    assert Draft.objects.get().answers["CHILD_SURNAME"] == "Rees"
    response = type_in(client, step_url(draft, "referrer"), referrer_name="Ms Price")
    assert response.url == step_url(draft, "child")
    response = type_in(client, response.url, concern="Bruises")

    summary = client.get(response.url)
    assert ">Declaration &amp; Submit</h1>" in summary.text
    assert "You have not added any yet" not in summary.text, "the overview asks nothing"
    assert "Submit to Local Authority" in summary.text
    confirm = client.post(
        reverse("filling:confirm", args=[draft.pk]), typed(summary, "send", _declarations="first")
    )
    assert not Submission.objects.exists()
    assert "Are you sure" in confirm.text
    response = client.post(reverse("filling:send", args=[draft.pk]), typed(confirm, "confirm"), follow=True)

    assert "Thank You" in response.text
    assert "submitted to the Child Social Services Department" in response.text
    assert "Then send this form." in summary.text
    for page in (response, client.get(reverse("filling:submission", args=[Submission.objects.get().pk]))):
        assert "01632 960 999" in page.text and "Then send this form." not in page.text, "it was sent"
    assert Case.objects.get().team == "safeguarding"


@pytest.mark.req("CP-018")
def test_each_tab_says_whether_its_section_is_done_begun_empty_or_in_need_of_a_change(client):
    come_in(client, a_professional())
    published(a_concern())
    client.post(reverse("filling:start", args=["CONCERN"]))
    draft = Draft.objects.get()

    def states():
        page = client.get(step_url(draft, "overview")).text
        return re.findall(r"gh-sections__state--(\w+)\">([^<]+)<", page)

    assert states()[2] == ("empty", "Not started")
    type_in(client, step_url(draft, "child"), concern="Bruises")
    type_in(client, step_url(draft, "referrer"), referrer_name="Ms Price", referrer_email="nowhere")
    assert states()[1:] == [("problem", "Needs a change"), ("started", "Started")]
    type_in(client, step_url(draft, "child"), child_surname="Rees")
    assert states()[2] == ("done", "Done")
    page = client.get(step_url(draft, "child"))
    assert page.text.count('form="step" name="go"') >= 4  # each is a button, which the keyboard reaches
