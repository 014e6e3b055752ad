"""Starting the directory for tests, and being one of its people in front of it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from scripts.postgres import free_port

from .serve import PASSWORD

ROOT = Path(__file__).parents[3]


class Directory:
    """The running directory at ``url``."""

    def __init__(self, url: str) -> None:
        self.url = url

    def sign_in(self, name: str, address: str) -> dict[str, str]:
        """Follow ``address`` as the person ``name`` and return what the browser brings back to us."""
        with httpx.Client(timeout=20, trust_env=False) as web:
            page = web.get(address)
            page = web.get(urljoin(str(page.url), page.headers["location"]))
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
            form = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""}
            reply = web.post(str(page.url), data=form, headers={"Referer": str(page.url)})
            while urlsplit(location := reply.headers["location"]).hostname in {
                None,
                "127.0.0.1",
                "localhost",
            }:
                if "/account/sign-in/directory/" in location:
                    break
                reply = web.get(urljoin(str(reply.url), location))
        return dict(parse_qsl(urlsplit(location).query))


@contextmanager
def running(folder: Path, *, redirects: list[str]) -> Iterator[Directory]:
    """The directory, in a process of its own, until the end of the block."""
    port = free_port()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.support.directory.settings",
        "DIRECTORY_DATABASE": str(folder / "directory.sqlite3"),
        "DIRECTORY_KEY": key.decode(),
    }
    log = folder / "directory.log"
    command = [sys.executable, "-W", "ignore", "-m", "tests.support.directory.serve", str(port), *redirects]
    with log.open("wb") as written:
        program = subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=written, stderr=written)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, program, log)
        yield Directory(url)
    finally:
        program.terminate()
        program.wait(timeout=15)


def _wait(url: str, program: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and program.poll() is None:
        try:
            httpx.get(
                f"{url}/.well-known/openid-configuration", timeout=2, trust_env=False
            ).raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.1)
        except httpx.HTTPStatusError:
            break
    raise RuntimeError(log.read_text(errors="replace")[-3000:])
