"""The words for fields, levels and weights of matching, those that only older weights know included."""

from guildhall.doors.council.waterfall import say_or


def field_words(part: str) -> str:
    """What a field is called."""
    return say_or(f"matching.Field_{part}", part.replace("_", " "))


def level_words(part: str, level: str) -> str:
    """How a field agrees."""
    usual = say_or(f"matching.Level_{level}", level.replace("_", " "))
    return say_or(f"matching.Level_{part}_{level}", usual)


def bits(weight: float | None) -> str:
    """A weight with its sign; a dash for none."""
    return "–" if weight is None else f"{weight:+.2f}"
