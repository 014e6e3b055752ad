"""The log says what is wrong, not a hundred times over."""

import logging
import sys

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
