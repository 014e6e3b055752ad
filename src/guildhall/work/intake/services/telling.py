"""The receipt: a message in the portal, and an email that names neither child nor form (CP-038, GH-049)."""

from datetime import datetime

from django.utils import translation

from guildhall.foundation.kit import speech
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User

from ..destinations import destination_of
from ..titles import shown_title


def acknowledge(submission: Submission, definition: Definition, sender: User, *, now: datetime) -> None:
    """Tell the sender that their form has come, in their language; twice says it once."""
    values = _values(submission, definition, sender.language, now)
    key = f"form-received:{submission.pk}"
    form = shown_title(definition, sender.language)
    messages.send(
        sender,
        subject=texts.say("messaging.Subject_FormReceived", sender.language, **values),
        body=texts.say("text-blocks.Message_FormReceived", sender.language, form=form, **values),
        about=About(submission.reference, "submission", submission.pk),
        key=key,
        now=now,
        notice=None,
    )
    if sender.email:
        put_email(
            sender.email,
            subject="messaging.EmailSubject_FormReceived",
            body="text-blocks.Email_FormReceived",
            language=sender.language,
            key=key,
            now=now,
            link=f"/forms/submissions/{submission.pk}/",
            **values,
        )


def _values(submission: Submission, definition: Definition, language: str, now: datetime) -> dict[str, str]:
    with translation.override(language):
        return {
            "reference": submission.reference,
            "department": texts.say(destination_of(definition.destination).department),
            "date": speech.day(now),
            "time": speech.clock(now),
        }
