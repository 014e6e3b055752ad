"""Reading reports of mail systems about an email of ours (delivery status notifications, RFC 3464).

What arrives was written by strangers: its size, its parts and its words are bounded, and it is believed only
where it names an email by the mark that only its own Message-ID or envelope has.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32

MOST_BYTES = 512 * 1024
MOST_PARTS = 50
_MARK = re.compile(r"[0-9a-f]{32}")
_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@[^<>\s]{1,255}>")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ACTIONS = frozenset({"failed", "delivered"})


class NoReport(ValueError):
    """What was read is no report about an email of ours."""


@dataclass(frozen=True)
class Report:
    """``action`` is failed or delivered; ``code`` the mail system's reason, such as 5.1.1, or empty."""

    mark: str
    action: str
    code: str


def read(raw: bytes) -> Report:
    """The report in ``raw``. Raises NoReport, whatever ``raw`` is."""
    if len(raw) > MOST_BYTES:
        raise NoReport("It is too long.")
    try:
        return _report(email.message_from_bytes(raw, policy=compat32))
    except NoReport:
        raise
    except Exception as error:  # the library has no list of what broken mail makes it raise
        raise NoReport(type(error).__name__) from error


def _report(message: Message) -> Report:
    if message.get_content_type() != "multipart/report":
        raise NoReport("It is no report.")
    parts = _parts(message)
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if status is None or not isinstance(status.get_payload(), list):
        raise NoReport("It says nothing about a delivery.")
    blocks = [block for block in status.get_payload() if isinstance(block, Message)][:MOST_PARTS]
    action, code = _outcome(blocks)
    return Report(_mark(blocks, parts), action, code)


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return (
        [part for part in payload if isinstance(part, Message)][:MOST_PARTS]
        if isinstance(payload, list)
        else []
    )


def _outcome(blocks: list[Message]) -> tuple[str, str]:
    """Failed if it failed for anybody: an email of ours has one reader, behind whatever addresses."""
    outcomes = {action: code for action, code in _outcomes(blocks) if action in _ACTIONS}
    for action in ("failed", "delivered"):
        if action in outcomes:
            return action, outcomes[action]
    raise NoReport("It says neither that it arrived nor that it did not.")


def _outcomes(blocks: list[Message]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        found = _STATUS.search(_header(block, "Status"))
        yield _header(block, "Action").partition(";")[0].strip().lower(), found[0] if found else ""


def _mark(blocks: list[Message], parts: list[Message]) -> str:
    """The mark of our email: in the envelope that was given back, else in its Message-ID."""
    for block in blocks:
        envelope = _header(block, "Original-Envelope-Id").strip()
        if _MARK.fullmatch(envelope):
            return envelope
    for original in (_original(part) for part in parts):
        found = _MESSAGE_ID.search(_header(original, "Message-ID")) if original else None
        if found:
            return found[1]
    raise NoReport("It names no email of ours.")


def _original(part: Message) -> Message | None:
    """The email that a part gives back, whole or its headers only."""
    kind, payload = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(payload, list) and payload:
        return payload[0] if isinstance(payload[0], Message) else None
    if kind in {"text/rfc822-headers", "message/rfc822-headers"}:
        decoded = part.get_payload(decode=True)
        words = decoded.decode("ascii", errors="replace") if isinstance(decoded, bytes) else str(payload)
        return HeaderParser(policy=compat32).parsestr(words, headersonly=True)
    return None


def _header(message: Message, name: str) -> str:
    return str(message.get(name, ""))[:1_000]
