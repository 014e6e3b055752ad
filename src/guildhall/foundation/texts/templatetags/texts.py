"""``{% text "area.key" name=value %}``: the portal's words in a template."""

from typing import Any

from django import template

from guildhall.foundation.texts import queries

register = template.Library()


@register.simple_tag
def text(name: str, /, **values: Any) -> str:
    """The words called ``area.key`` in the active language."""
    return queries.say(name, **values)
