"""How long the portal waits for PostgreSQL, where nobody says otherwise in the address of the database."""

from collections.abc import Mapping
from typing import Any

# A process answers one page at a time (decision 8): whoever waits without an end, for a server that has gone
# without a word or for a row that a forgotten session holds, keeps everybody of the process waiting.
WAITS: Mapping[str, Any] = {
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds in which what was sent has to arrive
    # Longer than a deadlock takes to be found; a unit of work is tried again after it (F24).
    "options": "-c lock_timeout=10s",
}


def connection_options(own: Mapping[str, Any]) -> dict[str, Any]:
    """What a connection is opened with. ``own`` comes from the address, and goes before."""
    return {**WAITS, **own}
