"""The texts as a list for whoever edits them: what stands in each language, whose words, and how fresh."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import rules
from .areas import AREAS
from .catalogue import LANGUAGES, catalogue
from .models import Override


@dataclass(frozen=True)
class Row:
    """One text. ``written`` is what stands now by language, ``original`` the catalogue's.

    ``own``: the languages in which the authority has words of its own. ``stale``: the English changed
    after the Welsh was written.
    """

    name: str
    written: dict[str, str]
    original: dict[str, str]
    own: frozenset[str]
    stale: bool

    @property
    def area(self) -> str:
        return self.name.partition(".")[0]

    @property
    def key(self) -> str:
        return self.name.partition(".")[2]

    @property
    def missing(self) -> bool:
        """Whether there is no Welsh, so that readers of Welsh see English."""
        return "cy" not in self.written


FILTERS: dict[str, Callable[[Row], bool]] = {
    "own": lambda row: bool(row.own),
    "missing": lambda row: row.missing,
    "stale": lambda row: row.stale,
    "tooltips": lambda row: row.key.endswith("_Tooltip"),
    "subjects": lambda row: row.key.startswith("EmailSubject_"),
    "emails": lambda row: row.area == "text-blocks" and row.key.startswith("Email_"),
}


def rows(*, area: str = "", words: str = "", only: str = "") -> list[Row]:
    """The texts of ``area`` (all areas when empty) that hold ``words`` in their name or in either language.

    ``only`` is one of FILTERS. In the order of the areas, then of the keys.
    """
    own = {(f"{each.area}.{each.key}", each.language): each for each in Override.objects.all()}
    fits = FILTERS.get(only, lambda row: True)
    wanted = folded(words).strip()
    return [row for row in _every(area, own) if fits(row) and _holds(row, wanted)]


def row_of(name: str) -> Row | None:
    """The text called ``area.key``, or None."""
    area, _, key = name.partition(".")
    if area not in AREAS or name not in catalogue():
        return None
    own = {(name, each.language): each for each in Override.objects.filter(area=area, key=key)}
    return _row(name, own)


def _every(area: str, own: dict[tuple[str, str], Override]) -> Iterator[Row]:
    places = {key: place for place, key in enumerate(AREAS)}
    names = [name for name in catalogue() if name.partition(".")[0] in ({area} if area else places)]
    for name in sorted(names, key=lambda name: (places[name.partition(".")[0]], name)):
        yield _row(name, own)


def _row(name: str, own: dict[tuple[str, str], Override]) -> Row:
    original = catalogue()[name]
    ours = {language: own[name, language] for language in LANGUAGES if (name, language) in own}
    written = dict(original) | {language: each.value for language, each in ours.items()}
    return Row(name, written, dict(original), frozenset(ours), _stale(written, original, ours.get("cy")))


def _stale(written: dict[str, str], original: dict[str, str], welsh: Override | None) -> bool:
    if "cy" not in written:
        return False
    if welsh is None:
        return written["en"] != original["en"]
    return bool(welsh.against) and welsh.against != rules.digest(written["en"])


def _holds(row: Row, words: str) -> bool:
    if not words:
        return True
    return words in row.name.casefold() or any(words in folded(each) for each in row.written.values())


def folded(words: str) -> str:
    """``words`` as they are compared: capitals and curly apostrophes are what keyboards have."""
    return words.casefold().replace("’", "'")
