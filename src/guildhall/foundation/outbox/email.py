"""Email: rendered in the reader's language when its turn comes, then sent or written as a file.

A message keeps one Message-ID however often it is tried, so that a receiver can tell a repetition.
"""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.texts import queries as texts

from . import letters, transport
from .failures import RefusedForGood, Undeliverable
from .services import evidence, put
from .services.evidence import hash_of


class BadEmail(ValueError):
    """The caller gave an address, subject or link that no email may carry."""


def put_email(
    to: str,
    *,
    subject: str,
    body: str,
    language: str,
    key: str,
    now: datetime,
    side: str = "",
    **values: Any,
) -> None:
    """Have an email sent after this transaction commits, once for ``key``.

    ``subject`` and ``body`` name texts ("account.EmailSubject_Registration",
    "text-blocks.Email_Registration"; the body is Markdown). ``values`` fill their placeholders; one
    called ``link`` or ``…_link`` is a path of this portal ("/messages/") and becomes a whole address.
    ``side``: "Professional" for a reader who is here for their work: texts that end in it go before.
    Raises BadEmail, and UnknownText for a name that the catalogue has not.
    """
    subject, body = texts.for_side(subject, side), texts.for_side(body, side)
    texts.say(body, language)
    _header(to, "address")
    _header(texts.say(subject, language, **values), "subject")
    payload = {
        "to": to,
        "subject": subject,
        "body": body,
        "language": language,
        "values": {name: _value(name, value) for name, value in values.items()},
        "put_at": now.isoformat(),
    }
    put("email", payload, key=key, now=now)


def put_words(to: str, *, subject: str, body: str, language: str, key: str, now: datetime) -> None:
    """Have an email of these words (``body``: Markdown) sent after the commit, once for ``key``.

    For trying out what is no text of the catalogue. Raises BadEmail.
    """
    words = {"subject": _header(subject, "subject"), "body": body}
    payload = {"to": _header(to, "address"), "words": words, "language": language, "values": {}}
    put("email", payload | {"put_at": now.isoformat()}, key=key, now=now)


def deliver(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:
    """Handler of "email"; keeps what the mail server answered."""
    try:
        message = compose(payload, task_key=task_key)
    except ValueError as error:
        raise RefusedForGood(str(error)) from error
    try:
        transport.carry(message, put_at=datetime.fromisoformat(payload["put_at"]))
    except Undeliverable as refused:
        evidence.refused(task_key, code=refused.code, now=now)
        raise
    evidence.sent(task_key, now=now)


def compose(payload: dict[str, Any], *, task_key: str) -> EmailMessage:
    """The whole message, plain and HTML. Raises BadEmail."""
    language = payload["language"]
    subject, words = words_of(payload)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = _sender(language)
    message["To"] = _header(payload["to"], "address")
    message["Date"] = format_datetime(datetime.fromisoformat(payload["put_at"]))
    message["Message-ID"] = f"<{hash_of(task_key)}@{urlsplit(settings.SITE_URL).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letters.plain(words), cte="quoted-printable")
    page = letters.html(words, language=language, title=subject)
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    message["Content-Language"] = language
    return message


def words_of(payload: dict[str, Any]) -> tuple[str, str]:
    """Subject and body (Markdown) with their values in. Raises BadEmail."""
    if said := payload.get("words"):
        return _header(said["subject"], "subject"), said["body"]
    language, values = payload["language"], payload["values"]
    links = {name: settings.SITE_URL + value for name, value in values.items() if _is_link(name)}
    escaped = {name: letters.escape(value) for name, value in values.items()} | links
    subject = texts.say(payload["subject"], language, **(values | links))
    return _header(subject, "subject"), texts.say(payload["body"], language, **escaped)


def _sender(language: str) -> str:
    address = authority.setting("mail.sender")
    name = authority.setting("mail.sender_name") or authority.name_of_portal(language)
    return str(Address(display_name=name, addr_spec=address))


def _is_link(name: str) -> bool:
    return name == "link" or name.endswith("_link")


def _value(name: str, value: Any) -> str:
    if not _is_link(name):
        return str(value)
    path = str(value).removeprefix(settings.SITE_URL)
    if not re.fullmatch(r"/(?!/)[\w\-./?=&%~+:@]*", path, re.ASCII):
        raise BadEmail(f"{name} must be a path of this portal, not {value!r}")
    return path


def _header(words: str, what: str) -> str:
    if re.search(r"[\x00-\x1f\x7f\u2028\u2029]", words):
        raise BadEmail(f"The {what} of an email holds a control character.")
    return words
