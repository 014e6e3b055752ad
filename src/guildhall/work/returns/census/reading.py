"""Reading a census file a piece at a time, so that memory does not grow with it.

A piece is about 1 MiB and ends where a pupil ends. What is open there is closed, and opened again before the
next piece, so that every piece is well-formed exactly when the file is. A file that cannot be cut like this
(another encoding, a comment that holds the end of a pupil) is read as one stream instead, which is slower.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from .findings import Unreadable
from .shape import APPEALS, APPEALS_OF, HEAD, OFF_ROLL, ON_ROLL, PUPIL, TABLES, Table

PIECE = 1024 * 1024  # libxml2 counts no more than 65,535 lines of a document
_ENDS = {tag: f"</{tag}>".encode() for tag in (ON_ROLL, OFF_ROLL)}
_AROUND = {ON_ROLL: "PupilsOnRoll", OFF_ROLL: "PupilsNoLongerOnRoll"}
_ROOT = re.compile(rb"<(?![?!])([A-Za-z_][\w.:-]*)")
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w-]+)[\"']")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_LINES, _FURTHEST = 64 * 1024, 65_535


class CannotCut(Exception):
    """A piece is not well-formed by itself: read the file as one stream."""


@dataclass
class Piece:
    """Some of the file, as XML by itself. ``line`` is how many lines of the file come before its first."""

    content: bytes
    line: int


@dataclass
class Rows:
    """Records of a piece, as rows of the columns of their table; a group's begin with their pupil's number.

    ``head`` has what stands before the pupils, in the first piece alone.
    """

    head: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[list[Any]]] = field(default_factory=lambda: {table.name: [] for table in TABLES})

    def __len__(self) -> int:
        return len(self.tables["pupil"])


def pieces_of(file: IO[bytes]) -> Iterator[Piece]:
    """The file cut into pieces. Raises Unreadable for what is no XML, or has a document type."""
    left = file.read(PIECE)
    root, declared = _beginning(left)
    before, lines, more = b"", 0, True
    while more:
        read = file.read(PIECE)
        more = bool(read)
        left += read if more else b""
        found = {tag: left.rfind(end) for tag, end in _ENDS.items()} if more else {}
        last = max(found, key=lambda tag: found[tag]) if found else ""
        if more and found[last] < 0:
            continue
        end = found[last] + len(_ENDS[last]) if more else len(left)
        content, left = left[:end], left[end:]
        around = _AROUND.get(last, "")
        after = f"</{around}></Pupils></{root}>".encode() if more else b""
        # The opening tags of a later piece stand on its first line, so lines go on being counted right.
        yield Piece(before + content + after, lines)
        lines += content.count(b"\n")
        before = declared + f"<{root}><Pupils><{around}>".encode()


def _beginning(content: bytes) -> tuple[str, bytes]:
    """The name of the root, and the declaration of the encoding, if there is one."""
    if _DOCTYPE.search(content[:_LINES]):
        raise Unreadable("doctype")
    root = _ROOT.search(content[:_LINES])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or root is None:
        if b"<" not in content:
            raise Unreadable("xml")
        raise CannotCut
    found = _DECLARED.match(content)
    return root[1].decode(), b'<?xml version="1.0" encoding="' + found[1] + b'"?>' if found else b""


def rows_of(piece: Piece, *, number: int) -> Rows:
    """The records of a piece; pupils are numbered from ``number``. Raises CannotCut."""
    try:
        root = etree.fromstring(piece.content, _parser())
    except etree.XMLSyntaxError as problem:
        raise CannotCut from problem
    if root.tag.startswith("{"):
        raise CannotCut
    rows = Rows()
    if number == 1 and piece.line == 0:
        rows.head = head_of(root)
    for tag in (ON_ROLL, OFF_ROLL):
        for pupil in root.iter(tag):
            take(pupil, rows, number + len(rows), pupil.sourceline + piece.line)
    return rows


def _line(pupil: Any) -> int:
    """The line on which a pupil begins, 0 where libxml2 counts no further."""
    return pupil.sourceline if pupil.sourceline < _FURTHEST else 0


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def streamed(file: IO[bytes], *, at_once: int = 3_000) -> Iterator[Rows]:
    """The records of a file that cannot be cut, some at a time. Raises Unreadable."""
    rows, number, head = Rows(), 1, False
    events = etree.iterparse(
        file, events=("end",), tag=("{*}" + ON_ROLL, "{*}" + OFF_ROLL), resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        collect_ids=False,
    )  # fmt: skip
    try:
        for _event, pupil in events:
            if not head:
                rows.head, head = head_of(pupil.getroottree().getroot()), True
            take(pupil, rows, number, _line(pupil))
            number += 1
            _forget(pupil)
            if len(rows) == at_once:
                yield rows
                rows = Rows()
    except etree.XMLSyntaxError as problem:
        raise Unreadable("broken", problem.lineno or 0) from problem
    if events.root is not None and events.root.getroottree().docinfo.doctype:
        raise Unreadable("doctype")
    if not head and events.root is not None:
        rows.head = head_of(events.root)
    yield rows


def _forget(pupil: Any) -> None:
    pupil.clear()
    while (before := pupil.getprevious()) is not None:
        pupil.getparent().remove(before)


def head_of(root: Any) -> dict[str, str]:
    """What the header and the school's part say: column → text, with ``school`` when there is such a part."""
    found: dict[str, str] = {"root": etree.QName(root).localname}
    staff = 0
    for one in root.iter(etree.Element):
        tag = etree.QName(one).localname
        if tag in (ON_ROLL, OFF_ROLL):
            break
        if tag == "School":
            found["school"] = "1"
        staff += tag == "StaffDetails"
        if len(one):
            continue
        text = (one.text or "").strip()
        if tag in APPEALS:
            _appeal(one, tag, text, found)
        elif text and (column := HEAD.get(tag)):
            found.setdefault(column, text)
    return found | {"staff": str(staff)}


