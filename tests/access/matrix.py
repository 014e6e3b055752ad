"""The access matrix: one expected outcome for persona × route × verb × relation, in ``matrix.csv``.

One line for a route, a verb and a relation; one column for a persona. Run as a module to write the file
from what the portal does; then read the difference, line by line: a wrong outcome is a fault of the room.

    in          the page, a redirect onward, or a refusal in words of what was posted (200 … 303, 409 … 422)
    sign-in     sent to sign in (or told 401, for a script of a page)
    second      the page that asks for the second step
    403 404 405 as they say
    -           this persona has no such thing
"""

import csv
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MATRIX = Path(__file__).parent / "matrix.csv"
Key = tuple[str, str, str]


def outcome_of(response: Any) -> str:
    """What a response means to the person who asked."""
    status = response.status_code
    if status == 401 or (status == 302 and response["Location"].startswith("/account/sign-in?")):
        return "sign-in"
    if status == 403 and any(
        template.name == "access/two_step_needed.html" for template in response.templates
    ):
        return "second"
    if status in {403, 404, 405}:
        return str(status)
    return "in" if status < 500 and status not in {400, 413} else f"FAULT {status}"


@contextmanager
def refusals_unlogged() -> Iterator[None]:
    """Most of what is asked is refused, and to log each takes long. Faults of the portal still are logged."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


def column(world: Any, persona: str) -> Iterator[tuple[Key, str]]:
    """Ask everything as ``persona``. Nothing that is asked changes what comes after it."""
    from django.db import transaction
    from django.urls import reverse

    from . import targets
    from .world import PERSONAS, client_of

    client = client_of(world, persona)
    cookies = client.cookies.output()
    client.get("/healthz")  # the first request of a session keeps that it was seen, and the others need not
    for name, verb, relation, arguments in targets.cells(world, persona):
        if arguments is None:
            yield (name, verb, relation), "-"
            continue
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
        body = targets.body_for(world, name, PERSONAS[persona]) if verb == "POST" else None
        with transaction.atomic(), refusals_unlogged():
            response = getattr(client, verb.lower())(reverse(name, kwargs=arguments), body)
            if response.streaming:
                b"".join(response.streaming_content)  # which also closes the file
            transaction.set_rollback(True)
        yield (name, verb, relation), outcome_of(response)


def read() -> tuple[list[str], dict[Key, dict[str, str]]]:
    """The personas, and (route, verb, relation) → persona → outcome."""
    with MATRIX.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    personas = [name for name in rows[0] if name not in {"route", "verb", "relation"}]
    return personas, {(row["route"], row["verb"], row["relation"]): row for row in rows}


def _write() -> None:
    from .world import PERSONAS

    columns = {persona: dict(_in_a_world(persona)) for persona in PERSONAS}
    with MATRIX.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["route", "verb", "relation", *columns])
        for key in next(iter(columns.values())):
            writer.writerow([*key, *(column[key] for column in columns.values())])


def _in_a_world(persona: str) -> list[tuple[Key, str]]:
    from django.db import transaction

    from ..standing import begin
    from .world import the_world

    with transaction.atomic():
        begin()
        found = list(column(the_world(), persona))
        transaction.set_rollback(True)
    return found


def _main() -> None:
    import tempfile

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guildhall.config.settings")
    with tempfile.TemporaryDirectory(prefix="guildhall-matrix-") as folder:
        os.environ["GUILDHALL_DATA"] = folder
        import django

        django.setup()
        from django.db import connection
        from django.test.utils import setup_test_environment

        setup_test_environment()
        connection.creation.create_test_db(verbosity=0)
        _write()


if __name__ == "__main__":
    _main()
