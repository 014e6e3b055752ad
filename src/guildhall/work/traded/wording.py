"""What categories, kinds and states are called."""

from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.people.organisations import queries as organisations
from guildhall.people.organisations.models import Team

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


def team_name(team: Team | None, language: str | None = None) -> str:
    """What the council calls a team; "" for none."""
    if team is None:
        return ""
    return str(team.name.get(language or active_language()) or team.name["en"])


def teams() -> list[tuple[str, str]]:
    """Every team of the council with its name."""
    return [(one.key, team_name(one)) for one in organisations.teams()]
