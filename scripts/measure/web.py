"""W1 to W4 and W7: what a form step costs beside a bare signed-in write, on both databases."""

import http.client
import re
from collections.abc import Iterator
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
    assert portal.web and reference.web
    shots = interleaved(
        {
            "ref-user": lambda: fire(reference.port, reference.web.pid, [_look(one)] * count),
            "ref-authwrite": lambda: fire(reference.port, reference.web.pid, [_bare_write(one)] * count),
            "step GET": lambda: fire(portal.port, portal.web.pid, [step_get(one, "small")] * count),
            "step POST": lambda: fire(portal.port, portal.web.pid, _steps(one, "small", count)),
            "autosave": lambda: fire(portal.port, portal.web.pid, _autosaves(one, "small", count)),
            "large POST": lambda: fire(portal.port, portal.web.pid, _steps(one, "large", count)),
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
            fire(one.portal.port, one.portal.web.pid, [step_get(one, "small")] * 20, at_once=4)
            pids = tree(one.portal.web.pid)
            shot = fire(one.portal.port, one.portal.web.pid, _everybody(one, count // PEOPLE), at_once=PEOPLE)
            rates[processes].append(shot)
            memory = memory_of(pids) / 1e6
    ratio = middle_rate(rates[2]) / middle_rate(rates[1])
    p99 = rates[2][-1].quantile(0.99) * 1e3
    note = f"{middle_rate(rates[2]):.0f}/s with two, {middle_rate(rates[1]):.0f}/s with one; p99 {p99:.0f} ms"
    return Figure("W4 two processes / one", one.on, ratio, 1.6, True, spread(rates[2]), memory, note)


def _everybody(one: Rig, each: int) -> list[Request]:
    """``each`` saves by every person of their own draft, dealt so that a connection serves one person."""
    revisions = [_revision(one, "small", person) for person in range(PEOPLE)]
    return [
        _step(one, "small", person, revisions[person] + number, number)
        for number in range(each)
        for person in range(PEOPLE)
    ]


def _look(one: Rig) -> Request:
    return Request("GET", "/user", one.reference_people[0]["cookie"])


def _bare_write(one: Rig) -> Request:
    """The reference's write, with the token that Django's CSRF middleware asks for."""
    person = one.reference_people[0]
    cookie = f"{person['cookie']}; csrftoken={TOKEN}"
    return Request("POST", f"/write/{person['thing']}", cookie, b"", {"X-CSRFToken": TOKEN})


def step_get(one: Rig, size: str, person: int = 0) -> Request:
    """The first step of a person's draft, shown."""
    mine = one.people[person]
    return Request("GET", f"/forms/{mine['drafts'][size]}/steps/step-0/", mine["cookie"])


def _steps(one: Rig, size: str, count: int) -> list[Request]:
    """``count`` saves of the first step, each changing one answer at the revision the last one made."""
    revision = _revision(one, size, 0)
    return [_step(one, size, 0, revision + number, number) for number in range(count)]


def _step(one: Rig, size: str, person: int, revision: int, number: int) -> Request:
    mine = one.people[person]
    path = f"/forms/{mine['drafts'][size]}/steps/step-0/"
    return Request("POST", path, f"{mine['cookie']}; csrf={TOKEN}", _body(revision, number), FORM, (302,))


def _autosaves(one: Rig, size: str, count: int) -> list[Request]:
    """``count`` autosaves of one changed answer."""
    mine = one.people[0]
    revision = _revision(one, size, 0)
    path = f"/forms/{mine['drafts'][size]}/autosave/"
    cookie = f"{mine['cookie']}; csrf={TOKEN}"
    return [
        Request("POST", path, cookie, _body(revision + number, number, only=1), FORM, (200,))
        for number in range(count)
    ]


def _body(revision: int, number: int, only: int = 12) -> bytes:
    """What a browser posts for a step: all its fields, the first of them changed."""
    fields = {f"q-s0_q{field}": f"An answer to S0_Q{field}" for field in range(only)}
    fields |= {"q-s0_q0": f"Changed {uuid4().hex} {number}", "revision": str(revision), "place": "step-0"}
    return urlencode(fields | {"csrfmiddlewaretoken": TOKEN}).encode()


def _revision(one: Rig, size: str, person: int) -> int:
    """The revision that a person's draft has now, read from its page."""
    look = step_get(one, size, person)
    connection = http.client.HTTPConnection("127.0.0.1", one.portal.port, timeout=30)
    connection.request("GET", look.path, headers={"Cookie": look.cookie})
    page = connection.getresponse().read().decode()
    found = re.search(r'name="revision" value="(\d+)"', page)
    if found is None:
        raise WrongAnswer(f"no revision on {look.path}: {page[:500]}")
    return int(found[1])
