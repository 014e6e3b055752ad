"""How a text will look where it is used, filled with samples."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit import components, markdown
from guildhall.foundation.kit.components import Field
from guildhall.foundation.outbox import letters
from guildhall.foundation.texts import queries, rules
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say

# What stands in a preview for what the portal fills in. Anything else stands as [its name].
SAMPLES = {
    "name": "Sam Evans",
    "code": "1234 5678",
    "minutes": "5",
    "days": "7",
    "hours": "24",
    "left": "7",
    "count": "3",
    "number": "2",
    "date": "21/11/2026",
    "time": "4:30pm",
    "reference": "ABC-123",
}
LONGEST_BUTTON = 60


def filled(name: str, words: str, language: str) -> str:
    """``words`` of the text ``area.key`` with samples in them."""
    return queries.fill(words, language, samples(name))


def samples(name: str) -> dict[str, str]:
    """A sample for each thing that the portal fills in."""
    return {each: _sample(each) for each in rules.own_placeholders(name)}


def in_place(name: str, words: str, language: str) -> list[tuple[str, SafeString]]:
    """(what it is shown as, how it looks) of a text in the places it may stand in."""
    with translation.override(language):
        said, key = filled(name, words, language), name.partition(".")[2]
        if rules.is_markdown(name):
            return [("markdown", markdown.to_html(said))]
        if key.endswith("_Tooltip"):
            sample = Field("sample", say("administration.Texts_SampleField"), tooltip=said)
            return [("tooltip", components.text_field(sample))]
        shown = [("plain", format_html('<p class="govuk-body gh-texts__value">{}</p>', said))]
        if len(said) <= LONGEST_BUTTON and "\n" not in said and not key.startswith("Error_"):
            shown.append(("button", components.button(text=said, type="button")))
        return shown


def subject_of(body: str) -> str:
    """The text of the subject of the email whose content is the text block ``body``; "" when it is none."""
    key = body.removeprefix("text-blocks.Email_")
    names = (f"{area}.EmailSubject_{key}" for area in ("account", "messaging"))
    return next((name for name in names if key != body and name in catalogue()), "")


def mail(
    subject: str, body: str, language: str, typed: dict[tuple[str, str], str] | None = None
) -> dict[str, Any]:
    """A whole email as it will arrive. ``typed``: words not saved yet, by (name, language)."""
    words = {
        name: (typed or {}).get((name, language))
        or queries.written(name, language)
        or queries.written(name, "en")
        for name in (subject, body)
    }
    said = filled(body, words[body], language)
    return {
        "language": language,
        "from": authority.name_of_portal(language),
        "subject": filled(subject, words[subject], language),
        "html": markdown.to_html(said),
        "plain": letters.plain(said),
    }


def _sample(name: str) -> str:
    if name == "link" or name.endswith("_link"):
        return f"{settings.SITE_URL}/"
    return SAMPLES.get(name, f"[{name}]")
