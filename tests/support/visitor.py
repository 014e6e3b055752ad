"""A person at a browser without a screen: keeps cookies, and says what came back or that nothing did."""

import http.client
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

TOKEN = "a" * 32
Fields = Mapping[str, str] | Iterable[tuple[str, str]]
Files = Mapping[str, tuple[str, bytes]]


class NoAnswer(Exception):
    """The connection broke before the whole answer was there: nobody knows what happened."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    content: bytes
    process: int = 0

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def field(self, name: str) -> str:
        """The value of the page's hidden or text field ``name``."""
        found = re.search(rf'name="{re.escape(name)}"[^>]*? value="([^"]*)"', self.text)
        assert found, f"no field {name} in {self.text[:2000]}"
        return unescape(found[1])


class Visitor:
    """Not for two threads at once. ``headers`` go with every request."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None, **headers: str) -> None:
        self.port = port
        self.cookies = {"csrf": TOKEN, **(cookies or {})}
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: Fields = (), *, files: Files | None = None, **headers: str) -> Answer:
        """Post a form with the token that every page of the portal carries."""
        pairs = [*(fields.items() if isinstance(fields, Mapping) else fields)]
        pairs.append(("csrfmiddlewaretoken", self.cookies["csrf"]))
        body, kind = _parts(pairs, files) if files else (urlencode(pairs).encode(), _PLAIN)
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._ask("POST", path, body, {"Content-Type": kind} | more)

    def _ask(self, verb: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(verb, path, body or None, {"Cookie": cookie, **self.headers, **headers})
            answer = line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(type(error).__name__) from error
        finally:
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._keep(value)
        return Answer(
            answer.status,
            answer.getheader("Location") or "",
            content,
            int(answer.getheader("X-Process") or 0),
        )

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        if "max-age=0" in cookie.lower():
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value


_PLAIN = "application/x-www-form-urlencoded"


def _parts(pairs: list[tuple[str, str]], files: Files) -> tuple[bytes, str]:
    edge = secrets.token_hex(16)
    said = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for field, (name, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        said.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*said, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
