"""``{% text "area.key" name=value %}``: the portal's words in a template."""

from html import escape
from typing import Any

from django import template
from django.template import Context, Node
from django.template.base import Parser, Token

from guildhall.foundation.texts import queries

register = template.Library()


@register.simple_tag
def text(name: str, /, **values: Any) -> str:
    """The words called ``area.key`` in the active language."""
    return queries.say(name, **values)


_with_values = register.tags["text"]


@register.tag("text")
def words(parser: Parser, token: Token) -> Node:
    """``{% text %}``; where it only names the words, as it mostly does, it is drawn the shortest way."""
    _, name, *rest = token.split_contents()
    if name[:1] != '"' or name.count('"') != 2 or name[-1:] != '"' or (rest and rest[0] != "as"):
        return _with_values(parser, token)
    return Words(name[1:-1], rest[1] if rest else "")


class Words(Node):
    """The words called ``name``; put into the context ``under`` a name, if given."""

    def __init__(self, name: str, under: str) -> None:
        self.name = name
        self.under = under

    def render(self, context: Context) -> str:
        said = queries.say(self.name)
        if self.under:
            context[self.under] = said
            return ""
        return escape(said) if context.autoescape else said
