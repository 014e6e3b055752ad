"""All texts of a form as a workbook for translators, and what comes back: not believed, no formula is run.

A second, hidden sheet holds the words as they went out. So a text that somebody changed meanwhile is told
from one that the translator changed, and neither is overwritten by the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from guildhall.foundation.kit import spreadsheets
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.spreadsheets import as_written, put
from guildhall.foundation.kit.typed import paragraphs
from guildhall.foundation.texts.queries import say

from .definition import GUIDANCE
from .problems import Place, stale, texts_of
from .shape import LANGUAGES

MOST_BYTES = 3_000_000
MOST_UNPACKED = 60_000_000
MOST_ROWS = 20_000
COLUMNS = ("group", "question", "part", "where", "en", "cy", "state")
_WIDTHS = (18, 24, 20, 40, 70, 70, 16)
_LONGEST = {
    **dict.fromkeys(("title", "subtitle", "missing"), 300),
    **dict.fromkeys(("guidance", "declaration"), GUIDANCE),
    **dict.fromkeys(("text", "hint", "tooltip"), 1000),
    "description": 2000,
    "item": 100,
}


class Unreadable(Refusal):
    """The file is too large, no workbook, or not one of ours."""


@dataclass(frozen=True)
class Line:
    """What a row of a returned workbook would change. ``before`` is what the form says now.

    ``problem`` says why the row is left out, ``note`` what to look at before it is kept.
    """

    row: int
    place: Place
    language: str
    before: str
    after: str
    problem: str = ""
    note: str = ""


def state_of(words: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """``missing``, ``stale`` (the English changed since ``before``, the Welsh did not), or nothing."""
    if not all(said(words, language) for language in LANGUAGES):
        return "missing"
    return "stale" if stale(words, before) else ""


def said(words: Mapping[str, Any], language: str) -> str:
    """The words in a language, as they are compared: without blank space at their ends."""
    return paragraphs(words.get(language))


def book_of(content: Any, live: Any = None) -> bytes:
    """The texts of a form as a workbook. ``live``: what is published of it, to tell which Welsh is behind."""
    before = dict(texts_of(live))
    book = Workbook()
    sheet, kept = book.active, book.create_sheet("was")
    assert isinstance(sheet, Worksheet)
    sheet.title, kept.sheet_state = "texts", "hidden"
    put(sheet, 1, [say(f"send.Sheet_Column_{column}") for column in COLUMNS], bold=True)
    for number, (place, words) in enumerate(texts_of(content), start=2):
        english, welsh = said(words, "en"), said(words, "cy")
        state = state_of(words, before.get(place))
        put(
            sheet,
            number,
            [*place, where(content, place), english, welsh, state and say(f"send.Sheet_{state}")],
        )
        put(kept, number, [*place, english, welsh])
    return spreadsheets.finished(book, widths=_WIDTHS, freeze="E2")


def where(content: Any, place: Place) -> str:
    """Where the text is used, in words: the group's title and what the text is."""
    group, question, part = place
    titles = {
        one.get("key"): said(one.get("title") or {}, "en")
        for one in content.get("groups") or []
        if isinstance(one, dict) and isinstance(one.get("title") or {}, dict)
    }
    key = part.rpartition(" ")[2]
    option = " ".join(part.split(" ")[1:-1])
    what = say("send.Part_option" if option and key == "text" else f"send.Part_{key}")
    named = (titles.get(group) or group, question, option, what)
    return " – ".join(one for one in named if one)


def read(file: bytes, content: Any) -> list[Line]:
    """What a returned workbook would change in ``content``. Raises Unreadable."""
    rows, sent = _tables(file)
    now = _by_place(content)
    seen: set[Place] = set()
    found: list[Line] = []
    for number, (*place, _where, english, welsh) in rows:
        at: Place = (place[0], place[1], place[2])
        if not any(at):
            continue
        known = None if at in seen else now.get(at)
        seen.add(at)
        for language, after in zip(LANGUAGES, (english, welsh), strict=True):
            if line := _line(number, at, language, after, known, sent.get(at)):
                found.append(line)
    return found


def changed(content: Any, changes: Sequence[Sequence[str]]) -> dict[str, Any]:
    """``content`` with (group, question, part, language, words) of each change in it."""
    made: dict[str, Any] = deepcopy(content)
    now = _by_place(made)
    for group, question, part, language, words in changes:
        now[(group, question, part)][language] = words
    return made


def _line(
    row: int,
    place: Place,
    language: str,
    after: str,
    known: Mapping[str, Any] | None,
    sent: Mapping[str, str] | None,
) -> Line | None:
    """A row's change in one language; None where it has none: blank, as the form says, or as it went out."""
    if not after or (sent is not None and after == sent[language]):
        return None
    if known is None:
        return Line(row, place, language, "", after, say("send.Error_Sheet_Place"))
    before = said(known, language)
    if after == before:
        return None
    problem = note = ""
    if sent is not None and before != sent[language]:
        problem = say("send.Error_Sheet_Meanwhile")
    elif (longest := _longest(place)) < len(after):
        problem = say("send.Error_Sheet_Long", most=longest)
    elif language == "cy" and sent is not None and said(known, "en") != sent["en"]:
        note = say("send.Sheet_EnglishChanged")
    return Line(row, place, language, before, after, problem, note)


def _longest(place: Place) -> int:
    kind, _, key = place[2].rpartition(" ")
    if kind and key == "text":
        return 500
    # The words of an information are long; whether this question is one is judged before publishing.
    return GUIDANCE if place[1] and key == "text" else _LONGEST[key]


def _by_place(content: Any) -> dict[Place, dict[str, Any]]:
    found: dict[Place, dict[str, Any]] = {}
    for place, words in texts_of(content):
        found.setdefault(place, words)
    return found


def _tables(file: bytes) -> tuple[list[tuple[int, list[str]]], dict[Place, dict[str, str]]]:
    """The rows of the first sheet with their numbers, and the words as they went out."""
    if len(file) > MOST_BYTES:
        raise _unreadable("Large")
    try:
        book = spreadsheets.opened(file, most_unpacked=MOST_UNPACKED)
        rows = list(_rows(book, 0, len(COLUMNS) - 1))
        kept = list(_rows(book, book.sheet_names.index("was"), 5)) if "was" in book.sheet_names else []
    except spreadsheets.TooLarge:
        raise _unreadable("Large") from None
    except spreadsheets.NoWorkbook:
        raise _unreadable("Kind") from None
    if not rows:
        raise _unreadable("Columns")
    sent = {
        (group, question, part): {"en": english, "cy": welsh}
        for _, (group, question, part, english, welsh) in kept
    }
    return rows[1:], sent


def _rows(book: CalamineWorkbook, index: int, width: int) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(spreadsheets.rows(book, index, most=MOST_ROWS, widest=50), start=1):
        if len(cells) < width:
            raise _unreadable("Columns")
        yield number, [paragraphs(as_written(str(cell)))[: GUIDANCE + 1] for cell in cells[:width]]


def _unreadable(why: str) -> Unreadable:
    return Unreadable(say(f"send.Error_Sheet_{why}"), field="file")
