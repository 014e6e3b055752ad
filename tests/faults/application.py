"""The portal's web program, for fault runs.

Every answer says in ``X-Process`` which process gave it. A request can arm one fault point with ``X-Fault``:
``intake.begin:exit`` does to the process that answers what GUILDHALL_FAULT would do to a whole program.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from guildhall.config.wsgi import application as portal
from guildhall.foundation.kit import faults


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    faults._POINT, _, faults._KIND = environ.get("HTTP_X_FAULT", "").partition(":")

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))], *more)

    return portal(environ, start)
