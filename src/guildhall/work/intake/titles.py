"""A form's title as people see it."""

from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Definition

from .destinations import DESTINATIONS


def account_name(definition: Definition, language: str) -> str:
    """What a form is called in the lists of the person who fills it in.

    Professionals' forms have a name of their own there, "Portal Professional …", their subtitle (CP-015).
    """
    if definition.portal == "professional" and (name := definition.subtitle.in_(language)):
        return name
    return shown_title(definition, language)


def shown_title(definition: Definition, language: str) -> str:
    """The title in ``language``; that of a SEND form is always prefixed (SP-076).

    Schools know their cases by titles of their own; a form that is being built may go nowhere yet.
    """
    title = definition.title.in_(language)
    destination = DESTINATIONS.get(definition.destination)
    if definition.portal == "school" or destination is None or destination.team != "send":
        return title
    return texts.say("send.Case_PrefixedTitle", language, title=title)
