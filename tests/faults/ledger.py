"""People who send forms until they are told a reference, and write down everything they were told.

The ledger is only ever appended to, and every line is on disk before the person goes on: what it says
was acknowledged has to be in the portal, whatever died meanwhile.
"""

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.support.visitor import Answer, NoAnswer, Visitor

NOT_YET = "this has not been sent yet"
REFERENCE = re.compile(r"\b[A-Z]{3}-\d{4}-[0-9A-F]{8}\b")
MOST_WRONG = 20  # answers after which the portal will not change its mind
BOTH = (("declarations", "first"), ("declarations", "second"))


@dataclass(frozen=True)
class Line:
    """One try to send. ``outcome``: acknowledged, receipt-lost, no-answer, not-yet (the honest 503), or
    "wrong" with the status. ``began`` and ``ended`` are seconds of the epoch; ``reference`` what was told,
    ``process`` which process answered.
    """

    key: str
    draft: str
    began: float
    ended: float
    outcome: str
    reference: str = ""
    process: int = 0

    @property
    def acknowledged(self) -> bool:
        return self.outcome == "acknowledged"

    @property
    def unsure(self) -> bool:
        """The person was not told whether it was sent."""
        return self.outcome in {"no-answer", "not-yet"} or self.outcome.startswith("wrong")


class Ledger:
    """Safe for many threads. ``told_last``: when (epoch) the newest answer acknowledged a form."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        self.acknowledged = 0
        self.told_last = 0.0
        self.serving: set[int] = set()

    def write(self, line: Line) -> None:
        with self._lock:
            os.write(self._file, json.dumps(asdict(line)).encode() + b"\n")
            os.fsync(self._file)
            self.acknowledged += line.acknowledged
            self.told_last = max(self.told_last, line.ended * line.acknowledged)
            self.serving |= {line.process} - {0}

    def lines(self) -> list[Line]:
        return [Line(**json.loads(line)) for line in self.path.read_text().splitlines()]

    def close(self) -> None:
        os.close(self._file)


def send(visitor: Visitor, draft: dict[str, Any], **headers: str) -> Answer:
    """Press Submit once."""
    fields = [("key", draft["key"]), ("revision", str(draft["revision"])), *BOTH]
    return visitor.post(f"/forms/{draft['id']}/send/", fields, **headers)


def send_once(visitor: Visitor, draft: dict[str, Any], **headers: str) -> Line:
    """Press Submit and, if the portal leads there, open the receipt; what came of it."""
    began = time.time()
    outcome, reference, process = "no-answer", "", 0
    try:
        answer = send(visitor, draft, **headers)
        outcome, process = _outcome(answer, draft), answer.process
        ended = time.time()
        if outcome == "receipt-lost":
            reference = _receipt(visitor, answer.location)
            outcome = "acknowledged" if reference else outcome
    except NoAnswer:
        ended = time.time()
    return Line(draft["key"], draft["id"], began, ended, outcome, reference, process)


def _outcome(answer: Answer, draft: dict[str, Any]) -> str:
    if answer.status == 302 and answer.location == f"/forms/sent/{draft['key']}/":
        return "receipt-lost"
    if answer.status == 503 and NOT_YET in answer.text:
        return "not-yet"
    return f"wrong {answer.status} {answer.location}"


def _receipt(visitor: Visitor, path: str) -> str:
    page = visitor.get(path)
    found = REFERENCE.search(page.text) if page.status == 200 else None
    return found[0] if found else ""


def send_until_told(
    visitor: Visitor,
    draft: dict[str, Any],
    ledger: Ledger,
    *,
    until: float,
    header: Callable[[], dict[str, str]] = dict,
) -> bool:
    """Try until a receipt shows a reference, ``until`` (monotonic) has passed, or it is only refused."""
    wrong = 0
    while time.monotonic() < until and wrong < MOST_WRONG:
        line = send_once(visitor, draft, **header())
        ledger.write(line)
        if line.acknowledged:
            return True
        wrong += line.outcome.startswith("wrong")
        time.sleep(0.1)
    return False


def unsure_tries(lines: list[Line]) -> Iterator[Line]:
    return (line for line in lines if line.unsure)
