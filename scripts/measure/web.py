"""W1 to W4 and W7: what a form step costs beside a bare signed-in write, on both databases."""

import http.client
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from scripts.measure.figures import Figure
from scripts.measure.rigs import PEOPLE, Rig, rig
from scripts.measure.shots import (
    Request,
    Shot,
    WrongAnswer,
    best_rate,
    fire,
    interleaved,
    least_cpu,
    memory_of,
    middle_rate,
    spread,
    spread_of,
    tree,
)
from scripts.portal import Portal

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = "a" * 32


def measure(on: str, quick: bool) -> Iterator[Figure]:
    """W1 step POST, W2 autosave, W3 step GET, W4 two processes, W7 a draft with 300 answers.

    A step's page notes in the audit who looked, durably, which ``ref-user`` does not: W3 is also told beside
    a bare page that does.
    """
    with rig(on) as one:
        yield from _costs(one, count=40, rounds=4 if quick else 25)
        yield _two_processes(one, count=160, rounds=2 if quick else 8)


def _costs(one: Rig, *, count: int, rounds: int) -> Iterator[Figure]:
    portal, reference = one.portal, one.reference
    assert portal.web
    assert reference.web
    saver, large = Saver(portal, one.people[0]), Saver(portal, one.people[0], "large")
    shots = interleaved(
        {
            "ref-user": lambda: fire(reference.port, reference.web.pid, [_bare_page(one)] * count),
            "ref-look": lambda: fire(reference.port, reference.web.pid, [_bare_look(one)] * count),
            "ref-authwrite": lambda: fire(reference.port, reference.web.pid, [_bare_write(one)] * count),
            "step GET": lambda: fire(portal.port, portal.web.pid, [saver.look()] * count),
            "step POST": lambda: fire(portal.port, portal.web.pid, saver.steps(count)),
            "autosave": lambda: fire(portal.port, portal.web.pid, saver.autosaves(count)),
            "large POST": lambda: fire(portal.port, portal.web.pid, large.steps(count)),
        },
        rounds=rounds,
    )
    memory = memory_of(tree(portal.web.pid)) / 1e6

    def figure(name: str, candidate: str, against: str, goal: float | None, *, at_least: bool) -> Figure:
        ours, theirs = least_cpu(shots[candidate]), least_cpu(shots[against])
        ratio = theirs / ours if at_least else ours / theirs
        wide, note = spread(shots[candidate]), _note(shots, candidate, against)
        return Figure(name, one.on, ratio, goal, at_least, wide, memory, note)

    yield figure("W1 step POST", "step POST", "ref-authwrite", 0.6, at_least=True)
    yield figure("W2 autosave POST", "autosave", "ref-authwrite", 0.9, at_least=True)
    yield figure("W3 step GET", "step GET", "ref-user", 0.5, at_least=True)
    yield figure("W3 step GET / a page that notes a look", "step GET", "ref-look", None, at_least=True)
    yield figure("W7 step POST, 300 / 12 answers", "large POST", "step POST", 1.5, at_least=False)


def _note(shots: dict[str, list[Shot]], candidate: str, against: str) -> str:
    ours, theirs = shots[candidate], shots[against]
    p50, p99 = ours[-1].quantile(0.5) * 1e3, ours[-1].quantile(0.99) * 1e3
    return (
        f"{least_cpu(ours) * 1e6:.0f} us CPU ({middle_rate(ours):.0f}/s, p50 {p50:.1f} p99 {p99:.1f} ms)"
        f" beside {against} {least_cpu(theirs) * 1e6:.0f} us ({middle_rate(theirs):.0f}/s)"
    )


def _two_processes(one: Rig, *, count: int, rounds: int) -> Figure:
    """W4: requests a second of two processes over one, four connections, each person their own draft.

    Both servers stand over the same database and only one at a time is asked. The best rates are compared,
    because other work on the machine only ever takes from a rate.
    """
    double = one.portal.beside(processes=2)
    try:
        shots = interleaved(
            {"one": lambda: _rush(one, one.portal, count), "two": lambda: _rush(one, double, count)},
            rounds=rounds,
        )
        assert double.web
        memory = memory_of(tree(double.web.pid)) / 1e6
    finally:
        double.stop()
    single, both = best_rate(shots["one"]), best_rate(shots["two"])
    p99 = min(shot.quantile(0.99) for shot in shots["two"]) * 1e3
    note = f"{both:.0f}/s with two, {single:.0f}/s with one; p99 {p99:.0f} ms"
    wide = spread_of([shot.rate for shot in shots["two"]])
    return Figure("W4 two processes / one", one.on, both / single, 1.6, True, wide, memory, note)


def _rush(one: Rig, portal: Portal, count: int) -> Shot:
    """Everybody at once at ``portal``."""
    assert portal.web
    return fire(portal.port, portal.web.pid, _everybody(one, portal, count // PEOPLE), at_once=PEOPLE)


class Saver:
    """One person who saves a step of their own draft, again and again, each time changed.

    ``step`` is the number of the step, the first unless given, and ``each`` how many questions it has.
    """

    def __init__(
        self, portal: Portal, person: dict[str, Any], size: str = "small", *, step: int = 0, each: int = 12
    ) -> None:
        self._port, self._step, self._each = portal.port, step, each
        self._cookie = f"{person['cookie']}; csrf={TOKEN}"
        self._draft = f"/forms/{person['drafts'][size]}"

    def look(self) -> Request:
        """The step, shown."""
        return Request("GET", f"{self._draft}/steps/step-{self._step}/", self._cookie)

    def steps(self, count: int) -> list[Request]:
        """``count`` saves of the whole step, each at the revision that the one before made."""
        start = self._revision()
        path = f"{self._draft}/steps/step-{self._step}/"
        return [
            Request("POST", path, self._cookie, _body(start + number, self._each, self._step), FORM, (302,))
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


def _body(revision: int, fields: int, step: int = 0) -> bytes:
    """What a browser posts for a step: its fields, the first of them changed."""
    answers = {f"q-s{step}_q{field}": f"An answer to S{step}_Q{field}" for field in range(fields)}
    answers |= {f"q-s{step}_q0": f"Changed {uuid4().hex}", "revision": str(revision), "place": f"step-{step}"}
    return urlencode(answers | {"csrfmiddlewaretoken": TOKEN}).encode()


def _everybody(one: Rig, portal: Portal, each: int) -> list[Request]:
    """``each`` saves by every person of their own draft, dealt so that a connection serves one person."""
    theirs = [Saver(portal, person).steps(each) for person in one.people]
    return [request for together in zip(*theirs, strict=True) for request in together]


def _bare_page(one: Rig) -> Request:
    return Request("GET", "/user", one.reference_people[0]["cookie"])


def _bare_look(one: Rig) -> Request:
    """A page that notes who looked before it leaves, as each that shows a child must (GH-046)."""
    person = one.reference_people[0]
    return Request("GET", f"/look/{person['thing']}", person["cookie"])


def _bare_write(one: Rig) -> Request:
    """The reference's write, with the token that Django's CSRF middleware asks for."""
    person = one.reference_people[0]
    cookie = f"{person['cookie']}; csrftoken={TOKEN}"
    return Request("POST", f"/write/{person['thing']}", cookie, b"", {"X-CSRFToken": TOKEN})
