"""What post calls things, at every door."""

from guildhall.foundation.texts.queries import say


def sensitivity_words(level: str) -> str:
    """What a sensitivity level is called; nothing for a draft without one."""
    word = "".join(part.capitalize() for part in level.split("-"))
    return say(f"schools.PostLevel_{word}") if level else ""
