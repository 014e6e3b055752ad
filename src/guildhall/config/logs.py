"""What the log leaves out."""

import logging

from django.db import InterfaceError, OperationalError


class OneLineForALostDatabase(logging.Filter):
    """While the database is away every request fails alike: one line each, without the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[1] if record.exc_info else None
        if isinstance(fault, (OperationalError, InterfaceError)):
            record.msg, record.args = "%s (the database did not answer)", (record.getMessage(),)
            record.exc_info = record.exc_text = None
        return True
