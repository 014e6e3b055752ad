"""Run beside a portal after a fault run: what it holds, judged against what people were told. Prints JSON.

``python -m tests.faults.invariants FILE``: FILE holds {"drafts": prepared drafts by key, "acknowledged":
{key: reference}, "saved": {draft id: {code: value}}, "received": {Message-ID: how often} or null where
mail is written as files}. The answer is {"problems": {"I1": [...], ...}, "sent": {key: [sent_at, …]}}.
"""

# ruff: noqa: E402, T201  (Django is set up before what needs it)

import json
import sys
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count, Model
from django.utils import timezone

from guildhall.foundation.files import services as files
from guildhall.foundation.files import storage
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox.email import hash_of
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case
from tests.faults.prepare import digest

Problems = dict[str, list[str]]
PROBLEMS_SHOWN = 20


def main(told: dict[str, Any]) -> dict[str, Any]:
    submissions = list(Submission.objects.order_by("pk"))
    by_key: dict[str, list[Submission]] = {}
    for submission in submissions:
        by_key.setdefault(str(submission.key), []).append(submission)
    problems = {
        "I1": acknowledged(told["acknowledged"], told["drafts"], by_key),
        "I2": [f"{key}: {len(those)} submissions" for key, those in by_key.items() if len(those) > 1],
        "I3": everything_once(submissions, letters(told["received"])),
        "I4": bytes_and_rows(),
        "I5": audit(),
        "I6": drafts(told["saved"], told["drafts"], by_key),
        "I7": stuck(),
    }
    return {
        "problems": {name: found[:PROBLEMS_SHOWN] for name, found in problems.items() if found},
        "counts": {name: len(found) for name, found in problems.items()},
        "sent": {key: [each.sent_at.timestamp() for each in those] for key, those in by_key.items()},
    }


def acknowledged(
    told: dict[str, str], prepared: dict[str, Any], by_key: dict[str, list[Submission]]
) -> list[str]:
    """I1: what was acknowledged is there, with the answers and the bytes that were given."""
    found = []
    for key, reference in told.items():
        those = by_key.get(key, [])
        if reference not in {each.reference for each in those}:
            found.append(f"{key}: {reference} is lost")
            continue
        sent = next(each for each in those if each.reference == reference)
        if digest(sent.answers) != prepared[key]["digest"]:
            found.append(f"{key}: other answers")
        held = StoredFile.objects.filter(held_by_kind="submission", held_by_id=str(sent.pk))
        kept = sorted(each.sha256 for each in held if storage.sound(each.storage_key, each.sha256))
        if kept != sorted(prepared[key]["files"]):
            found.append(f"{key}: other files")
    return found


def everything_once(submissions: list[Submission], received: Counter[str]) -> list[str]:
    """I3: each submission has one case, one entry, one mention, one message and one email."""
    counts = {
        "case": _counted(Case, "submission_id"),
        "entry": _counted(Entry, "source_id", kind="submission"),
        "mention": _counted(Mention, "source_id", source_kind="submission"),
        "message": _counted(Message, "key"),
    }
    found = []
    for each in submissions:
        key = f"form-received:{each.pk}"
        names = {"case": str(each.pk), "entry": str(each.pk), "mention": str(each.pk), "message": key}
        found += [f"{each.pk}: {counts[what][name]} × {what}" for what, name in names.items()
                  if counts[what][name] != 1]  # fmt: skip
        if received[hash_of(key)] != 1:
            found.append(f"{each.pk}: {received[hash_of(key)]} × email")
    strangers = len(counts["mention"]) - len(submissions)
    return [*found, f"{strangers} mentions of nothing"] if strangers else found


def _counted(model: type[Model], column: str, **which: str) -> Counter[str]:
    rows = model._default_manager.filter(**which).values(column).annotate(times=Count("pk"))
    return Counter({str(row[column]): row["times"] for row in rows})


def letters(received: dict[str, int] | None) -> Counter[str]:
    """How often each letter came, by the mark in its Message-ID."""
    if received is not None:
        marks = Counter[str]()
        for name in received:
            marks[name.strip("<>").partition("@")[0]] += 1
        return marks
    return Counter(path.stem.rpartition("-")[2] for path in Path(settings.MAIL_FOLDER).glob("*.eml"))


def bytes_and_rows() -> list[str]:
    """I4: every row has its bytes; bytes without a row are gone a day later."""
    rows = StoredFile.objects.exclude(state=StoredFile.State.INFECTED)
    found = [f"{row.pk}: no bytes" for row in rows if not storage.sound(row.storage_key, row.sha256)]
    tomorrow = timezone.now() + timedelta(hours=25)
    files.sweep_orphans(now=tomorrow)
    named = set(StoredFile.objects.values_list("storage_key", flat=True))
    kept = storage.all_keys(older_than=tomorrow.timestamp())
    return found + [f"{key}: no row" for key in kept if key not in named]


def audit() -> list[str]:
    """I5: the chain of the audit holds."""
    said = StringIO()
    try:
        call_command("audit_seal", stdout=said)
        call_command("audit_verify", stdout=said)
    except CommandError as error:
        return [str(error)]
    return []


def drafts(
    saved: dict[str, dict[str, Any]], prepared: dict[str, Any], by_key: dict[str, list[Submission]]
) -> list[str]:
    """I6: what was saved is there; a draft that was not sent is as it was."""
    held = {str(draft.pk): draft for draft in Draft.objects.all()}
    found = []
    for draft_id, answers in saved.items():
        now = held[draft_id].answers if draft_id in held else {}
        found += [f"{draft_id}: {code} is lost" for code, value in answers.items() if now.get(code) != value]
    for key, draft in prepared.items():
        if key in by_key or draft["id"] in saved:
            continue
        if draft["id"] not in held or digest(held[draft["id"]].answers) != draft["digest"]:
            found.append(f"{draft['id']}: neither sent nor as it was")
    return found


def stuck() -> list[str]:
    """I7: after the workers had time, nothing waits, and what cannot be done stands in sight as stuck.

    What was put there for a later hour, and never tried, does not wait.
    """
    waiting = Task.objects.exclude(kind="job").exclude(state__in=[Task.State.DONE, Task.State.STUCK])
    waiting = waiting.exclude(attempts=0, due_at__gt=timezone.now())
    return [f"{task.kind} {task.key}: {task.state} {task.last_error[:80]}" for task in waiting]


if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text()))))
