"""Firing requests and reading what they cost: CPU of the server's process tree per request."""

import os
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

_SCHEDULED = 2  # Linux: the clock of the time a process was running, of the three it has
_LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)


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
    """CPU seconds that the processes have used so far, by each one's own clock (nanoseconds, not ticks)."""
    return sum(_clock_of(pid) for pid in pids)


def _clock_of(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | _SCHEDULED)
    except OSError:  # it ended meanwhile
        return 0.0


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
    """By the socket, because a client that takes as long as the server would measure itself."""
    messages = [_message(request) for request in requests]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request, message in zip(requests, messages, strict=True):
            began = time.perf_counter()
            line.sendall(message)
            status, body = _answer(line)
            times.append(time.perf_counter() - began)
            if status not in request.expect:
                problems.append(f"{request.method} {request.path} → {status} {body[:200]!r}")


def _message(request: Request) -> bytes:
    headers = {"Host": "127.0.0.1", **request.headers}
    if request.cookie:
        headers["Cookie"] = request.cookie
    if request.body:
        headers["Content-Length"] = str(len(request.body))
    lines = [f"{request.method} {request.path} HTTP/1.1", *(f"{name}: {headers[name]}" for name in headers)]
    return "\r\n".join([*lines, "", ""]).encode() + request.body


def _answer(line: socket.socket) -> tuple[int, bytes]:
    """The status and the body of the next answer, which says how long it is."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += _more(line)
    head, _, body = read.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    while length and len(body) < int(length[1]):
        body += _more(line)
    return int(head.split(b" ", 2)[1]), body


def _more(line: socket.socket) -> bytes:
    if part := line.recv(1 << 16):
        return part
    raise WrongAnswer("the server hung up")


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
    """How far the middle of the rounds lies above the least: what other work added."""
    return spread_of([shot.cpu_each for shot in shots])


def spread_of(values: Sequence[float]) -> float:
    """(median - smallest) / smallest."""
    return (median(values) - min(values)) / min(values)


def best_rate(shots: Sequence[Shot]) -> float:
    """The largest number of requests a second of several rounds."""
    return max(shot.rate for shot in shots)


def middle_rate(shots: Sequence[Shot]) -> float:
    return median(shot.rate for shot in shots)
