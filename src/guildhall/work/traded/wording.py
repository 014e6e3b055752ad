"""What categories, kinds and states are called."""

from guildhall.foundation.texts.queries import say

from .models import Service


def category_name(category: str) -> str:
    """A category, as the authority calls it."""
    return say(f"schools.Traded_Category_{category.title()}")


def categories() -> list[tuple[str, str]]:
    """Every category with what it is called, in order."""
    return [(one, category_name(one)) for one in Service.Category.values]


def kind_name(kind: str) -> str:
    """Whether a school asked or wants the service."""
    return say(f"schools.Traded_Kind_{kind.title()}")


def state_name(state: str) -> str:
    """How far an enquiry has come."""
    return say(f"schools.Traded_State_{state.title()}")


def move_name(move: str) -> str:
    """What somebody did about an enquiry."""
    return say(f"schools.Traded_Move_{move.title()}")
