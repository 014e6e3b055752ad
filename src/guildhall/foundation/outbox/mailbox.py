"""Reading the letters that were written as files: for the demonstration's Mailbox page and for tests."""

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}-[0-9a-f]{32}\.eml")


@dataclass(frozen=True)
class Letter:
    """One email. ``name`` is its file's name, ``text`` its plain body and ``html`` its other one."""

    name: str
    at: datetime
    to: str
    subject: str
    text: str
    html: str


def letters(*, most: int = 50, to: str = "") -> list[Letter]:
    """The newest letters, newest first; only those to the address ``to`` when it is given."""
    found: list[Letter] = []
    for path in sorted(_paths(), reverse=True):
        letter = _read(path)
        if not to or letter.to.lower() == to.lower():
            found.append(letter)
        if len(found) == most:
            break
    return found


def letter(name: str) -> Letter | None:
    """The letter in the file called ``name``, or None."""
    path = Path(settings.MAIL_FOLDER) / name
    return _read(path) if _NAME.fullmatch(name) and path.is_file() else None


def _paths() -> list[Path]:
    folder = Path(settings.MAIL_FOLDER)
    return [path for path in folder.glob("*.eml") if _NAME.fullmatch(path.name)]


def _read(path: Path) -> Letter:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return Letter(
        name=path.name,
        at=message["Date"].datetime,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content().replace("\r\n", "\n") if part is not None else ""
