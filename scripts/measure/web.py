"""W1 to W4 and W7: what a form step costs beside a bare signed-in write, on both databases."""

import http.client
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from scripts.measure.figures import Figure
from scripts.measure.rigs import PEOPLE, Rig, databases, rig
from scripts.measure.shots import (
    Request,
    Shot,
    WrongAnswer,
    fire,
    interleaved,
    least_cpu,
    memory_of,
    middle_rate,
    spread,
    tree,
)
from scripts.portal import Portal

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = "a" * 32


def measure(quick: bool) -> Iterator[Figure]:
    """W1 step POST, W2 autosave, W3 step GET, W4 two processes, W7 a draft with 300 answers."""
    for on in databases():
        with rig(on) as one:
            yield from _costs(one, count=40 if quick else 200, rounds=2 if quick else 5)
        with rig(on) as one:
            yield _two_processes(one, count=80 if quick else 400, rounds=2 if quick else 5)


def _costs(one: Rig, *, count: int, rounds: int) -> Iterator[Figure]:
    portal, reference = one.portal, one.reference
    assert portal.web
    assert reference.web
    saver, large = Saver(portal, one.people[0]), Saver(portal, one.people[0], "large")
    shots = interleaved(
        {
            "ref-user": lambda: fire(reference.port, reference.web.pid, [_look(one)] * count),
            "ref-authwrite": lambda: fire(reference.port, reference.web.pid, [_bare_write(one)] * count),
            "step GET": lambda: fire(portal.port, portal.web.pid, [saver.look()] * count),
            "step POST": lambda: fire(portal.port, portal.web.pid, saver.steps(count)),
            "autosave": lambda: fire(portal.port, portal.web.pid, saver.autosaves(count)),
            "large POST": lambda: fire(portal.port, portal.web.pid, large.steps(count)),
        },
        rounds=rounds,
    )
    memory = memory_of(tree(portal.web.pid)) / 1e6
    for name, candidate, against, goal in (
        ("W1 step POST", "step POST", "ref-authwrite", 0.6),
        ("W2 autosave POST", "autosave", "ref-authwrite", 0.9),
        ("W3 step GET", "step GET", "ref-user", 0.5),
    ):
        ratio = least_cpu(shots[against]) / least_cpu(shots[candidate])
        yield Figure(
            name,
            one.on,
            ratio,
            goal,
            True,
            spread(shots[candidate]),
            memory,
            _note(shots, candidate, against),
        )
    ratio = least_cpu(shots["large POST"]) / least_cpu(shots["step POST"])
    note = _note(shots, "large POST", "step POST")
    yield Figure(
        "W7 step POST, 300 / 12 answers", one.on, ratio, 1.5, False, spread(shots["large POST"]), memory, note
    )


def _note(shots: dict[str, list[Shot]], candidate: str, against: str) -> str:
    ours, theirs = shots[candidate], shots[against]
    p50, p99 = ours[-1].quantile(0.5) * 1e3, ours[-1].quantile(0.99) * 1e3
    return (
        f"{least_cpu(ours) * 1e6:.0f} us CPU ({middle_rate(ours):.0f}/s, p50 {p50:.1f} p99 {p99:.1f} ms)"
        f" beside {against} {least_cpu(theirs) * 1e6:.0f} us ({middle_rate(theirs):.0f}/s)"
    )


def _two_processes(one: Rig, *, count: int, rounds: int) -> Figure:
    """W4: requests a second of two processes over one, eight connections, each person their own draft."""
    rates: dict[int, list[Shot]] = {1: [], 2: []}
    for _ in range(rounds):
        for processes in (1, 2):
            one.portal.stop()
            one.portal.start_web(processes=processes)
            assert one.portal.web
            fire(
                one.portal.port, one.portal.web.pid, [Saver(one.portal, one.people[0]).look()] * 20, at_once=4
            )
            pids = tree(one.portal.web.pid)
            shot = fire(one.portal.port, one.portal.web.pid, _everybody(one, count // PEOPLE), at_once=PEOPLE)
            rates[processes].append(shot)
            memory = memory_of(pids) / 1e6
    ratio = middle_rate(rates[2]) / middle_rate(rates[1])
    p99 = rates[2][-1].quantile(0.99) * 1e3
    note = f"{middle_rate(rates[2]):.0f}/s with two, {middle_rate(rates[1]):.0f}/s with one; p99 {p99:.0f} ms"
    return Figure("W4 two processes / one", one.on, ratio, 1.6, True, spread(rates[2]), memory, note)


class Saver:
    """One person who saves the first step of their own draft, again and again, each time changed."""

    def __init__(self, portal: Portal, person: dict[str, Any], size: str = "small") -> None:
        self._port = portal.port
        self._cookie = f"{person['cookie']}; csrf={TOKEN}"
        self._draft = f"/forms/{person['drafts'][size]}"

    def look(self) -> Request:
        """The step, shown."""
        return Request("GET", f"{self._draft}/steps/step-0/", self._cookie)

    def steps(self, count: int) -> list[Request]:
        """``count`` saves of the whole step, each at the revision that the one before made."""
        start = self._revision()
        path = f"{self._draft}/steps/step-0/"
        return [
            Request("POST", path, self._cookie, _body(start + number, 12), FORM, (302,))
            for number in range(count)
        ]

    def autosaves(self, count: int) -> list[Request]:
        """``count`` autosaves of one changed answer."""
        start = self._revision()
        path = f"{self._draft}/autosave/"
        return [
            Request("POST", path, self._cookie, _body(start + number, 1), FORM, (200,))
            for number in range(count)
        ]

    def _revision(self) -> int:
        """The revision that the draft has now, read from its page."""
        look = self.look()
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET", look.path, headers={"Cookie": look.cookie})
        page = connection.getresponse().read().decode()
        found = re.search(r'name="revision" value="(\d+)"', page)
        if found is None:
            raise WrongAnswer(f"no revision on {look.path}: {page[:500]}")
        return int(found[1])


def _body(revision: int, fields: int) -> bytes:
    """What a browser posts for a step: its fields, the first of them changed."""
    answers = {f"q-s0_q{field}": f"An answer to S0_Q{field}" for field in range(fields)}
    answers |= {"q-s0_q0": f"Changed {uuid4().hex}", "revision": str(revision), "place": "step-0"}
    return urlencode(answers | {"csrfmiddlewaretoken": TOKEN}).encode()


def _everybody(one: Rig, each: int) -> list[Request]:
    """``each`` saves by every person of their own draft, dealt so that a connection serves one person."""
    theirs = [Saver(one.portal, person).steps(each) for person in one.people]
    return [request for together in zip(*theirs, strict=True) for request in together]


def _look(one: Rig) -> Request:
    return Request("GET", "/user", one.reference_people[0]["cookie"])


def _bare_write(one: Rig) -> Request:
    """The reference's write, with the token that Django's CSRF middleware asks for."""
    person = one.reference_people[0]
    cookie = f"{person['cookie']}; csrftoken={TOKEN}"
    return Request("POST", f"/write/{person['thing']}", cookie, b"", {"X-CSRFToken": TOKEN})
