"""Reading the files that hold definitions."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LIBRARY = Path(__file__).parent / "library"
_LONGEST = 2_000_000


class UnreadableFile(Exception):
    """The file is not YAML, says a key twice, or is too large; the message says where."""


class _AsExpected(yaml.constructor.SafeConstructor, yaml.resolver.Resolver):
    """YAML as people expect it: ``yes`` and ``2019-09-01`` are words, and a key is said once."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in resolvers if not tag.endswith((":bool", ":timestamp"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key_node.value!r} is given twice", key_node.start_mark
                )
            seen.add(str(key_node.value))
        self.flatten_mapping(node)
        return super().construct_mapping(node, deep=deep)


_AsExpected.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


class _Loader(_AsExpected, yaml.SafeLoader):
    """For what anybody may send: nesting without end is an error, not the end of the process."""


class _QuickLoader(_AsExpected, yaml.CSafeLoader):
    """For the portal's own files."""


def read_definition(path: Path) -> Any:
    """The plain definition in ``path``. Raises UnreadableFile."""
    try:
        written = path.read_text(encoding="utf-8")
        if len(written) > _LONGEST:
            raise UnreadableFile(f"{path}: longer than {_LONGEST} characters")
        return yaml.load(written, Loader=_QuickLoader if path.parent == LIBRARY else _Loader)  # noqa: S506
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as problem:
        raise UnreadableFile(f"{path}: {problem}") from problem


@cache
def library_definition(path: Path) -> Any:
    """What ``read_definition`` says of one of the portal's own files, read once. Not to be changed."""
    return read_definition(path)


def read_written(words: str) -> Any:
    """The plain content of a file that says ``words``. Raises yaml.YAMLError, ValueError, RecursionError."""
    return yaml.load(words, Loader=_Loader)  # noqa: S506


def library_paths() -> list[Path]:
    """The definition files that come with the portal, in the order of their names."""
    return sorted(LIBRARY.glob("*.yaml"))
