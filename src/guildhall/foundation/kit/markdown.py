"""The authority's longer texts: Markdown with nothing dangerous in it."""

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {
    *("p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "code", "br", "hr", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
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
    return SafeString(
        nh3.clean(
            _PARSER.render(text),
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer",
            set_tag_attribute_values={tag: {"class": kind} for tag, kind in _CLASSES.items()},
        )
    )
