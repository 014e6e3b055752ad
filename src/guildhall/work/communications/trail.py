"""Where the evidence of a communication is: the emails that told of it, by the keys of their work."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Model

from guildhall.foundation.outbox import queries as outbox
from guildhall.foundation.outbox.queries import Evidence, Way
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Submission

from .models import Communication
from .rules import state_of_message

# How the rooms below name the email about a message, and the two to a person without an account.
WAITING, NEWS, RECEIVED = "message-waiting:", "keyed-news:", "keyed-received:"


def keys_of(message: Message) -> tuple[str, str]:
    """The keys that the email about ``message`` may have."""
    return f"{WAITING}{message.pk}", message.key


def needed(keys: Collection[str]) -> set[str]:
    """Those of the keys whose email a log shows, or told of a message that is still kept."""
    messages = {key.removeprefix(WAITING): key for key in keys if key.startswith(WAITING)}
    own = {key.removeprefix(NEWS): key for key in keys}
    forms = {key.removeprefix(RECEIVED): key for key in keys if key.startswith(RECEIVED)}
    kept = {messages[str(pk)] for pk in _there(Message, "pk", messages)}
    kept |= {own[key] for key in _there(Message, "key", own)}
    kept |= {forms[str(pk)] for pk in _there(Submission, "pk", forms)}
    return kept | set(_there(Communication, "email_key", keys))


def _there(model: type[Model], field: str, values: Iterable[str]) -> Iterable[Any]:
    rows = model._default_manager.filter(**{f"{field}__in": list(values)})
    return rows.values_list(field, flat=True)


class Trail:
    """What is known of the emails of these keys. Two statements, however many."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._known = outbox.evidence_of(set(keys))

    def of_email(self, key: str) -> Evidence | None:
        return self._known.get(key)

    def about(self, message: Message | None) -> Evidence | None:
        """The email that told of ``message``, if one was put."""
        if message is None:
            return None
        return next((self._known[key] for key in keys_of(message) if key in self._known), None)

    def behind(self, kept: Communication) -> Evidence | None:
        """The email behind a noted line: its own, else the one about its message."""
        return self._known.get(kept.email_key) or self.about(kept.message)

    def state_of(self, kept: Communication) -> Evidence | None:
        """How far it came; None for what leaves no trace here."""
        if kept.message:
            return state_of_message(kept.message, self.behind(kept))
        return self._known.get(kept.email_key)


def keys_behind(kept: Iterable[Communication]) -> Iterator[str]:
    """The keys of every email behind these lines."""
    for each in kept:
        yield from keys_of(each.message) if each.message else ()
        if each.email_key:
            yield each.email_key


def bounce_of(evidence: Evidence | None) -> Evidence | None:
    return evidence if evidence and evidence.way == Way.BOUNCED else None
