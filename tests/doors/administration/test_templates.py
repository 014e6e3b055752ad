"""Template Management, and officers who start from a template."""

import re

import pytest
from django.test import Client

from guildhall.foundation.texts import services as texts
from guildhall.mail.messages.models import Message, MessageTemplate
from guildhall.work.cases.models import Case

from ...access.world import client_of, the_world
from ...foundation.texts.hostile import corpus
from ...mailbox import deliver, last_letter
from ...security.test_hostile_text import dangers
from ...standing import NOON, a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
ROOT = "/council/administration/templates/"
WORDS = {"name": "Ours", "subject_en": "For {Surname}", "body_en": "Dear {Title} {Forename},\n\n**Hello**"}


@pytest.fixture
def admin():
    return come_in(Client(), an_administrator())


def make(client, **fields):
    answer = client.post(f"{ROOT}new/", WORDS | {"do": "save"} | fields)
    return answer, MessageTemplate.objects.order_by("pk").last()


@pytest.mark.req("SP-274", "SP-279")
def test_a_template_is_created_listed_and_shown(admin):
    answer, template = make(admin)
    assert answer.url == ROOT
    listed = admin.get(ROOT).text
    assert f'href="{ROOT}{template.pk}/">Ours</a>' in listed
    shown = admin.get(f"{ROOT}{template.pk}/").text
    assert "For {Surname}" in shown and "Dear {Title} {Forename}" in shown


@pytest.mark.req("SP-280")
def test_a_template_is_edited_and_deleted_only_after_a_question(admin):
    _, template = make(admin)
    page = f"{ROOT}{template.pk}/"
    text = admin.get(f"{page}edit/").text
    seen = re.search(r'name="seen" value="(\d+)"', text)[1]
    assert (
        admin.post(f"{page}edit/", WORDS | {"name": "Other", "seen": seen, "do": "save"}).status_code == 302
    )
    assert admin.get(f"{page}delete/").status_code == 200
    assert MessageTemplate.objects.get(pk=template.pk).name == "Other"
    admin.post(f"{page}delete/")
    assert admin.get(page).status_code == 404
    admin.post(f"{page}bring-back/")
    assert admin.get(page).status_code == 200


@pytest.mark.req("SP-281")
def test_two_send_templates_are_supplied_and_may_be_edited(admin):
    listed = admin.get(ROOT).text
    for name in (
        "SEND – Informing a Portal User they are authenticated",
        "SEND – Reminder to submit information",
    ):
        assert name in listed
        template = MessageTemplate.objects.get(name=name)
        assert template.body_cy
        fields = WORDS | {"name": name, "seen": template.revision, "do": "save"}
        assert admin.post(f"{ROOT}{template.pk}/edit/", fields).status_code == 302


@pytest.mark.req("SP-277")
def test_placeholders_go_where_the_button_says_without_a_script(admin):
    page = admin.get(f"{ROOT}new/").text
    assert "Template Name" in page and ">Add To Body</button>" in page and "Insert Placeholder" in page
    body = admin.post(f"{ROOT}new/", WORDS | {"do": "insert-en-mobile", "target-en": "body"}).text
    assert "**Hello**{Mobile Phone}</textarea>" in body
    toggled = admin.post(f"{ROOT}new/", WORDS | {"do": "toggle-en", "target-en": "body"}).text
    assert ">Add To Subject</button>" in toggled and 'name="target-en" value="subject"' in toggled
    subject = admin.post(f"{ROOT}new/", WORDS | {"do": "insert-en-mobile", "target-en": "subject"}).text
    assert "For {Surname}{Mobile Phone}" in subject
    assert not MessageTemplate.objects.filter(name="Ours").exists()


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-278")
def test_formatting_has_buttons_help_and_a_preview(admin):
    page = admin.get(f"{ROOT}new/").text
    assert "data-format-bold" in page and "How to Format" in page
    shown = admin.post(f"{ROOT}new/", WORDS | {"do": "preview"}).text
    assert "Dear Mx Sam,</p>" in shown and "<strong>Hello</strong>" in shown
    live = admin.post(f"{ROOT}preview/", WORDS).text
    assert "<strong>Hello</strong>" in live and "<html" not in live


@pytest.mark.req("SP-276")
def test_placeholders_are_called_what_their_site_texts_say_and_old_templates_follow(admin):
    _, template = make(admin)
    texts.change_text(
        "administration.Placeholder_Forename", language="en", value="[First name]", by=None, now=NOON
    )
    page = admin.get(f"{ROOT}{template.pk}/edit/").text
    assert "Dear {Title} [First name]," in page
    assert "Dear Mx Sam," in admin.get(f"{ROOT}{template.pk}/").text


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-275")
def test_placeholders_are_replaced_in_the_message_that_is_sent():
    world = the_world()
    case = world.cases["send"]
    sender = case.submission.sender
    type(sender).objects.filter(pk=sender.pk).update(
        title="Ms", work_phone="01632 960001", mobile="07700 900001", home_phone="", surname="O*Hara_"
    )
    every = "{Title}|{Forename}|{Surname}|{Business Phone}|{Mobile Phone}|{Home Phone}|"
    make(come_in(Client(), an_administrator()), name="All", subject_en=every, body_en=every)
    officer = client_of(world, "send officer")
    page = f"/council/review/{case.reference}/decide/write/"
    text = officer.get(page).text
    fields = {"seen": re.search(r'name="seen" value="(\d+)"', text)[1], "subject": "", "body": ""}
    chosen = officer.post(
        page, fields | {"do": "template", "template": MessageTemplate.objects.get(name="All").pk}
    )
    subject, body = chosen.context["letter"].subject, chosen.context["letter"].body
    sent = officer.post(page, fields | {"subject": subject, "body": body, "do": "send"})
    assert sent.status_code == 302
    message = Message.objects.filter(to=sender).latest("sent_at", "pk")
    assert message.subject == f"Ms|{sender.forename}|O*Hara_|01632 960001|07700 900001||"
    assert "O*Hara_" in re.sub(r"\\(.)", r"\1", message.body)


