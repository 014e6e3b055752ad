"""A PostgreSQL server of our own, in a folder of its own, for tests and measurements."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from scripts.setup import find_program


class Postgres:
    """A cluster that can be started, stopped hard and started again. Trusts local connections."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guildhall-pg-"))
        self.port = free_port()
        self._user = _user()
        if self._user:
            shutil.chown(self.folder, self._user)
        self._do(
            "initdb",
            "-D",
            self.folder / "db",
            "-U",
            "guildhall",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        with (self.folder / "db" / "postgresql.conf").open("a") as settings:
            settings.write(
                f"\nport={self.port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories='{self.folder}'\n"
                "max_connections=60\nshared_buffers=256MB\n"
            )

    @property
    def url(self) -> str:
        return f"postgres://guildhall@127.0.0.1:{self.port}/guildhall"

    def start(self) -> "Postgres":
        self._do("pg_ctl", "-D", self.folder / "db", "-l", self.folder / "log", "-w", "-t", "30", "start")
        return self

    def create(self, name: str = "guildhall") -> "Postgres":
        self._do("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "guildhall", name)
        return self

    def stop(self, mode: str = "fast") -> None:
        self._do("pg_ctl", "-D", self.folder / "db", "-m", mode, "-w", "stop")

    def remove(self) -> None:
        try:
            self.stop("immediate")
        except subprocess.CalledProcessError:
            time.sleep(0)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _do(self, program: str, *arguments: object) -> None:
        path = find_program(program)
        if path is None:
            raise FileNotFoundError(f"{program} is not installed (Debian package postgresql)")
        command = [path, *(str(argument) for argument in arguments)]
        if self._user:
            command = ["setpriv", "--reuid", self._user, "--regid", self._user, "--clear-groups", *command]
        subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd="/",
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )


def _user() -> str | None:
    """The account that runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root and there is no other account for it")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
