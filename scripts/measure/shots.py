"""Firing requests and reading what they cost: CPU of the server's process tree per request."""

import http.client
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Request:
    """One request to fire: ``expect`` lists the statuses that count as right."""

    method: str
    path: str
    cookie: str = ""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    expect: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Shot:
    """What one burst of requests showed. CPU and times are in seconds."""

    count: int
    wall: float
    cpu: float
    times: tuple[float, ...]

    @property
    def cpu_each(self) -> float:
        return self.cpu / self.count

    @property
    def rate(self) -> float:
        return self.count / self.wall

    def quantile(self, share: float) -> float:
        return sorted(self.times)[min(self.count - 1, int(self.count * share))]


class WrongAnswer(Exception):
    """A measured request was not answered as it should be, so its time means nothing."""


def tree(pid: int) -> list[int]:
    """``pid`` and all its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += tree(int(child))
    return found


def cpu_of(pids: Sequence[int]) -> float:
    """CPU seconds that the processes have used so far."""
    used = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        used += int(fields[11]) + int(fields[12])
    return used / _TICK


def memory_of(pids: Sequence[int]) -> int:
    """Resident bytes of the processes together."""
    pages = 0
    for pid in pids:
        pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def fire(port: int, pid: int, requests: Sequence[Request], *, at_once: int = 1) -> Shot:
    """Send ``requests`` over ``at_once`` connections to the server whose process tree starts at ``pid``."""
    parts = [requests[number::at_once] for number in range(at_once)]
    times: list[float] = []
    problems: list[str] = []
    before, began = cpu_of(tree(pid)), time.perf_counter()
    threads = [threading.Thread(target=_send, args=(port, part, times, problems)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall, cpu = time.perf_counter() - began, cpu_of(tree(pid)) - before
    if problems:
        raise WrongAnswer(f"{len(problems)} of {len(requests)}: {problems[0]}")
    return Shot(len(requests), wall, cpu, tuple(times))


def _send(port: int, requests: Sequence[Request], times: list[float], problems: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for request in requests:
        began = time.perf_counter()
        headers = {"Cookie": request.cookie, **request.headers} if request.cookie else request.headers
        connection.request(request.method, request.path, body=request.body or None, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        times.append(time.perf_counter() - began)
        if answer.status not in request.expect:
            problems.append(f"{request.method} {request.path} → {answer.status} {body[:200]!r}")


def interleaved(shots: dict[str, Callable[[], Shot]], *, rounds: int = 5) -> dict[str, list[Shot]]:
    """Fire each named shot in turn, ``rounds`` times (A B A B …), after one round that warms up."""
    found: dict[str, list[Shot]] = {name: [] for name in shots}
    for number in range(rounds + 1):
        for name, shot in shots.items():
            result = shot()
            if number:
                found[name].append(result)
    return found


def least_cpu(shots: Sequence[Shot]) -> float:
    """The smallest CPU per request of several rounds, in seconds: what other work disturbs least."""
    return min(shot.cpu_each for shot in shots)


def spread(shots: Sequence[Shot]) -> float:
    """How far the rounds lie apart: (largest - smallest) / smallest of the CPU per request."""
    each = [shot.cpu_each for shot in shots]
    return (max(each) - min(each)) / min(each)


def middle_rate(shots: Sequence[Shot]) -> float:
    return median(shot.rate for shot in shots)
