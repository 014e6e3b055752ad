"""H1 to H3: what signing in costs beside the bare check, and whether it disturbs others or tells anything."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from urllib.parse import urlencode

from scripts.measure.figures import Figure
from scripts.measure.rigs import data_folder, database
from scripts.measure.shots import Request, Shot, fire, interleaved, least_cpu, memory_of, spread, tree
from scripts.measure.web import FORM, TOKEN, Saver
from scripts.portal import Portal
from scripts.serving import MEMORY

ONE_HASH = 32 * 1024 * 1024  # bytes that one Argon2 hash holds


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """H1 a sign-in beside its hash, H2 a crowd beside people who fill in forms, H3 unknown beside wrong."""
    with data_folder() as folder, database(on) as url:
        portal = Portal(folder, database=url, BEHIND_PROXY="1", PLAIN_STATIC="0")
        portal.command("prepare")
        people = json.loads(portal.python("scripts.measure.prepare", "60"))
        portal.start_web()
        try:
            yield _cost(portal, on, count=6, rounds=3 if quick else 12)
            yield from _crowd(portal, on, people, rounds=1 if quick else 5)
            yield _unknown(portal, on, count=12 if quick else 60)
        finally:
            portal.stop()


class _Caller:
    """Posts the sign-in page as ever new people from ever new addresses, so that no limit is met."""

    def __init__(self) -> None:
        self._number = 0

    def post(self, name: str, password: str, expect: tuple[int, ...]) -> Request:
        self._number += 1
        address = f"10.{self._number // 65536}.{self._number // 256 % 256}.{self._number % 256}"
        body = urlencode({"name": name, "password": password, "csrfmiddlewaretoken": TOKEN}).encode()
        headers = FORM | {"X-Forwarded-For": address}
        return Request("POST", "/account/sign-in", f"csrf={TOKEN}", body, headers, expect)

    def right(self) -> Request:
        """A right password: of person 0 to 59 in turn, because one person gets few codes an hour."""
        return self.post(f"measured{self._number % 60}@example.org", "river otter candle meadow", (302,))


_CALLER = _Caller()


def _cost(portal: Portal, on: str, *, count: int, rounds: int) -> Figure:
    assert portal.web
    server = portal.web.pid
    hashes: list[float] = []

    def bare() -> Shot:
        each = float(portal.python("scripts.measure.bare_hash", str(count), **MEMORY))
        hashes.append(each)
        return Shot(count, each * count, each * count, (each,) * count)

    shots = interleaved(
        {"bare": bare, "sign-in": lambda: fire(portal.port, server, [_CALLER.right() for _ in range(count)])},
        rounds=rounds,
    )
    ours, theirs = least_cpu(shots["sign-in"]), least_cpu(shots["bare"])
    note = f"{ours * 1e3:.1f} ms CPU beside {theirs * 1e3:.1f} ms for check_password"
    memory = memory_of(tree(server)) / 1e6
    return Figure(
        "H1 sign-in / bare check_password",
        on,
        ours / theirs,
        1.15,
        False,
        spread(shots["sign-in"]),
        memory,
        note,
    )


def _crowd(portal: Portal, on: str, people: list[dict[str, object]], *, rounds: int) -> Iterator[Figure]:
    """50 sign-ins at once while one person saves steps: the 99th percentile, and the memory taken.

    Of 200 steps two make the percentile, so it is taken of all rounds together; a server begins each anew.
    """
    calm, busy, taken = [], [], []
    for number in range(rounds):
        portal.stop()
        portal.start_web(processes=2)
        assert portal.web
        server = portal.web.pid
        saver = Saver(portal, people[0])
        fire(portal.port, server, saver.steps(40))
        calm.append(fire(portal.port, server, saver.steps(200)))
        before = memory_of(tree(server))
        with _rush(portal, number) as most:
            busy.append(fire(portal.port, server, saver.steps(200)))
        taken.append((max(most) - before) / ONE_HASH)
    alone, among = (_quantile(shots, 0.99) for shots in (calm, busy))
    note = f"p99 {among * 1e3:.0f} ms in the crowd, {alone * 1e3:.0f} ms without, of {rounds} x 200 steps"
    yield Figure("H2 p99 of steps, 50 signing in / calm", on, among / alone, 3, False, note=note)
    yield Figure("H2 memory taken / one hash", on, max(taken), 2, False, note="50 sign-ins at once")


@contextmanager
def _rush(portal: Portal, number: int) -> Iterator[list[int]]:
    """50 people sign in with wrong words meanwhile; the bytes that the server held, from time to time."""
    assert portal.web
    server = portal.web.pid
    crowd = [
        _CALLER.post(f"nobody{number}x{n}@example.org", "wrong words entirely", (422, 503)) for n in range(50)
    ]
    thread = threading.Thread(target=lambda: fire(portal.port, server, crowd, at_once=50))
    most = [memory_of(tree(server))]
    thread.start()
    yield most
    while thread.is_alive():
        most.append(memory_of(tree(server)))
        thread.join(0.02)
    most.append(memory_of(tree(server)))


def _quantile(shots: list[Shot], share: float) -> float:
    times = sorted(each for shot in shots for each in shot.times)
    return times[int(len(times) * share)]


def _unknown(portal: Portal, on: str, *, count: int) -> Figure:
    """How far the median time of an unknown name lies from that of a wrong password."""
    assert portal.web
    requests = []
    for number in range(count):
        known = f"measured{number % 60}@example.org"
        requests.append(_CALLER.post(known, "wrong words entirely", (422,)))
        requests.append(_CALLER.post(f"nobody{number}@example.org", "wrong words entirely", (422,)))
    shot = fire(portal.port, portal.web.pid, requests)
    wrong, unknown = median(shot.times[::2]), median(shot.times[1::2])
    note = f"unknown {unknown * 1e3:.1f} ms, wrong password {wrong * 1e3:.1f} ms (medians of {count})"
    return Figure("H3 |unknown - wrong| / wrong", on, abs(unknown - wrong) / wrong, 0.05, False, note=note)
