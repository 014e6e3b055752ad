"""What is known of the request while the audit is written."""

from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Here:
    """``request_id`` ties entries of one request together; ``roles`` are those of the person asking.

    ``kept`` are the verbs that were recorded so far, first one first.
    """

    request_id: str = ""
    roles: frozenset[str] = frozenset()
    kept: list[str] = field(default_factory=list, compare=False)


_here: ContextVar[Here | None] = ContextVar("audit_here", default=None)


def current() -> Here:
    return _here.get() or Here()


def set_here(here: Here | None) -> None:
    _here.set(here)
