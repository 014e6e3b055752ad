"""Each setting is acted on: saved on its page in general administration, it changes what people get."""

import email
from datetime import timedelta
from email.message import Message
from email.policy import default
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from guildhall.foundation.outbox.mailbox import letters
from guildhall.mail.messages import services as messages
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Proof
from guildhall.people.accounts.services import administration
from guildhall.work.intake import services as intake

from ...definitions import a_full_draft
from ...mailbox import deliver, last_letter
from ...standing import NOON, a_parent, an_administrator, come_in
from .test_settings import save

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def changed(client: Client, page: str, **values: str) -> None:
    assert save(client, page, **values).status_code == 302


def sent_form():
    draft = a_full_draft()
    both = frozenset({"first", "second"})
    return intake.submit(draft.pk, sender=draft.owner, key=draft.key, declarations=both, now=LATER)


def newest_mail() -> Message:
    deliver()
    name = letters(most=1)[0].name
    path = Path(settings.MAIL_FOLDER) / name
    return email.message_from_bytes(path.read_bytes(), policy=default)


@pytest.mark.req("SP-297", "SP-298")
def test_the_name_address_and_telephone_of_the_authority_are_what_visitors_read(owen):
    new = {
        "authority_name-en": "Aber County",
        "authority_contact_email": "hello@aber.example.org",
        "authority_telephone_day": "01632 960 555",
    }
    assert "Aber County" not in Client().get("/").text
    changed(owen, "application", **new)
    assert "Aber County" in Client().get("/").text
    assert "01632 960 555" in Client().get("/").text
    assert "hello@aber.example.org" in Client().get("/contact-us").text


@pytest.mark.req("SP-297", "SP-298")
def test_a_new_submission_is_noticed_to_the_address_in_the_settings_and_to_none_without(owen):
    sent_form()
    deliver()
    assert letters(to="notices@council.example.org") == []
    changed(owen, "application", cases_notice_address="notices@council.example.org")
    sent_form()
    notice = last_letter("notices@council.example.org")
    assert "/council/review/" in notice.text
    assert "Pritchard" not in notice.text + notice.subject


@pytest.mark.req("SP-297", "SP-298")
def test_references_follow_the_pattern_of_their_service(owen):
    assert sent_form().reference.startswith("SND-")
    changed(owen, "application", references_send="ALN-{yymm}-{hex8}")
    assert sent_form().reference.startswith("ALN-")


@pytest.mark.req("SP-297")
def test_addresses_are_looked_up_only_where_the_setting_says_so(owen):
    person = come_in(Client(), a_parent())
    typed = {"postcode": "CF10 1EP", "find": "1"}
    before = person.post("/account/contact-details", typed).context["found"]
    assert not any(one.property_name or one.house_number for one in before)
    changed(owen, "application", addresses_finder="invented")
    found = person.post("/account/contact-details", typed).context["found"]
    assert any(one.property_name or one.house_number for one in found)


@pytest.mark.req("SP-299")
def test_emails_come_from_the_name_and_address_in_the_settings(owen):
    changed(owen, "message", mail_sender_name="Aber Children", mail_sender="post@aber.example.org")
    accounts.invite_to_set_password(a_parent(), mail="Password_Forget", now=timezone.now())
    assert newest_mail()["From"] == "Aber Children <post@aber.example.org>"


@pytest.mark.req("SP-299")
def test_as_many_messages_are_on_a_page_as_the_setting_says(owen):
    parent = a_parent()
    for number in range(7):
        messages.send(parent, subject=f"Message {number}", body="Words", key=f"m{number}", now=LATER)
    reader = come_in(Client(), parent)
    assert len(reader.get("/messages/").context["page"]) == 7
    changed(owen, "message", messages_per_page="5")
    assert len(reader.get("/messages/").context["page"]) == 5


@pytest.mark.req("SP-299")
def test_nobody_is_emailed_about_messages_once_that_is_switched_off(owen):
    parent = a_parent()
    changed(owen, "message", mail_notify="off")
    messages.send(parent, subject="Hello", body="Words", key="off", now=LATER)
    deliver()
    assert letters(to=parent.email) == []
    changed(owen, "message", mail_notify="on")
    messages.send(parent, subject="Hello", body="Words", key="on", now=LATER)
    assert last_letter(parent.email)


@pytest.mark.req("SP-296")
@pytest.mark.parametrize(
    ("field", "purpose"), [("links_reset_hours", "set-password"), ("links_activation_hours", "change-email")]
)
def test_a_link_lives_as_long_as_its_setting_says(owen, field, purpose):
    changed(owen, "password", **{field: "5"})
    parent, now = a_parent(), timezone.now()
    if purpose == "set-password":
        accounts.invite_to_set_password(parent, mail="Password_Forget", now=now)
    else:
        by = an_administrator()
        administration.change_email(parent, email="new@example.org", reason="asked", by=by, now=now)
    for proof in Proof.objects.filter(user=parent, purpose=purpose):
        assert proof.link_until - now == timedelta(hours=5)
        assert proof.link_counts(now + timedelta(hours=4, minutes=59))
        assert not proof.link_counts(now + timedelta(hours=5, seconds=1))
