"""Several threads that do something at the same moment, on a real database with real commits.

A test module imports both names; its tests are marked ``django_db(transaction=True)``.
"""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

Answer = TypeVar("Answer")


@pytest.fixture(autouse=True)
def a_database_of_its_own(tmp_path: Path) -> Iterator[None]:
    """Threads cannot share SQLite's database in memory as they share a file, so it is written to one."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    path = str(tmp_path / "at-once.sqlite3")
    with closing(sqlite3.connect(path)) as file:
        memory.backup(file)
    connection.connection, connection.settings_dict["NAME"] = None, path
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


def together(threads: int, work: Callable[[int], Answer]) -> list[Answer]:
    """Run ``work(number)`` in several threads that start at the same moment; what each returned."""
    barrier = Barrier(threads)

    def one(number: int) -> Answer:
        try:
            barrier.wait(timeout=20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))
