"""Reading the mail in tests: runs the outbox as the worker does, then opens the letters."""

import re
from datetime import datetime

from guildhall.foundation.outbox.mailbox import Letter, letters
from guildhall.foundation.outbox.worker import Worker


def deliver(now: datetime | None = None) -> None:
    """Do everything that waits in the outbox and is due."""
    worker = Worker(clock=lambda: now) if now else Worker()
    worker.drain()


def last_letter(to: str, now: datetime | None = None) -> Letter:
    """The newest letter to ``to``, after delivering what waits."""
    deliver(now)
    found = letters(to=to, most=1)
    assert found, f"no letter to {to}"
    return found[0]


def code_in(letter: Letter) -> str:
    """The code of a letter as it is written: 6 digits, or two groups of four."""
    found = re.search(r"\b(\d{4} \d{4}|\d{6})\b", letter.text)
    assert found, letter.text
    return found[1]


def link_in(letter: Letter) -> str:
    """The path of the first link of a letter that leads into an account."""
    found = re.search(r"https?://[^/\s]+(/account/[\w/-]+)", letter.text)
    assert found, letter.text
    return found[1]
