"""What a row of a loading would do, as far as it is the same in every room."""

from dataclasses import dataclass, field


@dataclass
class Staged:
    """A row: its number in the file, what was typed, and what it would do.

    ``state`` is "new", "wrong" where there are ``problems``, or what else a room knows.
    """

    number: int
    typed: dict[str, str]
    problems: list[str] = field(default_factory=list, kw_only=True)
    state: str = field(default="new", kw_only=True)
