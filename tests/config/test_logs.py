"""The log says what is wrong, not a hundred times over."""

import logging
import sys
from pathlib import Path

import pytest
import structlog
from django.db import OperationalError

from guildhall.config.logs import OneLineForALostDatabase


def _record(fault):
    try:
        raise fault
    except type(fault):
        return logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "Internal Server Error: %s", ("/home",), sys.exc_info()
        )


def test_a_lost_database_is_one_line():
    record = _record(OperationalError("server closed the connection"))

    assert OneLineForALostDatabase().filter(record)
    assert logging.Formatter().format(record) == "Internal Server Error: /home (the database did not answer)"


def test_a_fault_of_ours_keeps_its_traceback():
    record = _record(ValueError("ours"))

    assert OneLineForALostDatabase().filter(record)
    assert "ValueError: ours" in logging.Formatter().format(record)


def test_which_refusal_of_the_database_it_was_is_told():
    refused = OperationalError("deadlock detected")
    refused.__cause__ = type("Cause", (Exception,), {"sqlstate": "40P01"})()
    record = _record(refused)

    assert OneLineForALostDatabase().filter(record)
    assert logging.Formatter().format(record).endswith("(the database did not answer: 40P01)")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_line_that_the_full_disk_of_the_log_does_not_take_disturbs_nobody(monkeypatch):
    with Path("/dev/full").open("w", buffering=1) as full:
        monkeypatch.setattr(sys, "stdout", full)
        structlog.get_logger("of a page").warning("audit.spooled", database="OperationalError")
        monkeypatch.undo()
        with pytest.raises(OSError, match="No space"):
            full.close()
