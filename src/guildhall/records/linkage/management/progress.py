"""What a command that compares large files is at, told as errors are: the answer stays for a machine."""

import sys

from django.utils import timezone

MANY = 100_000


def tell(words: str, *, rows: int) -> None:
    """Say ``words`` with the time, where there are so many rows that somebody waits."""
    if rows >= MANY:
        sys.stderr.write(f"{timezone.localtime():%H:%M:%S} {words}\n")
        sys.stderr.flush()
