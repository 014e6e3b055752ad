"""A form as one readable file, written out and read back in. What is read is not believed."""

import math
from collections.abc import Iterator
from typing import Any

import yaml

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say

from .library_files import read_written
from .sheet import unstorable

MOST_BYTES = 300_000
MOST_DEPTH = 24
MOST_PARTS = 40_000


class BadFile(Refusal):
    """The file is too large, no YAML, or holds what a form cannot have; the message says where."""


# Ends of lines to YAML, which come back as they are only where they are escaped.
_OTHER_BREAKS = frozenset("\x85\u2028\u2029")


class _Dumper(yaml.SafeDumper):
    """Nothing is said by pointing at another place, and long words stand on lines of their own."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _words(dumper: yaml.SafeDumper, said: str) -> yaml.ScalarNode:
    style = '"' if _OTHER_BREAKS & set(said) else "|" if "\n" in said else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", said, style=style)


_Dumper.add_representer(str, _words)


def written(content: Any) -> str:
    """The file of a form with this ``content``; ``read`` gives the same content again."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def read(file: bytes) -> dict[str, Any]:
    """The content in a file that somebody gave. Raises BadFile."""
    if len(file) > MOST_BYTES:
        raise BadFile(say("send.Error_Exchange_Large", most=MOST_BYTES // 1000))
    try:
        words = file.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadFile(say("send.Error_Exchange_Utf8")) from problem
    try:
        _demand_plain(words)
        content = read_written(words)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise _bad(mark, say("send.Error_Exchange_Yaml", problem=problem.problem or "")) from problem
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise BadFile(say("send.Error_Exchange_Yaml", problem=str(problem)[:200])) from problem
    if not isinstance(content, dict) or not _holds_a_form(content):
        raise BadFile(say("send.Error_Exchange_NoForm"))
    return content


def lines_in(file: bytes) -> dict[tuple[str, str], int]:
    """The line on which each group and question of a file that could be read begins.

    Those without key or code are found by their place, from 1. Under the group "" is what is the form's: "",
    its keys, and whatever is given twice (a key, number, code or identity) with the line of the second.
    """
    root = yaml.compose(file.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)  # else it could not be read as a form
    found: dict[tuple[str, str], int] = {("", ""): root.start_mark.line + 1}
    found |= {("", str(name.value)): name.start_mark.line + 1 for name, _ in root.value}
    seen: set[tuple[str, str]] = set()
    for count, group in enumerate(_rows(root, "groups"), 1):
        key = _value(group, "key") or str(count)
        found.setdefault((key, ""), group.start_mark.line + 1)
        _note_twice(group, ("key", "number"), seen, found)
        for place, question in enumerate(_rows(group, "questions"), 1):
            found.setdefault((key, _value(question, "code") or str(place)), question.start_mark.line + 1)
            _note_twice(question, ("code", "identity"), seen, found)
    return found


def _note_twice(
    row: yaml.MappingNode,
    names: tuple[str, ...],
    seen: set[tuple[str, str]],
    found: dict[tuple[str, str], int],
) -> None:
    for name in names:
        value = _value(row, name)
        if value and (name, value) in seen:
            found.setdefault(("", value), row.start_mark.line + 1)
        seen.add((name, value))


def _demand_plain(words: str) -> None:
    """No aliases, no tags, not too deep: before anything is built of it. Raises BadFile."""
    depth = 0
    for count, event in enumerate(yaml.parse(words, Loader=yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise _bad(event.start_mark, say("send.Error_Exchange_Alias"))
        if getattr(event, "tag", None):
            raise _bad(event.start_mark, say("send.Error_Exchange_Tag"))
        if depth > MOST_DEPTH or count > MOST_PARTS:
            raise _bad(event.start_mark, say("send.Error_Exchange_Deep"))


def _bad(mark: Any, message: str) -> BadFile:
    return BadFile(say("send.Error_Exchange_Line", line=mark.line + 1, message=message) if mark else message)


def _holds_a_form(value: Any) -> bool:
    """Whether everything in it can be kept: words, numbers, lists and mappings of words."""
    match value:
        case dict():
            return all(isinstance(key, str) and _holds_a_form(key) for key in value) and all(
                map(_holds_a_form, value.values())
            )
        case list():
            return all(map(_holds_a_form, value))
        case str():
            return not unstorable(value)
        case float():
            return math.isfinite(value)
        case _:
            return value is None or isinstance(value, (bool, int))


def _rows(node: Any, key: str) -> Iterator[yaml.MappingNode]:
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key and isinstance(value, yaml.SequenceNode):
            yield from (row for row in value.value if isinstance(row, yaml.MappingNode))


def _value(node: yaml.MappingNode, key: str) -> str:
    return next((str(value.value) for name, value in node.value if name.value == key), "")
