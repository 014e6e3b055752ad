"""Every field on every page says what it is for: reaching it, by mouse or keyboard, shows a tooltip."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from ..security.crawling import everywhere
from .world import the_world

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]

# Which controls say nothing of their own: the route, how their name begins, and why.
NEEDLESS = {
    "filling:step: q-": "the author of a form writes their tooltips; the forms of these tests have none",
    "filling:row: q-": "as on the steps of the form",
    "building:preview-step: q-": "as on the steps of the form",
    "administration:groups: tick": "every row of the table says what its boxes allow",
    "batches:run: pair": "chooses a row of the table, whose column says so",
    "building:selector: at": "picks a line for the actions, which are explained above the lists",
    "building:selector: bank": "picks a line, as above",
}
NO_FIELDS = {"hidden", "submit", "button", "image", "reset"}
EMPTY = {"base", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"}


class Fields(HTMLParser):
    """The visible controls of a page, each with the form groups that it stands in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._open: list[tuple[str, int | None]] = []
        self._groups = 0
        self._found: list[tuple[str, set[int]]] = []
        self._explained: set[int] = set()
        self.feed(page)

    def without_tooltip(self) -> Iterator[str]:
        """The names of the controls for which the kit's script shows nothing."""
        return (name for name, groups in self._found if not groups & self._explained)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        within = [group for _, group in self._open if group is not None]
        if "data-tooltip" in said:
            self._explained.add(within[-1])
        if tag in {"select", "textarea", "input"} and _is_field(said):
            self._found.append((said.get("name") or said.get("id") or "", set(within)))
        if tag not in EMPTY:
            is_group = "govuk-form-group" in (said.get("class") or "").split()
            self._groups += 1
            self._open.append((tag, self._groups if is_group else None))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass


def _is_field(said: dict[str, str | None]) -> bool:
    return said.get("type") not in NO_FIELDS and "hidden" not in said


@pytest.mark.req("SP-058")
@pytest.mark.parametrize(
    "persona",
    ["anonymous", "parent A", "professional", "send officer", "administrator", "school supervisor"],
)
def test_every_field_of_every_page_has_a_tooltip(persona: str) -> None:
    bare = {
        field
        for answer in everywhere(the_world(), persona)
        if answer.response.status_code == 200 and "text/html" in answer.response.get("Content-Type", "")
        for name in Fields(answer.text).without_tooltip()
        if not (field := f"{answer.name}: {name}").startswith(tuple(NEEDLESS))
    }
    assert sorted(bare) == []