def test_what_an_officer_typed_stays_when_a_template_is_used():
    world = the_world()
    case = world.cases["send"]
    officer = client_of(world, "send officer")
    template = MessageTemplate.objects.first()
    page = f"/council/review/{case.reference}/decide/write/"
    answer = officer.post(
        page,
        {"seen": "1", "subject": "Mine", "body": "Typed already", "do": "template", "template": template.pk},
    )
    letter = answer.context["letter"]
    assert letter.subject == "Mine"
    assert letter.body.startswith("Typed already\n\nDear ")
    none = officer.post(
        page, {"seen": "1", "subject": "Mine", "body": "Typed", "do": "template", "template": "x"}
    )
    assert none.context["letter"].body == "Typed"
    assert Case.objects.get(pk=case.pk).version == case.version


def test_a_reader_of_welsh_gets_the_welsh_and_the_english_where_there_is_none(admin):
    _, template = make(admin, subject_cy="I {Cyfenw}", body_cy="Annwyl {Enw Cyntaf}")
    assert (template.subject_cy, template.body_cy) == ("I {surname}", "Annwyl {forename}")
    assert "Annwyl Sam" in admin.get(f"{ROOT}{template.pk}/").text
    answer, _ = make(admin, name="English only")
    assert "English only has no Welsh" in admin.get(answer.url).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Enter a Template Name"),
        ({"subject_en": ""}, "Enter the Subject in English"),
        ({"body_en": ""}, "Enter the Message in English"),
        ({"subject_cy": "x"}, "Enter the Message in Welsh as well"),
        ({"subject_en": "x" * 201}, "up to 200 characters"),
        ({"body_en": "x" * 20_001}, "up to 20,000 characters"),
        ({"subject_en": "a\nb"}, "on one line"),
        ({"name": "SEND – Reminder to submit information"}, "Enter another name"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(admin, wrong, said):
    answer, _ = make(admin, **wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert not MessageTemplate.objects.filter(name="Ours").exists()


def test_two_editors_of_a_template_never_overwrite_each_other(admin):
    _, template = make(admin)
    page = f"{ROOT}{template.pk}/edit/"
    assert admin.post(page, WORDS | {"subject_en": "First", "seen": "1", "do": "save"}).status_code == 302
    answer = admin.post(page, WORDS | {"subject_en": "Second", "seen": "1", "do": "save"})
    assert answer.status_code == 409
    assert "First" in answer.text and "Second" in answer.text
    assert MessageTemplate.objects.get(pk=template.pk).subject_en == "First"


def test_a_name_that_was_taken_meanwhile_keeps_a_deleted_template_deleted(admin):
    _, first = make(admin)
    admin.post(f"{ROOT}{first.pk}/delete/")
    make(admin)
    admin.post(f"{ROOT}{first.pk}/bring-back/")
    assert MessageTemplate.objects.get(pk=first.pk).removed_at


def test_a_test_email_goes_to_whoever_asks_for_it_and_to_nobody_else(admin):
    _, template = make(admin)
    admin.post(f"{ROOT}{template.pk}/test/")
    letter = last_letter(an_administrator().email)
    assert letter.subject == "For Evans" and "Dear Mx Sam" in letter.text


@pytest.mark.heavy
@pytest.mark.both
def test_hostile_templates_are_shown_as_words_wherever_they_are_shown(admin):
    typed = [words for words in corpus() if "\x01" not in words]
    for at in range(0, len(typed), 40):
        body = "\n\n".join(typed[at : at + 40])
        subject = " ".join(typed[at : at + 2]).replace("\n", " ")[:200]
        _, template = make(admin, name=f"n{at} {subject}"[:100], subject_en=subject, body_en=body)
        for page in (
            ROOT,
            f"{ROOT}{template.pk}/",
            f"{ROOT}{template.pk}/edit/",
            f"{ROOT}{template.pk}/delete/",
        ):
            assert dangers(admin.get(page).text) == []
        assert (
            dangers(admin.post(f"{ROOT}preview/", {"name": "x", "subject_en": subject, "body_en": body}).text)
            == []
        )
        admin.post(f"{ROOT}{template.pk}/test/")
    deliver()


@pytest.mark.parametrize("path", ["", "new/", "1/", "1/edit/", "1/delete/"])
def test_only_verified_administrators_of_templates_come_in(path):
    assert come_in(Client(), an_officer()).get(ROOT + path).status_code == 403
    assert come_in(Client(), a_parent()).get(ROOT + path).status_code == 403
    assert come_in(Client(), an_administrator(), verified=False).get(ROOT + path).status_code == 403
