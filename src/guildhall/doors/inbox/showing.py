"""What the conversation page shows of each message."""

from collections.abc import Iterable
from dataclasses import dataclass

from guildhall.foundation.files import queries as files
from guildhall.foundation.files.queries import FileLine
from guildhall.mail.messages.models import Message


@dataclass(frozen=True)
class Said:
    """A message of the conversation; ``mine`` when the reader wrote it."""

    message: Message
    mine: bool
    files: list[FileLine]


def said_in(conversation: Iterable[Message]) -> list[Said]:
    """The messages in their order, each with the files that came with it."""
    return [
        Said(message, message.to_id is None, _files(message) if message.to_id is None else [])
        for message in conversation
    ]


def _files(message: Message) -> list[FileLine]:
    return files.lines_of(files.held_by("message", str(message.pk)))
