"""References, pages of lists, Markdown, and how dates and sizes are said."""

import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components, references
from guildhall.foundation.kit.markdown import dialled, to_html, to_lines
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.speech import clock, day, filesize

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def asked(query: str = "") -> object:
    return RequestFactory().get(f"/list?{query}")


def test_references_follow_the_authoritys_pattern() -> None:
    assert re.fullmatch(r"SND-2606-[0-9A-F]{8}", references.make("SND-{yymm}-{hex8}", now=NOON))
    assert re.fullmatch(
        r"EDU-SAFEG-[A-Z]{3}[0-9]{4}", references.make("EDU-SAFEG-{letters3}{digits4}", now=NOON)
    )
    assert len({references.make("{hex8}", now=NOON) for _ in range(500)}) == 500


def test_the_month_of_a_reference_is_the_local_one() -> None:
    just_before_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert references.make("{yymm}", now=just_before_midnight) == "2607"


@pytest.mark.parametrize("pattern", ["{week}", "{hex}", "{letters}"])
def test_a_pattern_that_cannot_be_filled_is_refused(pattern: str) -> None:
    with pytest.raises(references.UnknownPart):
        references.make(pattern, now=NOON)


@pytest.mark.parametrize("number", ["0", "-3", "x", "99999999999999999999", "٣", ""])
def test_a_page_number_that_makes_no_sense_gives_the_nearest_page(number: str) -> None:
    assert 1 <= page_of(list(range(45)), asked(f"page={number}"), 20).number <= 3


def test_a_page_knows_its_place_in_the_list() -> None:
    page = page_of(list(range(45)), asked("page=3&status=open"), 20)

    assert (list(page), page.first, page.last, page.total) == ([40, 41, 42, 43, 44], 41, 45, 45)
    assert page.link(2) == "?page=2&status=open"
    assert page_of([], asked(), 20).first == 0


def test_a_person_may_choose_among_the_sizes_only() -> None:
    assert len(page_of(list(range(300)), asked("size=50"), 20)) == 50
    assert len(page_of(list(range(300)), asked("size=100000"), 20)) == 20


def test_a_long_list_links_to_its_ends_and_neighbours() -> None:
    assert page_of(range(600), asked("page=7"), 20).shown == [1, None, 6, 7, 8, None, 30]
    assert page_of(range(100), asked("page=3"), 20).shown == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_the_pager_keeps_the_filters_and_hides_when_there_is_one_page() -> None:
    html = components.pager(page=page_of(range(60), asked("page=2&q=a%26b"), 20))

    assert 'href="?page=3&amp;q=a%26b"' in html and 'aria-current="page"' in html
    assert components.pager(page=page_of(range(3), asked(), 20)) == ""


@pytest.mark.django_db
def test_a_heading_sorts_the_list_and_turns_it_round() -> None:
    sorting = sorting_of(asked("sort=name&page=4&q=x"), among=("name", "sent"), default="-sent")
    html = components.sortable(sorting, heading="Name", key="name")

    assert 'aria-sort="ascending"' in html and "sort=-name" in html
    assert "page=" not in html and "q=x" in html
    assert 'aria-sort="none"' in components.sortable(sorting, heading="Sent", key="sent")
    assert sorting_of(asked("sort=password"), among=("name",), default="name").current == "name"


def test_markdown_shows_hostile_text_as_text() -> None:
    html = to_html("<script>x</script>\n\n[a](javascript:alert(1)) [b](https://example.org)\n\n# H\n\n* one")

    assert "<script>" not in html and "javascript:" not in html.replace("[a](javascript:alert(1))", "")
    assert 'href="https://example.org"' in html
    assert '<h1 class="govuk-heading-l">H</h1>' in html and "govuk-list--bullet" in html


@pytest.mark.parametrize(
    ("number", "href"), [("01632 960 100", "tel:01632960100"), ("+44 1632 960100", "tel:+441632960100")]
)
def test_a_telephone_number_can_be_pressed_to_be_dialled(number: str, href: str) -> None:
    assert f'href="{href}"' in to_html(f"Call {dialled(number)}.")
    assert dialled("in the morning") == "in the morning"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(15, 30, "4:30pm"), (9, 0, "10am"), (11, 0, "midday"), (23, 0, "midnight")]
)
def test_times_are_said_as_people_say_them(hour: int, minute: int, said: str) -> None:
    assert clock(datetime(2026, 6, 1, hour, minute, tzinfo=UTC)) == said


def test_dates_are_said_in_the_language_of_the_page_and_in_local_time() -> None:
    assert day(date(2026, 11, 21)) == "21 November 2026"
    assert day(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)) == "2 June 2026"
    with translation.override("cy"):
        assert day(date(2026, 11, 21)) == "21 Tachwedd 2026"


@pytest.mark.django_db
def test_sizes_are_said_as_a_persons_computer_says_them() -> None:
    assert [filesize(size) for size in (512, 12_345, 3_400_000, 20_000_000)] == [
        "512 bytes",
        "12 KB",
        "3.4 MB",
        "20 MB",
    ]


@pytest.mark.req("SP-230")
@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("Words\nof two lines.\n\n## A heading\n\nMore.", ["Words of two lines.", "A heading", "More."]),
        ("* **one**\n* two\n  more\n\n1. first\n2. second", ["• one", "• two more", "1. first", "2. second"]),
        ("[Ours](https://a.example.org) and [home](/)", ["Ours (https://a.example.org) and home"]),
        ("<b>As typed</b>  \nnext", ["<b>As typed</b>", "next"]),
        ("| A | B |\n|---|---|\n| 1 | 2 |", ["A – B", "1 – 2"]),
        ("", []),
    ],
)  # fmt: skip
def test_the_authoritys_longer_texts_are_lines_on_paper(written: str, lines: list[str]) -> None:
    assert to_lines(written) == lines


@pytest.mark.django_db
@pytest.mark.parametrize("level", [constants.SUCCESS, constants.ERROR])
def test_a_notice_ends_what_it_is_told_as_a_sentence(level: int) -> None:
    told = ["Choose another. Ask them", "It was saved.", SafeString("<b>Undo</b>")]

    drawn = render_to_string("kit/notices.html", {"messages": [Message(level, each) for each in told]})

    assert "Choose another. Ask them.<" in drawn
    assert "It was saved.<" in drawn
    assert "<b>Undo</b><" in drawn


def test_a_refusal_says_why_by_field_and_what_is_of_no_field_is_of_the_whole_page() -> None:
    assert Refusal("Give a name", field="name").by_field("main-content") == {"name": "Give a name"}
    assert Refusal("Too late").by_field("main-content") == {"main-content": "Too late"}
    assert Refusals({"day": "Give a day", "": "Too late"}).by_field("main-content") == {
        "day": "Give a day",
        "main-content": "Too late",
    }
