"""Which SQLite keeps the portal's records, and how it writes them (decision 14)."""

import sys
from contextlib import suppress
from importlib import import_module

ENGINE = "guildhall.config.sqlite"  # Django looks for its ``base``

# The first version of each line in which WAL no longer loses commits.
_SOUND_WAL = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def use_own_library() -> tuple[int, ...]:
    """Let ``import sqlite3`` mean the library that comes with our packages, where they have one; its version.

    Python's own is as old as the machine. There must be only one of them in a process: two would each give up
    the locks of the other. So this comes before anything opens a database.
    """
    with suppress(ImportError):  # no wheel for this kind of machine: Python's own, with the older journal
        sys.modules["sqlite3"] = import_module("pysqlite3")
        sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")
    version: tuple[int, ...] = import_module("sqlite3").sqlite_version_info
    return version


def sound_wal(version: tuple[int, ...]) -> bool:
    """Whether SQLite of this version may be used with WAL."""
    return version >= _SOUND_WAL[0] or any(
        version[:2] == first[:2] and version >= first for first in _SOUND_WAL
    )


def connection_options(version: tuple[int, ...]) -> dict[str, str | int]:
    """What a connection is opened with: the quicker journal only where this version loses nothing by it."""
    journal, synchronous = ("WAL", "FULL") if sound_wal(version) else ("DELETE", "EXTRA")
    pragmas = {"journal_mode": journal, "synchronous": synchronous, "foreign_keys": "ON"}
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": " ".join(f"PRAGMA {name}={value};" for name, value in pragmas.items()),
    }
