"""T18: whatever somebody writes as a text, a Markdown block or a placeholder's value stays words."""

import pytest

from guildhall.foundation.kit import markdown
from guildhall.foundation.outbox import letters
from guildhall.foundation.texts import queries
from guildhall.foundation.texts.areas import AREAS
from guildhall.foundation.texts.catalogue import LANGUAGES, catalogue
from guildhall.foundation.texts.models import Override
from guildhall.mail.messages.templates_store import placeholders
from guildhall.people.accounts.models import User

from ...access.world import the_world
from ...security.crawling import everywhere
from ...security.test_hostile_text import dangers as dangers_of_page
from ...standing import NOON
from .hostile import corpus, dangers

TAGS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "code", "br", "hr", "blockquote"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = frozenset({"class", "href", "rel", "start", "title"})
LETTER = frozenset({"class", "href", "rel", "start", "title", "lang", "charset", "style"})


def test_the_corpus_is_large_and_the_reader_finds_what_is_put_raw():
    assert len(set(corpus())) >= 150
    found = [typed for typed in corpus() if "<" in typed and "zqx()" in typed]
    raw = [typed for typed in found if dangers(f"<p>{typed}</p>", TAGS, ATTRIBUTES)]
    assert len(raw) > len(found) * 0.8


@pytest.mark.parametrize("render", [markdown.to_html, markdown.to_simple_html])
def test_markdown_renders_no_hostile_text_into_anything_that_runs(render):
    for typed in corpus():
        for words in (
            typed,
            f"Hello {typed} and on",
            f"- {typed}\n- b",
            f"[{typed}](https://x.example)",
            f"**{typed}**",
        ):
            assert dangers(str(render(words)), TAGS, ATTRIBUTES) == [], words


def test_what_was_cleaned_once_comes_out_of_cleaning_again_unchanged():
    for typed in corpus():
        html = str(markdown.to_html(typed))
        again = markdown.nh3.clean(
            html, tags=set(TAGS), attributes={"*": {"class"}, "a": {"href"}}, link_rel="noopener noreferrer"
        )
        assert dangers(again, TAGS, ATTRIBUTES) == []


@pytest.mark.django_db
def test_a_letter_carries_no_hostile_text_that_runs():
    tags = TAGS | {"html", "head", "meta", "title", "body"}
    for typed in corpus():
        page = letters.html(f"Hello {typed}", language="en", title=typed).removeprefix("<!DOCTYPE html>")
        assert dangers(page, tags, LETTER) == [], typed


@pytest.mark.django_db
def test_the_value_of_a_placeholder_is_data_in_subject_and_body():
    body = "Dear {forename} {surname}, [your page](https://x.example/?a={forename})"
    for typed in corpus():
        person = User(forename=typed, surname="{title}", title="FILLED-AGAIN")
        html = str(markdown.to_html(placeholders.fill_body(body, person)))
        assert dangers(html, TAGS, ATTRIBUTES) == [], typed
        assert "FILLED-AGAIN" not in html
        assert "\n" not in placeholders.fill_line("{forename}", person)
        assert queries.fill("{a}", "en", {"a": typed}) == typed


@pytest.mark.django_db
@pytest.mark.heavy
@pytest.mark.parametrize("persona", ["parent A", "professional", "send officer", "administrator"])
def test_hostile_words_in_every_text_of_every_area_run_nowhere(persona):
    world = the_world()
    hostile = "zqx <script>zqx()</script>\"'><img src=x onerror=zqx()><svg/onload=zqx()>{{ 700*11 }}"
    names = [name for name in catalogue() if name.partition(".")[0] in AREAS]
    Override.objects.bulk_create(
        Override(
            area=name.partition(".")[0],
            key=name.partition(".")[2],
            language=language,
            value=hostile,
            changed_at=NOON,
        )
        for name in names
        for language in LANGUAGES
    )
    pages = 0
    for answer in everywhere(world, persona):
        if answer.response.get("Content-Type", "").startswith("text/html") and not answer.response.streaming:
            assert answer.response.status_code < 500, answer.name
            assert dangers_of_page(answer.response.content.decode()) == [], answer.name
            pages += 1
    assert pages > 20
