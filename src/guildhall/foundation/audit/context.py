"""What is known of the request while the audit is written."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Here:
    """``request_id`` ties entries of one request together; ``roles`` are those of the person asking."""

    request_id: str = ""
    roles: frozenset[str] = frozenset()


_NOWHERE = Here()
_here: ContextVar[Here] = ContextVar("audit_here", default=_NOWHERE)


def current() -> Here:
    return _here.get()


def set_here(here: Here) -> None:
    _here.set(here)
