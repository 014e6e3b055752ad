"""Seals drafts and inserts bare JSON rows in turn, one durable commit each; prints CPU seconds as JSON."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import connection, transaction
from django.utils import timezone
from tests.standing import a_person

from guildhall.foundation.authority.stamps import begin_request
from guildhall.paperwork.forms import queries as form_queries
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, ReportableAnswer, Submission
from guildhall.paperwork.submissions.services import sealing
from scripts.measure.prepare import definition

REPORTABLE = 5


def version_of(answers: int) -> Any:
    plain = definition(f"SEALED-{answers}", answers // 12)
    for question in plain["groups"][0]["questions"][:REPORTABLE]:
        question["reportable"] = True
    return forms.publish(plain, by=None, now=timezone.now())


def drafts(version: Any, user: Any, count: int) -> list[Draft]:
    """``count`` finished drafts of one person."""
    codes = [question["code"] for group in version.definition["groups"] for question in group["questions"]]
    answers = {code: f"An answer to {code}, as long as people write" for code in codes}
    now = timezone.now()
    made = [
        Draft(owner=user, version=version, answers=answers, started_at=now, saved_at=now)
        for _ in range(count)
    ]
    return Draft.objects.bulk_create(made)


def seal(draft: Draft) -> None:
    with transaction.atomic():
        submissions.seal(draft, reference=uuid4().hex, texts={"first": "I agree"}, now=timezone.now())


def judge(draft: Draft) -> None:
    """What comes before storing: which answers are shown and acceptable, and who the form is about."""
    walk = Walk(form_queries.definition_of(draft.version_id), draft.answers, today=timezone.localdate())
    walk.sealed_answers()
    walk.subject()


def store(draft: Draft) -> None:
    """What a submission writes: its row with every column, five rows to count from, and the draft's end."""
    definition = form_queries.definition_of(draft.version_id)
    submission = Submission(
        reference=uuid4().hex,
        version_id=draft.version_id,
        sender_id=draft.owner_id,
        answers=draft.answers,
        texts={"first": "I agree"},
        language="en",
        key=draft.key,
        sent_at=timezone.now(),
    )
    with transaction.atomic():
        sealing.store(submission, definition, instead_of=draft)


def insert(draft: Draft) -> None:
    """The bare way: the submission's row, with its columns and indexes, by one plain statement."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, columns(draft))


def by_hand(draft: Draft) -> None:
    """All that ``store`` writes, by plain statements with nothing worked out: the least it can cost."""
    answers = list(draft.answers.items())[:REPORTABLE]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{BARE} RETURNING id", columns(draft))
        [new] = cursor.fetchone()
        cursor.execute(PARTS, [value for code, said in answers for value in (new, code, said)])
        cursor.execute(GONE, [draft.id.hex if connection.vendor == "sqlite" else draft.id])


def columns(draft: Draft) -> list[Any]:
    answers, now = json.dumps(draft.answers), timezone.now().isoformat(" ")
    key = draft.key.hex if connection.vendor == "sqlite" else draft.key
    return [uuid4().hex, draft.version_id, draft.owner_id, answers, "[]", AGREED, "{}", "en", key, now]


AGREED = json.dumps({"first": "I agree"})
BARE = f"""
    INSERT INTO {Submission._meta.db_table} (reference, version_id, sender_id, answers, files, texts, subject,
    language, key, sent_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
PARTS = f"""
    INSERT INTO {ReportableAnswer._meta.db_table} (submission_id, question, value)
    VALUES {", ".join(["(%s, %s, %s)"] * REPORTABLE)}
"""
GONE = f"DELETE FROM {Draft._meta.db_table} WHERE id = %s"


def seconds(act: Callable[[Draft], None], rows: list[Draft]) -> float:
    began = time.process_time()
    for row in rows:
        act(row)
    return (time.process_time() - began) / len(rows)


def main(rounds: int, count: int) -> None:
    user = a_person("sealer@example.org", role="parent")
    versions = {60: version_of(60), 300: version_of(300)}
    acts = {
        "bare": (insert, 60),
        "by hand": (by_hand, 60),
        "judge 60": (judge, 60),
        "store 60": (store, 60),
        "seal 60": (seal, 60),
        "seal 300": (seal, 300),
    }
    found: dict[str, list[float]] = {name: [] for name in acts}
    begin_request()  # as in a request, so that what a process holds in memory is held
    for number in range(rounds + 1):
        for name, (act, answers) in acts.items():
            spent = seconds(act, drafts(versions[answers], user, count))
            if number:
                found[name].append(spent)
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
