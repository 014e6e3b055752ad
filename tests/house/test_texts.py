"""Every word is in both languages, every name that is used exists, and no text lies about unused."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from scripts.apostrophes import curly_in, mended

from guildhall.foundation.texts.areas import AREAS
from guildhall.foundation.texts.catalogue import catalogue

from .source import SOURCE

# The words of the demonstration are nobody's to edit: no authority has them.
KNOWN = {*AREAS, "demonstration"}
NAMES = "|".join(sorted(KNOWN))
NAME = re.compile(rf"[\"'`](({NAMES})\.[A-Z][A-Za-z0-9_]*)[\"'`]")
MADE = re.compile(rf"[\"'](({NAMES})\.[A-Za-z0-9_]*)\{{")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

# Names put together while the program runs: what they begin with, and what makes them.
DYNAMIC = {
    "account.": "doors.account.pages and foundation.texts.forms: words by the name of a page or field",
    "send.MyDetails_": "doors.account.pages: words by the name of the page",
    "shared.": "foundation.kit.words, config.menus, config.navigation and foundation.texts.forms",
    "text-blocks.Email_": "people.accounts.services.proofs and mail.messages",
    "text-blocks.Message_": "mail.messages.services.send_text",
    "messaging.Subject_": "mail.messages.services.send_text",
    "home-tiles.": "doors.families.views.front",
    "schools.": "doors.schools: words by the name of a field, an act, a question or a user type",
}


def _sources() -> Iterator[str]:
    for suffix in ("*.py", "*.html", "*.yaml"):
        for path in SOURCE.rglob(suffix):
            if "migrations" not in path.parts and "texts" not in path.parent.name:
                yield path.read_text(encoding="utf-8")


def test_every_text_has_english_and_welsh():
    missing = [name for name, words in catalogue().items() if not words.get("en") or not words.get("cy")]
    assert len(missing) == 0, missing


def test_welsh_and_the_forms_english_have_one_apostrophe_the_curly_one():
    """``python -m scripts.apostrophes`` mends what fails here."""
    paths = SOURCE.rglob("*.yaml")
    straight = [
        str(path.relative_to(SOURCE))
        for path in paths
        if mended(written := _read(path), curly_in(path)) != written
    ]
    assert len(straight) == 0, straight


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_both_languages_have_the_same_placeholders():
    different = [
        name
        for name, words in catalogue().items()
        if set(PLACEHOLDER.findall(words["en"])) ^ set(PLACEHOLDER.findall(words.get("cy", "")))
    ]
    assert len(different) == 0, different


def test_every_text_that_is_used_is_in_the_catalogue():
    used = {match[0] for source in _sources() for match in NAME.findall(source)}
    models = {model._meta.label for model in apps.get_models()}
    unknown = sorted(name for name in used - set(catalogue()) - models if not name.endswith("_"))
    assert len(unknown) == 0, unknown


def test_every_text_of_the_catalogue_is_used():
    sources = list(_sources())
    used = {match[0] for source in sources for match in NAME.findall(source)}
    made = tuple(
        {match[0] for source in sources for match in MADE.findall(source)}
        | set(DYNAMIC)
        | {name for name in used if name.endswith("_")}
    )
    unused = sorted(name for name in catalogue() if name not in used and not name.startswith(made))
    assert len(unused) == 0, unused


@pytest.mark.req("SP-282", "SP-283")
def test_every_area_of_the_editor_has_texts_and_every_text_an_area_of_the_editor():
    assert {path.stem for path in SOURCE.rglob("texts/*.yaml")} == KNOWN
