"""One transaction for a service and those it calls, without a savepoint for each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.db import transaction

Given = ParamSpec("Given")
Result = TypeVar("Result")


def joined(service: Callable[Given, Result]) -> Callable[Given, Result]:
    """``service`` as part of its caller's transaction, or in one of its own where there is none.

    For what many pages do and what refuses before it writes: a savepoint would be two statements for nothing.
    """
    return _one_transaction()(service)


@contextmanager
def _one_transaction() -> Iterator[None]:
    if transaction.get_connection().in_atomic_block:
        yield
    else:
        with transaction.atomic():
            yield
