"""A form's title as people see it."""

from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Definition

from .destinations import DESTINATIONS


def account_name(definition: Definition, language: str) -> str:
    """What a form is called in the lists of the person who fills it in.

    Professionals' forms have a name of their own there, "Portal Professional …", their subtitle (CP-015);
    SEND forms always have their title (SP-076).
    """
    named = definition.portal == "professional" and not _is_send(definition)
    return (definition.subtitle.in_(language) if named else "") or shown_title(definition, language)


def shown_title(definition: Definition, language: str) -> str:
    """The title in ``language``; that of a SEND form is always prefixed (SP-076).

    Schools know their cases by titles of their own; a form that is being built may go nowhere yet.
    """
    title = definition.title.in_(language)
    if definition.portal == "school" or not _is_send(definition):
        return title
    return texts.say("send.Case_PrefixedTitle", language, title=title)


def shown_subtitle(definition: Definition, language: str) -> str:
    """Whom the form is for; of a SEND form only the title is displayed (SP-118).

    The subtitle of a professionals' form is its name in lists instead (CP-015).
    """
    if (
        definition.portal == "professional"
        or definition.destination not in DESTINATIONS
        or _is_send(definition)
    ):
        return ""
    return definition.subtitle.in_(language)


def _is_send(definition: Definition) -> bool:
    destination = DESTINATIONS.get(definition.destination)
    return destination is not None and destination.team == "send"
