"""A site under fault: its mail server and scanner, the people prepared beside it, and the judgement."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.test import override_settings

from tests.clamd import Scanner
from tests.faults.ledger import Ledger
from tests.smtp import Server
from tests.support.grounds import Grounds, Site
from tests.support.visitor import NoAnswer, Visitor

APPLICATION = "tests.faults.application:application"
CONTROL = "tests.faults.control:application"
LEASE_SECONDS = 3
PROCESSES = 3


def within(seconds: float, true: Callable[[], object]) -> bool:
    """Wait until ``true`` says so, at most so many seconds."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@dataclass
class Verdict:
    """What the invariants found. ``sent``: key → the moments at which a submission with it was made."""

    problems: dict[str, list[str]]
    counts: dict[str, int]
    sent: dict[str, list[float]]

    @property
    def duplicated(self) -> int:
        return sum(len(moments) - 1 for moments in self.sent.values())


@dataclass
class Rig:
    """``prepared``: every draft that was ever made, by key. ``saved``: draft id → answers acknowledged."""

    site: Site
    grounds: Grounds
    mail: Server
    scanner: Scanner | None
    prepared: dict[str, dict[str, Any]] = field(default_factory=dict)
    saved: dict[str, dict[str, Any]] = field(default_factory=dict)
    ledgers: list[Ledger] = field(default_factory=list)

    @property
    def on(self) -> str:
        return self.site.on

    def people(self, count: int, drafts: int) -> list[dict[str, Any]]:
        """Signed-in people, each with so many finished drafts."""
        prefix = f"p{len(self.prepared)}x"
        made = json.loads(self.site.python("tests.faults.prepare", str(count), str(drafts), prefix))
        self.prepared |= {draft["key"]: draft for person in made for draft in person["drafts"]}
        return made

    def visitor(self, person: dict[str, Any], **headers: str) -> Visitor:
        return Visitor(self.site.port, person["cookies"], **headers)

    def ledger(self) -> Ledger:
        made = Ledger(self.site.data / f"ledger-{len(self.ledgers)}.jsonl")
        self.ledgers.append(made)
        return made

    def waiting(self) -> int:
        """How much the workers have still to do now; what is planned for a later hour is left alone."""
        moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")
        query = (
            "SELECT count(*) FROM outbox_task WHERE kind <> 'job' AND state NOT IN ('done', 'stuck')"
            f" AND (attempts > 0 OR due_at <= '{moment}')"
        )
        return int(self.site.sql(query)[0][0])

    def drain(self, seconds: float = 180) -> None:
        """Wait until the running workers have done all they can."""
        within(seconds, lambda: not self.waiting())

    def judge(self) -> Verdict:
        """The invariants, after everything that waits was done."""
        self.drain()
        told = {line.key: line.reference for one in self.ledgers for line in one.lines() if line.acknowledged}
        received = Counter(str(letter["Message-ID"]) for letter in self.mail.received)
        question = {"drafts": self.prepared, "acknowledged": told, "saved": self.saved, "received": received}
        path = self.site.data / "question.json"
        path.write_text(json.dumps(question))
        return Verdict(**json.loads(self.site.python("tests.faults.invariants", str(path))))

    def supervise(self) -> None:
        """Start the web server again if it ended, as the machine's supervisor does."""
        if self.site.web is None or self.site.web.poll() is not None:
            self.site.start_web(processes=PROCESSES)

    def healthy(self, seconds: float = 120) -> None:
        """Return when every web process answers again."""
        until = time.monotonic() + seconds
        good = 0
        while good < 2 * PROCESSES:
            self.supervise()
            try:
                good = good + 1 if Visitor(self.site.port).get("/healthz").status == 200 else 0
            except NoAnswer:
                good = 0
            if time.monotonic() > until:
                raise TimeoutError(self.site.log.read_text(errors="replace")[-3000:])
            time.sleep(0.02)


@contextmanager
def rig(
    grounds: Grounds, on: str, *, control: str = "", scanned: bool = True, processes: int = PROCESSES
) -> Iterator[Rig]:
    """A running site on an empty database of the kind ``on``. ``control``: the protection that it lacks."""
    mail = Server()
    mail.start()
    scanner = Scanner() if scanned else None
    own = {"MAIL": mail.url, "LEASE_SECONDS": str(LEASE_SECONDS), "RETRY_SECONDS": "1", "MAIL_TIMEOUT": "3"}
    own |= {"CLAMD": str(scanner.socket)} if scanner else {}
    own |= {"CONTROL": control} if control else {}
    site = grounds.site(on, application=CONTROL if control else APPLICATION, **own)
    try:
        if scanner:
            with override_settings(CLAMD=str(scanner.socket)):
                scanner.start()
        if control == "key":
            site.python("tests.faults.control")
        site.start(processes=processes, workers=1)
        yield Rig(site, grounds, mail, scanner)
    finally:
        site.stop()
        mail.stop()
        if scanner:
            scanner.stop()
