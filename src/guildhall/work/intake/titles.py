"""A form's title as people see it."""

from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Definition


def shown_title(definition: Definition, language: str) -> str:
    """The title in ``language``; that of a SEND form is always prefixed (SP-076)."""
    title = definition.title.in_(language)
    if definition.destination != "send":
        return title
    return texts.say("send.Case_PrefixedTitle", language, title=title)