def _appeal(one: Any, tag: str, text: str, found: dict[str, str]) -> None:
    for above in one.iterancestors():
        for begins, kind in APPEALS_OF.items():
            if etree.QName(above).localname.startswith(begins):
                found.setdefault(f"{kind}_{APPEALS[tag]}", text)
                return


class _Group:
    """A group of records below a pupil: its table, and where its tags go."""

    def __init__(self, table: Table) -> None:
        self.name = table.name
        self.width = len(table.columns)
        self.places = {tag: table.columns.index(column) for tag, column in table.tags.items()}


Places = dict[str, Any]


def _places(table: Table, columns: list[str]) -> Places:
    places: Places = {tag: columns.index(column) for tag, column in table.tags.items()}
    places |= {tag: _Group(group) for tag, group in table.groups.items()}
    return places | {tag: _places(inner, columns) for tag, inner in table.inner.items()}


_PLACES = _places(PUPIL, PUPIL.columns)
_WIDTH = len(PUPIL.columns)
FIRST = ["record", "line", "on_roll"]
"""The columns of a pupil before its own."""


def take(pupil: Any, rows: Rows, number: int, line: int) -> None:
    """Put a pupil and what is below it into ``rows``."""
    row: list[Any] = [None] * _WIDTH
    _walk(pupil, _PLACES, row, rows.tables, number)
    rows.tables["pupil"].append([number, line, pupil.tag.endswith(ON_ROLL), *row])


def _walk(node: Any, places: Places, row: list[Any], tables: dict[str, list[list[Any]]], number: int) -> None:
    for child in node:
        tag = child.tag
        if tag[0] == "{":
            tag = tag.rpartition("}")[2]
        place = places.get(tag)
        if place.__class__ is int:
            row[place] = child.text
        elif place is None:
            if len(child):
                _walk(child, places, row, tables, number)
        elif place.__class__ is dict:
            _walk(child, place, row, tables, number)
        else:
            _take_group(child, place, tables, number)


def _take_group(node: Any, group: _Group, tables: dict[str, list[list[Any]]], number: int) -> None:
    row: list[Any] = [None] * (group.width + 1)
    row[0] = number
    for child in node.iterdescendants():
        place = group.places.get(child.tag if child.tag[0] != "{" else child.tag.rpartition("}")[2])
        if place is not None:
            row[place + 1] = child.text
    tables[group.name].append(row)
