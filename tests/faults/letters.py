"""Run beside a portal: puts emails into its outbox; prints the mark of each Message-ID as JSON.

``python -m tests.faults.letters COUNT PREFIX``: one each to PREFIX0@example.org, PREFIX1@example.org…
"""

# ruff: noqa: E402, T201  (Django is set up before what needs it)

import json
import sys

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.outbox.email import hash_of, put_email


@transaction.atomic
def main(count: int, prefix: str) -> list[str]:
    now = timezone.now()
    keys = [f"{prefix}:{number}" for number in range(count)]
    for number, key in enumerate(keys):
        put_email(
            f"{prefix}{number}@example.org",
            subject="messaging.EmailSubject_FormReceived",
            body="text-blocks.Email_FormReceived",
            language="en",
            key=key,
            now=now,
            link="/home",
            reference="EHC-2026-00000000",
            department="The team",
            date="22 November 2026",
            time="3am",
        )
    return [hash_of(key) for key in keys]


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2])))
