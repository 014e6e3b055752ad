"""A real mail server for the tests, which answers as the test wants."""

import asyncio
import email
import socket
import ssl
import subprocess
import tempfile
from collections import Counter
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Server:
    """``mode``: ok, 4xx, 5xx or hang. ``received`` holds what was accepted, ``asked`` how often each mode
    met a letter. It keeps its port.

    It always refuses addresses that start with "refused".
    """

    def __init__(self) -> None:
        self.mode = "ok"
        self.received: list[EmailMessage] = []
        self.asked = Counter[str]()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self, *, starttls: bool = False) -> None:
        """Listen; with ``starttls`` offer encryption under a certificate that nobody vouches for."""
        more: dict[str, Any] = {"tls_context": _own_certificate()} if starttls else {}
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **more)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(
        self, _smtp: SMTP, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        self.asked[self.mode] += 1
        if self.mode == "hang":
            await asyncio.sleep(5)
        if self.mode == "4xx":
            return "451 try again later"
        if self.mode == "5xx" or to.startswith("refused"):
            return "550 no such person"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _smtp: SMTP, _session: Session, envelope: Envelope) -> str:
        message = email.message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 taken"


def _own_certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = Path(folder) / "key", Path(folder) / "certificate"
        words = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ]
        files = ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=127.0.0.1"]
        subprocess.run([*words, *files], check=True, capture_output=True)
        context.load_cert_chain(certificate, key)
    return context
