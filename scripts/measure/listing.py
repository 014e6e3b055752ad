"""Fills a database with ever more cases and asks for the officers' lists; prints times and statements.

What waits is the same at every size: an old portal has no longer a queue, only more behind it.
"""

import json
import os
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.standing import a_parent, an_officer, come_in

from guildhall.foundation.audit.models import Entry
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case
from scripts.measure.prepare import definition

WAITING = 500  # cases that nobody decided on, and children nobody matched
PAGES = {
    "review list": "/council/review/",
    "review list, all, by child, page 40": "/council/review/?status=all&sort=child&page=40",
    "matching queue": "/council/matching/",
}
OPEN = (Case.Status.NOT_OPENED, Case.Status.OPENED)
DECIDED = (Case.Status.APPROVED, Case.Status.REJECTED, Case.Status.MORE_INFORMATION)
AT_ONCE = 5_000
BEGAN = datetime(2022, 1, 1, tzinfo=UTC)


def fill(first: int, last: int, *, version: Any, sender: Any, chance: random.Random) -> None:
    """Cases number ``first`` up to ``last``; the first WAITING of all wait."""
    for start in range(first, last, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, last))
        sent = [submission(number, version, sender) for number in numbers]
        Submission.objects.bulk_create(sent)
        mentions = [mention(*pair, chance) for pair in zip(sent, numbers, strict=True)]
        Mention.objects.bulk_create(mentions)
        rows = zip(sent, mentions, numbers, strict=True)
        Case.objects.bulk_create(case(*row, chance) for row in rows)


def submission(number: int, version: Any, sender: Any) -> Submission:
    answers = {f"S0_Q{question}": "An answer of the length that people write" for question in range(12)}
    return Submission(
        reference=f"SND-{number:010d}",
        version=version,
        sender=sender,
        answers=answers,
        language="en",
        key=UUID(int=number + 1),
        sent_at=BEGAN,
    )


def mention(sent: Submission, number: int, chance: random.Random) -> Mention:
    name = f"Child{chance.randrange(10**6)} Measured"
    return Mention(
        identity={"forename": name.split()[0], "surname": "Measured", "born_on": "2015-03-02"},
        name=name,
        born_on=date(2015, 3, 2),
        source_kind="submission",
        source_id=str(sent.pk),
        state=Mention.State.WAITING if number < WAITING else Mention.State.REJECTED,
        reported_at=BEGAN + timedelta(minutes=chance.randrange(2_000_000)),
    )


def case(sent: Submission, said: Mention, number: int, chance: random.Random) -> Case:
    among = OPEN if number < WAITING else DECIDED
    return Case(
        reference=sent.reference,
        submission=sent,
        mention=said,
        team="send",
        status=chance.choice(among),
        received_at=said.reported_at,
        form_code="MEASURED-LISTS",
        form_title="Measured form",
        form_title_cy="Ffurflen",
        submitter_name=f"Sender {chance.randrange(10**6)}",
        child_name=said.name,
        child_born_on=said.born_on,
    )


def timed(client: Client, path: str, times: int) -> dict[str, float]:
    """The least CPU and wall seconds of asking for ``path``, and how many statements that runs."""
    client.get(path)  # the first request reads what a process keeps
    with CaptureQueriesContext(connection) as run:
        assert client.get(path).status_code == 200, path
    statements = len(run)  # now, because the next request empties the log
    cpu, wall = [], []
    for _ in range(times):
        began, moment = time.process_time(), time.perf_counter()
        client.get(path)
        cpu.append(time.process_time() - began)
        wall.append(time.perf_counter() - moment)
    return {"cpu": min(cpu), "wall": min(wall), "statements": statements}


def main(sizes: list[int], times: int) -> None:
    chance, sender = random.Random(1), a_parent()
    version = forms.publish(definition("MEASURED-LISTS", 1), by=None, now=BEGAN)
    client = come_in(Client(), an_officer())
    found, made = {}, 0
    for size in sizes:
        fill(made, size, version=version, sender=sender, chance=chance)
        made = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        os.sync()  # else the pages' own entries in the audit wait until what was poured in is on the disk
        found[size] = {name: timed(client, path, times) for name, path in PAGES.items()}
    assert Entry.objects.filter(verb="child.viewed").exists()
    print(json.dumps(found))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[2:]], int(sys.argv[1]))
