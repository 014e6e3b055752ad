"""The web server's command, the same for ./run, tests and measurements."""

import os
import signal
import subprocess
from collections.abc import Sequence

from scripts.setup import ROOT, VENV

# A process answers one page at a time whatever it has (decision 8): the others are for those who wait while
# a password is worked out, SIGN_INS_WAITING of them, and the rest for everybody else.
THREADS = 6

# The 32 MiB of a hash go back at once, where glibc would keep them in each process; and they come in large
# pages, without which handing them out anew takes half as long as the hash itself.
MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(4 * 1024 * 1024),
    "MALLOC_ARENA_MAX": "2",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


def web_server(port: int, *, processes: int, threads: int = THREADS) -> list[str]:
    """The command that serves the portal on ``port`` of this machine."""
    return [
        *(str(VENV / "bin" / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--respawn-interval", "0.1", "--log-level", "warning"),
        *("--log-config", str(ROOT / "src/guildhall/config/server_log.json")),
        "guildhall.config.wsgi:application",
    ]


def end(programs: Sequence["subprocess.Popen[bytes]"], *, patience: float = 15) -> None:
    """End programs that lead a session of their own, gently first; who is deaf takes its children along.

    A server that is told to stop while it is still starting may not hear it.
    """
    for program in programs:
        _tell(program, signal.SIGTERM)
    for program in programs:
        try:
            program.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            _tell(program, signal.SIGKILL)
            program.wait()


def _tell(program: "subprocess.Popen[bytes]", number: int) -> None:
    try:
        os.killpg(program.pid, number)
    except ProcessLookupError:
        return
