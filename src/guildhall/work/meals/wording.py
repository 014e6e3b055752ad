"""What the parts of a list are called, on pages and in spreadsheets."""

from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.texts.queries import say

from .details import word_of
from .models import Pupil

LANGUAGES = ("en", "cy")


def field_name(name: str) -> str:
    """What a list calls one of details.FIELDS."""
    return say(f"schools.Meals_{word_of(name)}")


def kind_name(kind: str, language: str | None = None) -> str:
    """Why a pupil is eligible, in words."""
    return say(f"schools.Meals_Kind_{word_of(kind)}", language)


def kinds_by_name() -> dict[str, str]:
    """What a kind is called in either language, folded, → the kind."""
    return {fold_name(kind_name(kind, each)): kind for kind in Pupil.Kind.values for each in LANGUAGES}


def source_name(source: str) -> str:
    """How a pupil came onto the list, in words."""
    return say(f"schools.Meals_Source_{word_of(source)}")


def year_name(year_group: str) -> str:
    """A year group in words: Reception, Year 3."""
    if year_group.isdigit():
        return say("schools.Meals_Year", number=year_group)
    return say(f"schools.Meals_Year_{year_group}")
