"""The real portal in real processes, for browser journeys, fault runs and measurements."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from copy import copy
from pathlib import Path

from scripts.postgres import free_port
from scripts.serving import MEMORY, THREADS, end, web_server
from scripts.setup import PYTHON, ROOT, environment


class PortalDown(Exception):
    """The portal did not answer in time; the message ends with its log."""


class Portal:
    """Web processes and workers over one data folder and one database.

    ``database`` is a URL, or empty for SQLite in ``data``. Nothing runs before ``start``.
    """

    def __init__(
        self, data: Path, *, database: str = "", demo: bool = False, port: int | None = None, **more: str
    ) -> None:
        self.data = data
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "portal.log"
        self.web: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []
        data.mkdir(parents=True, exist_ok=True)
        self._own = {
            "GUILDHALL_DATA": str(data),
            "GUILDHALL_SITE_URL": self.url,
            "GUILDHALL_ALSO_HOSTS": "127.0.0.1,localhost",
            "GUILDHALL_DEMO": "1" if demo else "0",
            "GUILDHALL_SECRET_KEY": "a key for tests and measurements, on one machine only, of nobody's use",
        } | ({"GUILDHALL_DATABASE": database} if database else {})
        self._own |= {f"GUILDHALL_{name}": value for name, value in more.items()}

    def beside(self, *, processes: int) -> "Portal":
        """A second server over the same data and database, at a port of its own."""
        other = copy(self)
        other.port, other.workers = free_port(), []
        other.url = f"http://127.0.0.1:{other.port}"
        other.start_web(processes=processes)
        return other

    @property
    def environment(self) -> dict[str, str]:
        return environment(**self._own)

    def command(self, *arguments: str, **more: str) -> str:
        """Run a management command to its end and return what it printed. Raises on failure."""
        done = subprocess.run(
            [PYTHON, "-m", "django", *arguments],
            cwd=ROOT,
            env=self.environment | more,
            text=True,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments} failed:\n{done.stderr[-3000:]}")
        return done.stdout

    def python(self, module: str, *arguments: str, **more: str) -> str:
        """Run one of our own modules (``python -m``) beside the portal and return what it printed."""
        done = subprocess.run(
            [PYTHON, "-W", "ignore", "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment | more,
            text=True,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{module} failed:\n{done.stderr[-3000:]}")
        return done.stdout

    def start(self, *, processes: int = 1, workers: int = 1, threads: int = THREADS) -> "Portal":
        self.start_web(processes=processes, threads=threads)
        for _ in range(workers):
            self.start_worker()
        return self

    def start_web(self, *, processes: int = 1, threads: int = THREADS, **more: str) -> None:
        server = web_server(self.port, processes=processes, threads=threads)
        self.web = self._spawn(server, MEMORY | more)
        self.wait()

    def start_worker(self, **more: str) -> subprocess.Popen[bytes]:
        worker = self._spawn([PYTHON, "-m", "django", "worker"], more)
        self.workers.append(worker)
        return worker

    def _spawn(self, command: Sequence[object], more: dict[str, str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=self.environment | more,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self, path: str = "/healthz", seconds: float = 120) -> None:
        """Return when the portal answers 200 at ``path``; PortalDown after ``seconds``."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(self.url + path, timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise PortalDown(self.log.read_text(errors="replace")[-3000:])

    def web_processes(self) -> list[int]:
        """The process ids of the web workers (children of the server), oldest first."""
        if self.web is None:
            return []
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        return sorted(int(pid) for pid in children.read_text().split())

    def stop(self) -> None:
        """End everything, gently first."""
        end([*self.workers, *([self.web] if self.web else [])])
        self.web, self.workers = None, []
