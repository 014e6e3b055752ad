"""Starting and stopping the portal's programs, as ./run does."""

import subprocess
import sys
import time
from pathlib import Path

from scripts.serving import end

DEAF = """
import signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
child.wait()
"""


def test_a_program_that_does_not_hear_is_ended_with_its_children():
    program = subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE, start_new_session=True)
    assert program.stdout is not None
    child = int(program.stdout.readline())

    end([program], patience=0.1)

    assert program.returncode is not None
    program.stdout.close()
    assert _goes(child)


def _goes(pid: int) -> bool:
    """Whether the process is over, which the system may take a moment to say."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state in "ZX":
            return True
        time.sleep(0.01)
    return False
