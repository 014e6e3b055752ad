"""A letter's Markdown as plain text and as simple, safe HTML."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import nh3
from django.utils.html import escape as escape_html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from guildhall.foundation.kit import markdown

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "h1", "h2", "h3", "blockquote", "hr"}
_PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body style="font-family:Arial,sans-serif;font-size:19px;line-height:1.4;max-width:38em;margin:1em">'
    "{body}</body></html>"
)


def escape(value: str) -> str:
    """``value`` as Markdown that shows it letter for letter, on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(value.split()))


def html(words: str, *, language: str, title: str) -> str:
    """The letter as a whole HTML page; HTML in ``words`` comes out as text."""
    body = nh3.clean(
        _markdown().render(words),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=markdown.only_links,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    return _PAGE.format(language=escape_html(language), title=escape_html(title), body=body)


def plain(words: str) -> str:
    """The letter as text for a reader that shows no HTML; links are followed by their address."""
    return "\n".join(_lines(_markdown().parse(words))).strip() + "\n"


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    marks: list[str] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            marks.append("1")
        elif token.type == "bullet_list_open":
            marks.append("•")
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            marks.pop()
            if not marks:
                yield ""
        elif token.type == "list_item_close" and marks[-1].isdigit():
            marks[-1] = str(int(marks[-1]) + 1)
        elif token.type == "inline":
            yield _mark(marks) + _inline(token.children or [])
        elif token.type in {"fence", "code_block"}:
            yield token.content
        if token.type in {"paragraph_close", "heading_close"} and not (marks and token.hidden):
            yield ""


def _mark(marks: list[str]) -> str:
    if not marks:
        return ""
    return "  " * (len(marks) - 1) + (f"{marks[-1]}. " if marks[-1].isdigit() else "• ")


def _inline(children: Sequence[Token]) -> str:
    said, href, start = "", "", 0
    for child in children:
        if child.type in {"text", "code_inline"}:
            said += child.content
        elif child.type in {"softbreak", "hardbreak"}:
            said += "\n"
        elif child.type == "link_open":
            href, start = str(child.attrGet("href") or ""), len(said)
        elif child.type == "link_close" and said[start:] != href:
            said += f": {href}"
    return said
