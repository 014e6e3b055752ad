"""What the web server's own log leaves out. Imports nothing: the server reads it before the program."""

import logging


class WithoutAdviceOnThreads(logging.Filter):
    """The server advises fewer threads than we mean: they wait, one at a time runs (decision 8)."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "Python threads, which seems quite high" not in record.getMessage()
