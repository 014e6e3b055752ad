"""Asking ClamAV's daemon about a file, by its INSTREAM command over TCP or a local socket."""

import socket
import struct
import time
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

TIMEOUT_SECONDS = 60.0
CONNECT_SECONDS = 5.0
VERSION_KEPT_SECONDS = 60.0
_PIECE = 64 * 1024
# What each scanner said of itself, and when (monotonic seconds).
_versions: dict[str, tuple[float, str]] = {}


class ScannerDown(Exception):
    """The scanner cannot be reached, or does not answer in time."""


class ScanFailed(Exception):
    """The scanner gave no verdict about this file."""


def scan(file: BinaryIO) -> str:
    """The name of what was found in ``file``, or "" when the scanner said in so many words that it is clean.

    Raises ScannerDown and ScanFailed; neither says anything about the file.
    """
    with _connected() as line:
        try:
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE):
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            return _verdict(_answer(line))
        except TimeoutError as error:
            raise ScannerDown("no answer in time") from error
        except OSError as error:
            raise ScanFailed(str(error)) from error


def answers() -> bool:
    """Whether there is a scanner and it answers."""
    try:
        with _connected() as line:
            line.settimeout(CONNECT_SECONDS)
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except (ScannerDown, ScanFailed, OSError):
        return False


def version() -> str:
    """What the scanner says of itself and its signatures; "" when it does not answer. Kept for a minute."""
    asked_at, said = _versions.get(settings.CLAMD, (float("-inf"), ""))
    if time.monotonic() - asked_at < VERSION_KEPT_SECONDS:
        return said
    said = _ask_version()
    if said:
        _versions[settings.CLAMD] = (time.monotonic(), said)
    return said


def _ask_version() -> str:
    try:
        with _connected() as line:
            line.settimeout(CONNECT_SECONDS)
            line.sendall(b"zVERSION\0")
            said = _answer(line)
    except (ScannerDown, ScanFailed, OSError):
        return ""
    return said[:120] if said.startswith("ClamAV ") else ""


def _connected() -> socket.socket:
    where = settings.CLAMD
    if not where:
        raise ScannerDown("no scanner is set up")
    local = "/" in where
    line = socket.socket(socket.AF_UNIX if local else socket.AF_INET, socket.SOCK_STREAM)
    line.settimeout(CONNECT_SECONDS)
    try:
        line.connect(str(Path(where)) if local else _host_and_port(where))
    except OSError as error:
        line.close()
        raise ScannerDown(str(error)) from error
    line.settimeout(TIMEOUT_SECONDS)
    return line


def _host_and_port(where: str) -> tuple[str, int]:
    host, _, port = where.rpartition(":")
    return host, int(port)


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < 4096 and (piece := line.recv(4096)):
        said += piece
    if not said.endswith(b"\0"):
        raise ScanFailed("the answer broke off")
    return said[:-1].decode(errors="replace")


def _verdict(said: str) -> str:
    if said == "stream: OK":
        return ""
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScanFailed(said)
