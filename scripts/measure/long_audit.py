"""Fills the audit with entries of two years and asks who saw a child, an account and what an officer saw."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection, transaction
from tests.standing import a_person

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit.models import Entry
from guildhall.work.privacy.seen import Question, who_saw
from scripts.measure.pouring import pour

YEARS, YEAR = 2, timedelta(days=365)
BEGAN = datetime(2024, 6, 1, tzinfo=UTC)
OFFICERS, CHILDREN, ON_A_LIST = 307, 50_000, 25
AT_ONCE = 50_000
AUDITOR = Holder(1, frozenset({"auditor"}), verified=True)
COLUMNS = [field.column for field in Entry._meta.local_concrete_fields if not field.primary_key]


def rows(first: int, last: int, entries: int) -> Iterator[tuple[Any, ...]]:
    """Of ten entries seven open a child's record, one is a list of many children, two are of other things."""
    step = YEARS * YEAR / entries
    for number in range(first, last):
        at, officer, child = BEGAN + number * step, number % OFFICERS + 1, number * 7919 % CHILDREN + 1
        who = (officer, f"Officer {officer}", "send-officer")
        request = f"{number:036x}"
        if number % 10 == 0:
            shown = [(child + other * 31) % CHILDREN + 1 for other in range(ON_A_LIST)]
            detail = json.dumps({"surface": "list", "shown": shown})
            yield at, "child.viewed", *who, "children", "list", None, request, detail
        elif number % 10 < 8:
            page = '{"surface": "page"}'
            yield at, "child.viewed", *who, "children.child", str(child), child, request, page
        else:
            yield at, "form.saved", *who, "submissions.draft", str(number), None, request, "{}"


def fill(entries: int) -> None:
    """``entries`` as a load of a database writes them."""
    for first in range(0, entries, AT_ONCE):
        with transaction.atomic():
            pour(Entry._meta.db_table, COLUMNS, rows(first, min(first + AT_ONCE, entries), entries))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def answered(kind: str, key: int) -> dict[str, float]:
    """How long the whole answer takes that goes into the file, and how many lines it has."""
    question = Question(kind, str(key), BEGAN + YEAR / 2, BEGAN + YEAR / 2 + YEAR)
    began = time.perf_counter()
    found = sum(1 for _ in who_saw(AUDITOR, question))
    return {"seconds": time.perf_counter() - began, "rows": found}


def main(entries: int) -> None:
    person = a_person("somebody@example.org", role="parent")
    fill(entries)
    answers = {
        "a child": answered("child", CHILDREN // 2),
        "an account": answered("user", person.pk),
        "what an officer": answered("officer", OFFICERS // 2),
    }
    print(json.dumps({"entries": entries, "years": YEARS, "answers": answers}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
