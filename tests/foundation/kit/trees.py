"""HTML as trees that can be compared: tags, attributes in any order, text without needless space."""

from html.parser import HTMLParser
from typing import Any

_EMPTY = {"input", "br", "hr", "img", "meta", "link", "path"}


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Any] = ["root", {}, []]
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = [tag, {name: _value(name, value) for name, value in attrs}, []]
        self.open[-1][2].append(node)
        if tag not in _EMPTY:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1][2].append([tag, {name: _value(name, value) for name, value in attrs}, []])

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        while self.open[-1][0] != tag:
            self.open.pop()
        self.open.pop()

    def handle_data(self, data: str) -> None:
        content = self.open[-1][2]
        if words := " ".join(data.split()):
            if content and isinstance(content[-1], str):
                content[-1] += f" {words}"
            else:
                content.append(words)


def _value(name: str, value: str | None) -> str:
    if name == "class":
        return " ".join(sorted((value or "").split()))
    return " ".join((value or "").split())


def tree(html: str) -> list[Any]:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root[2]
