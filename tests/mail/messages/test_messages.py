"""Messages in a person's account, and the emails that say only that they are there."""

from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db import IntegrityError, transaction

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.authority import services as authority
from guildhall.foundation.outbox.email import compose
from guildhall.mail.messages import queries, services
from guildhall.mail.messages.about import About
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from tests.standing import NOON, a_parent, a_person, an_officer, another_parent
from tests.work.cases.scene import emails

SECRET = {"subject": "About Angharad Pugh", "body": "Her school, Ysgol y Bryn, and the Assessment Form"}


def a_message(to: User | None = None, *, key: str = "one", **more: object) -> Message:
    return services.send(
        to or a_parent(), key=key, now=NOON, **(SECRET | {"about": About("SND-2606-12345678")} | more)
    )


@pytest.mark.req("SP-107", "GH-049")
@pytest.mark.django_db
def test_the_email_says_that_a_message_waits_and_nothing_of_it():
    a_message()

    [payload] = emails()
    letter = compose(payload, task_key="x")

    assert letter["To"] == a_parent().email
    text = letter.get_body(("plain",)).get_content()
    assert "You have a message in your account" in text
    assert "Sign in to read it" in text
    assert f"{settings.SITE_URL}/messages/" in text
    everything = str(payload) + letter.as_string()
    for secret in ("Angharad", "Pugh", "Ysgol", "Assessment", "SND-2606"):
        assert secret not in everything


@pytest.mark.req("SP-113")
@pytest.mark.django_db
def test_the_email_is_in_the_readers_own_language():
    a_message(a_person("nia@example.org", role="parent", language="cy"))

    [payload] = emails()

    assert payload["language"] == "cy"
    assert "Mae gennych neges" in compose(payload, task_key="x")["Subject"]


@pytest.mark.req("SP-112")
@pytest.mark.django_db
def test_a_message_is_in_the_account_at_once_and_counted_until_it_is_read():
    message = a_message()
    assert queries.messages_of(a_parent()).get() == message
    assert queries.unread_count(a_parent()) == 1

    services.mark_read([message], by=a_parent(), now=NOON)

    assert queries.unread_count(a_parent()) == 0
    assert Audited.objects.filter(verb="messages.read", by_id=a_parent().pk).count() == 1


@pytest.mark.django_db
def test_the_first_reading_counts_and_only_by_the_person_it_was_sent_to():
    message = a_message()
    services.mark_read([message], by=an_officer(), now=NOON)
    assert queries.unread_count(a_parent()) == 1

    services.mark_read([message], by=a_parent(), now=NOON)
    services.mark_read([Message.objects.get()], by=a_parent(), now=NOON + timedelta(hours=1))

    assert Message.objects.get().read_at == NOON


@pytest.mark.django_db
def test_the_same_key_is_one_message_and_one_email():
    first, again = a_message(), a_message(subject="Another subject")

    assert first == again
    assert Message.objects.get().subject == SECRET["subject"]
    assert len(emails()) == 1


@pytest.mark.django_db
def test_people_see_their_own_messages_only():
    a_message()

    assert not queries.messages_of(another_parent()).exists()
    assert not queries.conversation_of(another_parent(), "SND-2606-12345678").exists()


@pytest.mark.django_db
def test_no_email_goes_to_somebody_without_an_address_or_where_it_is_switched_off():
    staff = a_person("nobody@council.example.org", role="send-officer", team="send")
    staff.email, staff.user_name = None, "nobody"
    staff.save()
    a_message(staff)
    assert emails() == []

    authority.change_setting("mail.notify", value=False, by=None, now=NOON)
    a_message(key="two")
    assert emails() == []
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_a_text_of_the_authority_is_sent_in_the_readers_language_with_its_values():
    welsh = a_person("nia@example.org", role="parent", language="cy")

    message = services.send_text(
        "Write", to=welsh, key="t", now=NOON, name="Nia {team}", reference="SND-1", team="T"
    )

    assert message.subject == "Neges am eich ffurflen SND-1"
    assert "Annwyl Nia {team}," in message.body


@pytest.mark.django_db
def test_a_message_is_for_a_person_or_for_a_team_never_both_or_neither():
    plain = {"subject": "s", "body": "b", "sent_at": NOON}
    for wrong in ({"to": a_parent(), "to_team": "send"}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(key="wrong", **plain, **wrong)


def test_every_message_and_email_of_these_rooms_is_written_in_both_languages():
    rooms = [settings.PACKAGE / "mail" / "messages", settings.PACKAGE / "work" / "cases"]
    doors = [settings.PACKAGE / "doors" / "inbox"]
    for path in chain.from_iterable(Path(room, "texts").glob("*.yaml") for room in (*rooms, *doors)):
        for key, words in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            assert set(words) == {"en", "cy"}, f"{path}: {key}"
            assert words["en"] != words["cy"] or words["en"] == "Status", f"{path}: {key}"
