"""A stand-in for the Eligibility Checking Service, for tests and demonstrations. It knows nobody.

What it answers is made from what it is asked: a National Insurance number that ends in A is eligible, in B
not, any other not found; a code of eleven numbers that begins with 5 is valid for three months from today.
"""

import base64
import json
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .protocol import NAME

USER, PASSWORD = "guildhall", "stand-in"
_LARGEST = 20_000


def outcome_of(question: dict[str, Any], today: date) -> dict[str, str]:
    """What the stand-in says."""
    code = str(question.get("code", ""))
    if code:
        if not (len(code) == 11 and code.isdigit()):
            return {"outcome": "not-found"}
        ends = today + timedelta(days=90)
        days = {"valid_from": str(today), "valid_to": str(ends), "grace_to": str(ends + timedelta(days=60))}
        return {"outcome": "eligible", **days} if code.startswith("5") else {"outcome": "not-eligible"}
    last = str(question.get("national_insurance", ""))[-1:]
    return {"outcome": {"A": "eligible", "B": "not-eligible"}.get(last, "not-found")}


class Answering(BaseHTTPRequestHandler):
    """One request to the stand-in."""

    def do_GET(self) -> None:
        """``/status``."""
        self._answer({"service": NAME, "version": "1"} if self.path == "/status" else None)

    def do_POST(self) -> None:
        """``/checks``."""
        length = min(int(self.headers.get("Content-Length") or 0), _LARGEST)
        question = json.loads(self.rfile.read(length) or b"{}")
        self._answer(outcome_of(question, date.today()) if self.path == "/checks" else None)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: what it is asked names people."""

    def _answer(self, plain: dict[str, str] | None) -> None:
        allowed = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {allowed}":
            self._send(401, {})
        else:
            self._send(200 if plain is not None else 404, plain or {})

    def _send(self, status: int, plain: dict[str, str]) -> None:
        body = json.dumps(plain).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def server(port: int) -> ThreadingHTTPServer:
    """The stand-in, on this machine only; port 0 takes any that is free."""
    return ThreadingHTTPServer(("127.0.0.1", port), Answering)
