"""Actions in words."""

from guildhall.foundation.texts.queries import say


def word(key: str) -> str:
    """A key as the names of texts have it: in-progress, InProgress."""
    return "".join(part.capitalize() for part in key.split("-"))


def status_words(status: str) -> str:
    return say(f"schools.ActionStatus_{word(status)}")


def source_words(source: str) -> str:
    return say(f"schools.ActionSource_{word(source)}")
