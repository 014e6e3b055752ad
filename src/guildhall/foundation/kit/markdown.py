"""The authority's longer texts: Markdown with nothing dangerous in it."""

import re

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_LETTERS = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable("table")
_TAGS = {
    *("p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "code", "br", "hr", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
# A link leads to a website, an address, a number or a page of the portal; any other would lead astray.
_LINK = re.compile(r"https?://|mailto:|tel:|/(?![/\\])|[#?]", re.IGNORECASE)
_OUTSIDE = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
_CLASSES = {
    "p": "govuk-body",
    "h1": "govuk-heading-l",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
    "blockquote": "govuk-inset-text",
    "table": "govuk-table",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "tr": "govuk-table__row",
}


def to_html(text: str) -> SafeString:
    """``text`` as HTML of the design system. HTML in it is shown as text; odd links are dropped."""
    return _dressed(_PARSER.render(text))


def to_letter(text: str) -> SafeString:
    """The same of a message that somebody typed: where its writer began a new line, one begins."""
    return _dressed(_LETTERS.render(text))


def _dressed(drawn: str) -> SafeString:
    return SafeString(
        nh3.clean(
            drawn,
            tags=_TAGS,
            attributes={"a": {"href"}},
            attribute_filter=only_links,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer",
            set_tag_attribute_values={tag: {"class": kind} for tag, kind in _CLASSES.items()},
        )
    )


def only_links(_tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute; None, which drops it, for a link that leads nowhere good."""
    return value if attribute != "href" or _LINK.match(value) else None


def dialled(number: str) -> str:
    """A telephone number as Markdown that a phone dials when it is pressed."""
    keys = re.sub(r"[^0-9+]", "", number)
    return f"[{number}](tel:{keys})" if keys else number


_SIMPLE = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["emphasis", "list", "newline"])
_SIMPLE_TAGS = {"p", "ul", "ol", "li", "strong", "em", "br"}


def to_simple_html(text: str) -> SafeString:
    """What a person wrote, with bold, italics and lists only; everything else stays as typed."""
    return SafeString(
        nh3.clean(
            _SIMPLE.render(text),
            tags=_SIMPLE_TAGS,
            attributes={"ol": {"start"}},
            set_tag_attribute_values={
                tag: {"class": kind} for tag, kind in _CLASSES.items() if tag in _SIMPLE_TAGS
            },
        )
    )


def to_plain(text: str) -> list[str]:
    """The lines of what a person wrote, without marks of formatting; an item keeps "•" or its number."""
    lines: list[str] = [""]
    marks: list[int] = []
    for token in _SIMPLE.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            marks.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else 0)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
        elif token.type == "list_item_open":
            lines.append(f"{marks[-1]}. " if marks[-1] else "• ")
            marks[-1] += bool(marks[-1])
        elif token.type == "paragraph_open" and not lines[-1].endswith(("• ", ". ")):
            lines.append("")
        elif token.type == "inline":
            first, *rest = _plain(token).split("\n")
            lines[-1] += first
            lines += rest
    return [line for line in lines if line]


def _plain(token: Token) -> str:
    parts = token.children or []
    return "".join("\n" if "break" in each.type else each.content for each in parts)


def to_lines(text: str) -> list[str]:
    """One of the authority's longer texts for paper: a heading, a paragraph, an item or a row is a line.

    Where a link leads to a website or an address of mail, that stands behind its words.
    """
    lines: list[str] = []
    marks: list[int] = []
    cells: list[str] | None = None
    start = ""
    for token in _PARSER.parse(text):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                marks.append(int(token.attrGet("start") or 1) if token.tag == "ol" else 0)
            case "bullet_list_close" | "ordered_list_close":
                marks.pop()
            case "list_item_open":
                start = f"{marks[-1]}. " if marks[-1] else "• "
                marks[-1] += bool(marks[-1])
            case "tr_open":
                cells = []
            case "tr_close":
                lines.append(" – ".join(cells or ()))
                cells = None
            case "inline" if cells is not None:
                cells += _on_paper(token)
            case "inline" | "fence" | "code_block":
                said = _on_paper(token) if token.children else token.content.split("\n")
                lines += [start + said[0], *said[1:]]
                start = ""
    return [line for line in lines if line.strip()]


def _on_paper(token: Token) -> list[str]:
    said, leads = "", ""
    for each in token.children or []:
        said += {"softbreak": " ", "hardbreak": "\n"}.get(each.type, each.content)
        if each.type == "link_open":
            leads = str(each.attrGet("href") or "")
        elif each.type == "link_close":
            shown = re.sub(r"(?i)^(mailto|tel):", "", leads)
            said += f" ({shown})" if _OUTSIDE.match(leads) and shown not in said else ""
    return said.split("\n")
