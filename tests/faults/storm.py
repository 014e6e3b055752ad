"""Many people sending forms at once while something keeps killing what serves them."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scripts.postgres import Postgres

from tests.faults.ledger import Ledger, Line, send_once, send_until_told, unsure_tries
from tests.faults.rig import Rig, Verdict
from tests.support.grounds import bring_up, kill_server

# Holds the answer back a little after the commit, in which a kill leaves the person unsure. The network's
# own delays do this in the world; between two processes on one machine they are too short to hit often.
LATE_ANSWER = {"X_Fault": "intake.after_commit:sleep=1"}
CLIENTS = 8


@dataclass
class Run:
    """One run and its judgement. ``returns``: seconds from a database's return to the next success."""

    on: str
    forms: int
    kills: int
    lines: list[Line]
    verdict: Verdict
    seconds: float
    returns: list[float] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        return len({line.key for line in self.lines if line.acknowledged})

    @property
    def outcomes(self) -> Counter[str]:
        return Counter(line.outcome for line in self.lines)

    @property
    def ambiguous(self) -> int:
        """Tries that left the person unsure although the form was in."""
        sent = self.verdict.sent
        return sum(
            any(line.began <= moment <= line.ended for moment in sent.get(line.key, ()))
            for line in unsure_tries(self.lines)
        )

    @property
    def lost(self) -> int:
        return self.verdict.counts["I1"]

    @property
    def duplicated(self) -> int:
        return sum(len(self.verdict.sent[key]) - 1 for key in self._keys() if key in self.verdict.sent)

    def _keys(self) -> set[str]:
        return {line.key for line in self.lines}

    def __str__(self) -> str:
        return (
            f"{self.on}: {self.acknowledged} of {self.forms} forms, {self.kills} kills,"
            f" {self.ambiguous} ambiguous, {self.lost} lost, {self.duplicated} duplicated,"
            f" {dict(self.outcomes)}, {self.seconds:.0f} s"
        )


class Killer(threading.Thread):
    """Does ``kill`` again and again, each time after somebody got through since the last.

    An answer that was given before a kill and read after it is no success since.
    """

    def __init__(
        self, rig: Rig, ledger: Ledger, kill: Callable[[], bool], *, wait: tuple[float, float], most: int
    ) -> None:
        super().__init__(daemon=True)
        self.rig, self.ledger, self.kill, self.wait = rig, ledger, kill, wait
        self.kills, self.most = 0, most
        self.over = threading.Event()
        self.failed: Exception | None = None

    def run(self) -> None:
        killed = -1.0
        while not self.over.wait(random.uniform(*self.wait)):
            try:
                self.rig.supervise()
                if self.kills >= self.most or self.ledger.told_last <= killed:
                    continue
                if self.kill():
                    self.kills += 1
                    killed = time.time()
            except Exception as error:
                self.failed = error
                return


def storm(
    rig: Rig,
    kill: Callable[[Ledger], Callable[[], bool]],
    *,
    drafts: int,
    wait: tuple[float, float] = (0.3, 0.8),
    seconds: float = 120,
    late: float = 1.0,
    most_kills: int = 1_000_000,
) -> Run:
    """``CLIENTS`` people send ``drafts`` forms each while ``kill`` goes on; then the judgement.

    ``late``: the share of answers that are held back after the commit."""
    people = rig.people(CLIENTS, drafts)
    ledger = rig.ledger()
    killer = Killer(rig, ledger, kill(ledger), wait=wait, most=most_kills)
    began = time.monotonic()
    killer.start()
    _all_send(rig, people, ledger, until=began + seconds, late=late)
    killer.over.set()
    killer.join()
    if killer.failed:
        raise killer.failed
    rig.healthy()
    forms = CLIENTS * drafts
    return Run(rig.on, forms, killer.kills, ledger.lines(), rig.judge(), time.monotonic() - began)


def _all_send(rig: Rig, people: list[dict[str, Any]], ledger: Ledger, *, until: float, late: float) -> None:
    def header() -> dict[str, str]:
        return LATE_ANSWER if random.random() < late else {}

    def sends(person: dict[str, Any]) -> None:
        visitor = rig.visitor(person)
        for draft in person["drafts"]:
            send_until_told(visitor, draft, ledger, until=until, header=header)

    together([lambda person=person: sends(person) for person in people])


def together(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Do every deed at the same moment, each in a thread; their answers. The first exception is raised."""
    start = threading.Barrier(len(deeds))
    answers: list[Any] = [None] * len(deeds)
    failed: list[Exception] = []

    def one(number: int) -> None:
        start.wait()
        try:
            answers[number] = deeds[number]()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return answers


def a_web_worker_dies(rig: Rig, ledger: Ledger) -> Callable[[], bool]:
    """F1: kill -9 of a random process that has served people.

    Not of the newest: the web server takes a process that dies within seconds of its start for a broken
    program and ends, to be started again by the machine's own supervisor, whose part ``supervise`` plays.
    And not the last that serves: on a busy machine those that were killed take long to come back, and while
    nobody is served nobody can be left unsure.
    """

    def kill() -> bool:
        workers = rig.site.web_workers()
        pids = sorted(ledger.serving & set(workers[:-1]))
        if pids and len(ledger.serving & set(workers)) > 1:
            os.kill(random.choice(pids), signal.SIGKILL)
            return True
        return False

    return kill


class DatabaseDies:
    """F6: the database server stops at once, or is killed, in turn; it is back half a second later.

    ``up``: the moments (epoch) at which it was back.
    """

    def __init__(self, server: Postgres, *, down: float = 0.5) -> None:
        self.server, self.down = server, down
        self.up: list[float] = []

    def __call__(self) -> bool:
        if len(self.up) % 2:
            kill_server(self.server)
        else:
            self.server.stop("immediate")
        time.sleep(self.down)
        bring_up(self.server)
        self.up.append(time.time())
        return True

    def returns(self, lines: list[Line]) -> list[float]:
        """Seconds from each return to the next success of anybody, while anybody had something to send."""
        told = sorted(line.ended for line in lines if line.acknowledged)
        return [min(moment - up for moment in told if moment >= up) for up in self.up if told[-1] >= up]


def web_workers_killed(rig: Rig, *, drafts: int, **more: Any) -> Run:
    """F1. ``more``: as ``storm`` takes them."""

    def dies(ledger: Ledger) -> Callable[[], bool]:
        return a_web_worker_dies(rig, ledger)

    return storm(rig, dies, drafts=drafts, **more)


def database_killed(rig: Rig, *, drafts: int, **more: Any) -> Run:
    """F6, on PostgreSQL. No process of the portal is restarted. No answer is held back unless ``more`` says
    so: it would count as time that the portal takes to come back.
    """
    assert rig.grounds.server
    more = {"late": 0.0} | more
    dies = DatabaseDies(rig.grounds.server)
    run = storm(rig, lambda _: dies, drafts=drafts, wait=(0.8, 1.6), **more)
    run.returns = dies.returns(run.lines)
    return run


def sent_eight_times(rig: Rig, *, keys: int, times: int = 8) -> Run:
    """F13: every form is sent by ``times`` posts that leave at the same moment."""
    people = rig.people(4, -(-keys // 4))
    ledger = rig.ledger()
    began = time.monotonic()
    for person in people:
        for draft in person["drafts"]:
            deeds = [lambda p=person, d=draft: send_once(rig.visitor(p), d) for _ in range(times)]
            for line in together(deeds):
                ledger.write(line)
    forms = sum(len(person["drafts"]) for person in people)
    return Run(rig.on, forms, 0, ledger.lines(), rig.judge(), time.monotonic() - began)
