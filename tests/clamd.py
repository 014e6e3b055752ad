"""A real ClamAV daemon with two signatures of our own: EICAR by its hash, and a harmless marker."""

import hashlib
import io
import os
import shutil
import signal
import socket
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
        self._learnt = 0
        self._signatures = signatures = self.folder / "db"
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

    def learn(self, content: bytes = b"") -> None:
        """Newer signatures, one of which finds ``content``; the scanner says from now on that it has them."""
        self._learnt += 1
        if content:
            with (self._signatures / "own.ndb").open("a") as file:
                file.write(f"Own.Learnt{self._learnt}:0:*:{content.hex()}\n")
            self._reload(content)
        clamd._versions.clear()

    def numbered(self, said: str) -> str:
        """The daemon's own answer to VERSION, with a number of signatures, which only signed ones bring."""
        return f"{said}/{27000 + self._learnt}/Sat Nov 21 09:00:00 2026" if said and self._learnt else said

    def _reload(self, content: bytes) -> None:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.socket))
            line.sendall(b"zRELOAD\0")
            line.recv(100)
        end = time.monotonic() + 20
        while not clamd.scan(io.BytesIO(b"before " + content)):
            assert time.monotonic() < end, (self.folder / "log").read_text()
            time.sleep(0.05)

    def freeze(self) -> None:
        """Let the daemon hang: it takes connections and answers nothing."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGCONT)


@pytest.fixture
def scanner(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scanner]:
    """A running scanner that the portal uses. Skips, saying so, on a machine without ClamAV."""
    if not os.access(_PROGRAM, os.X_OK):
        pytest.skip("NOT TESTED: clamd is not installed (apt-get install clamav-daemon)")
    scanner = Scanner()
    settings.CLAMD = str(scanner.socket)
    ask_version = clamd._ask_version
    monkeypatch.setattr(clamd, "_ask_version", lambda: scanner.numbered(ask_version()))
    try:
        scanner.start()
        yield scanner
    finally:
        scanner.stop()
        shutil.rmtree(scanner.folder, ignore_errors=True)
