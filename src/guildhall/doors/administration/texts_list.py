"""Edit Site Texts: finding a text by area, by name, by its words in either language, or by its state."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import listing
from guildhall.foundation.texts.areas import AREAS, CULTURES
from guildhall.foundation.texts.queries import say

from .trail import crumbs

TEXTS = door(Permission.EDIT_TEXTS, verified=True)
SIZE = 50
SHOWN = 300
LANGUAGES = {culture: language for language, culture in CULTURES.items()}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: an area (all when empty), words, a filter, and the language shown."""

    area: str
    words: str
    only: str
    culture: str

    @property
    def language(self) -> str:
        return LANGUAGES[self.culture]


@require_safe
@TEXTS
def texts(request: HttpRequest) -> HttpResponse:
    """The texts that fit, each with its value in the chosen language and Edit."""
    asked = asked_by(request)
    page = page_of(listing.rows(area=asked.area, words=asked.words, only=asked.only), request, size=SIZE)
    context = {
        "asked": asked,
        "page": page,
        "lines": [line_of(row, asked) for row in page],
        "areas": area_options(),
        "filters": [("", say("administration.Texts_Filter_all"))]
        + [(only, say(f"administration.Texts_Filter_{only}")) for only in listing.FILTERS],
        "other": "en" if asked.language == "cy" else "cy-GB",
        "query": _query(request),
        "back": request.get_full_path(),
        "breadcrumbs": crumbs((say("administration.Texts_Heading"), "")),
    }
    return render(request, "administration/texts_list.html", context)


def asked_by(request: HttpRequest) -> Asked:
    """What the address asks for; what it cannot mean counts as nothing."""
    area, only = request.GET.get("area", ""), request.GET.get("only", "")
    culture = request.GET.get("culture", "en")
    return Asked(
        area if area in AREAS else "",
        one_line(request.GET.get("q"))[:200],
        only if only in listing.FILTERS else "",
        culture if culture in LANGUAGES else "en",
    )


def area_options() -> list[tuple[str, str]]:
    """All areas, then each by its name."""
    return [("", say("administration.Texts_AllAreas"))] + [(key, name_of_area(key)) for key in AREAS]


def name_of_area(area: str) -> str:
    return say(f"administration.TextArea_{AREAS[area]}")


def describe(key: str) -> str:
    """The key as words: "SignIn_Heading" → "Sign in heading"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).replace("_", " ")
    return words[:1].upper() + words[1:].lower()


def line_of(row: listing.Row, asked: Asked) -> dict[str, Any]:
    """One text as the list shows it."""
    words = row.written.get(asked.language, row.written["en"])
    return {
        "row": row,
        "description": describe(row.key),
        "key": highlighted(row.key, asked.words),
        "area": name_of_area(row.area),
        "value": highlighted(_around(words, asked.words), asked.words),
        "other": _other(row, asked),
        "english": asked.language == "cy" and row.missing,
        "href": reverse("administration:text", args=[row.area, row.key, asked.culture]),
    }


def highlighted(words: str, find: str) -> SafeString:
    """``words`` with every ``find`` in them marked."""
    if not find:
        return format_html("{}", words)
    wanted = re.escape(find.replace("’", "'")).replace("'", "['’]")
    parts = re.split(f"({wanted})", words, flags=re.IGNORECASE)
    return format_html_join("", "{}", ((_mark(part) if at % 2 else part,) for at, part in enumerate(parts)))


def _mark(words: str) -> SafeString:
    return format_html("<mark>{}</mark>", words)


def _around(words: str, find: str) -> str:
    """At most SHOWN characters of ``words``, with the first ``find`` among them."""
    if len(words) <= SHOWN:
        return words
    at = max(0, listing.folded(words).find(listing.folded(find)) - SHOWN // 3) if find else 0
    return ("… " if at else "") + words[at : at + SHOWN] + (" …" if at + SHOWN < len(words) else "")


def _other(row: listing.Row, asked: Asked) -> SafeString | None:
    """The other language's words where the search was found only there."""
    other = "en" if asked.language == "cy" else "cy"
    find = listing.folded(asked.words)
    here = listing.folded(f"{row.key} {row.written.get(asked.language, '')}")
    if not find or find in here or find not in listing.folded(row.written.get(other, "")):
        return None
    return highlighted(_around(row.written[other], asked.words), asked.words)


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("culture", None)
    kept.pop("page", None)
    return kept.urlencode()
