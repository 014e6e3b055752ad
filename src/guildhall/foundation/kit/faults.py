"""Named places where the fault tests make the program fail.

``GUILDHALL_FAULT=<point>:<raise|exit|sleep[=seconds]>`` arms one point of one process; unset, a point
does nothing.
"""

import os
import time


class InjectedFault(Exception):
    """Raised by an armed fault point."""


_POINT, _, _KIND = os.environ.get("GUILDHALL_FAULT", "").partition(":")


def fault_point(name: str) -> None:
    """Fail here when the environment armed ``name``."""
    if not _POINT or name != _POINT:
        return
    if _KIND == "exit":
        os._exit(137)
    if _KIND.startswith("sleep"):
        time.sleep(float(_KIND.partition("=")[2] or 30))
        return
    raise InjectedFault(name)
