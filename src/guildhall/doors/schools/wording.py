"""How responsibilities and groups of cases are called on pages and in documents."""

from collections.abc import Iterable

from guildhall.foundation.documents import Document, Section
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities.models import Responsibility
from guildhall.people.responsibilities.queries import Covered

from .forms import word


def level_name(level: str) -> str:
    """Lead Contact or Interested Party."""
    return say(f"schools.Level_{word(level)}")


def system_names(keys: Iterable[str]) -> list[str]:
    """What the systems are called."""
    return [say(f"schools.System_{word(key)}") for key in keys]


def described(one: Responsibility) -> dict[str, object]:
    """A responsibility as pages show it."""
    return {
        "pk": one.pk,
        "name": one.called,
        "words": one.words.get(active_language(), ""),
        "systems": system_names(one.systems),
    }


def phase_name(phase: str) -> str:
    """What the register calls a phase, in the language of the page where it is one that everybody has."""
    key = f"schools.Phase_{word('-'.join(phase.lower().split()))}"
    return say(key) if key in catalogue() else phase


def dfe_number(school: Establishment) -> str:
    """Such as 990/2001; empty for a setting that has none."""
    return f"{school.la_code}/{school.number}" if school.number else ""


def areas_document() -> Document:
    """ "Areas of Responsibility (Post Categories)": each one, and the systems that it opens."""
    return Document(
        title=say("schools.Areas_Heading"),
        reference="",
        language=active_language(),
        sections=[_area(one) for one in queries.offered()],
        guidance=say("schools.Areas_Words"),
    )


def _area(one: Responsibility) -> Section:
    shown = described(one)
    systems = system_names(one.systems) or [say("schools.Areas_NoSystem")]
    rows = [(say("schools.Areas_About"), [str(shown["words"])]), (say("schools.Areas_Systems"), systems)]
    return Section(heading=str(shown["name"]), rows=rows)


def overview_document(school: Establishment, covered: list[Covered]) -> Document:
    """School Overview: who has each responsibility."""
    return Document(
        title=say("schools.Overview_Heading"),
        reference=school.name,
        language=active_language(),
        sections=[_covered(one) for one in covered],
    )


def _covered(one: Covered) -> Section:
    nobody = [say("schools.Overview_Nobody")]
    rows = [
        (level_name("lead"), [str(place) for place in one.leads] or nobody),
        (level_name("interested"), [str(place) for place in one.interested] or nobody),
    ]
    return Section(heading=str(described(one.responsibility)["name"]), rows=rows)


def service_name(key: str) -> str:
    """What a group of case types is called."""
    return say(f"schools.Cases_{word(key)}")
