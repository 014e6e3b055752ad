"""A real ClamAV daemon with two signatures of our own: EICAR by its hash, and a harmless marker."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from guildhall.foundation.files import clamd

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARKER = b"guildhall-harmless-marker-5f1c0d"
_PROGRAM = shutil.which("clamd") or "/usr/sbin/clamd"


class Scanner:
    """One daemon on a local socket in a folder of its own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gh-clamd-"))
        self.socket = self.folder / "s"
        self._process: subprocess.Popen[bytes] | None = None
        signatures = self.folder / "db"
        signatures.mkdir()
        (signatures / "own.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Own.Eicar\n")
        (signatures / "own.ndb").write_text(f"Own.Marker:0:*:{MARKER.hex()}\n")
        (self.folder / "clamd.conf").write_text(
            f"DatabaseDirectory {signatures}\nLocalSocket {self.socket}\nForeground yes\n"
            f"TemporaryDirectory {self.folder}\nStreamMaxLength 25M\nAlertEncrypted yes\nMaxThreads 2\n"
        )

    def start(self) -> None:
        """Start the daemon and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_PROGRAM, f"--config-file={self.folder / 'clamd.conf'}"], stdout=log, stderr=log
            )
        end = time.monotonic() + 20
        while not clamd.answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        """Kill the daemon without warning."""
        if self._process:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
            self._process = None
        self.socket.unlink(missing_ok=True)

    def freeze(self) -> None:
        """Let the daemon hang: it takes connections and answers nothing."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGCONT)


@pytest.fixture
def scanner(settings: LazySettings) -> Iterator[Scanner]:
    """A running scanner that the portal uses. Skips, saying so, on a machine without ClamAV."""
    if not os.access(_PROGRAM, os.X_OK):
        pytest.skip("NOT TESTED: clamd is not installed (apt-get install clamav-daemon)")
    scanner = Scanner()
    settings.CLAMD = str(scanner.socket)
    try:
        scanner.start()
        yield scanner
    finally:
        scanner.stop()
        shutil.rmtree(scanner.folder, ignore_errors=True)
