"""Who gets which part of an answer (SP-271)."""

from collections import defaultdict
from dataclasses import dataclass, field

from . import queries
from .asking.running import Answer, Value
from .models import Alert, Recipient

INVOLVEMENT, READER = "involvement_id", "portal_user_id"
MOST_ROWS_A_MESSAGE = 20
Row = list[list[Value]]


@dataclass(frozen=True)
class Part:
    """What one portal user is sent: ``result`` is a list of rows, each of [column, value]."""

    user: int
    involvement: int | None = None
    result: list[Row] = field(default_factory=list)


def parts_of(alert: Alert, answer: Answer) -> list[Part]:
    """A message for each person; for each of their involvements, where the answer names involvements.

    A column ``portal_user_id`` beside it keeps a row to that one of them. Without the column involvement_id
    only people who were chosen by name are shown the answer.
    """
    if answer.column(INVOLVEMENT) is None:
        return _to_everybody(alert, answer)
    rows = _by_involvement(answer)
    at = answer.column(READER)
    parts = []
    for reader in queries.readers(alert, involvements=rows):
        theirs = [row for row in rows[reader.involvement] if at is None or _number(row[at]) == reader.user]
        if theirs:
            result = _shown(answer, theirs) if alert.include_result else []
            parts.append(Part(reader.user, reader.involvement, result))
    return parts


def _to_everybody(alert: Alert, answer: Answer) -> list[Part]:
    named = set(alert.recipients.filter(kind=Recipient.Kind.USER).values_list("user_id", flat=True))
    result = _shown(answer, answer.rows) if alert.include_result else []
    people = dict.fromkeys(reader.user for reader in queries.readers(alert))
    return [Part(user, None, result if user in named else []) for user in people]


def _by_involvement(answer: Answer) -> dict[int, list[list[Value]]]:
    """Involvement → its rows. A row that names none goes to nobody."""
    at = answer.column(INVOLVEMENT)
    rows: dict[int, list[list[Value]]] = defaultdict(list)
    for row in answer.rows:
        if at is not None and (number := _number(row[at])) is not None:
            rows[number].append(row)
    return dict(rows)


def _number(value: Value) -> int | None:
    plain = str(value) if not isinstance(value, bool) else ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 19 else None


def _shown(answer: Answer, rows: list[list[Value]]) -> list[Row]:
    """What a message repeats of ``rows``: no numbers of involvements and accounts."""
    hidden = (INVOLVEMENT, READER)
    wanted = [at for at, name in enumerate(answer.columns) if name.lower() not in hidden]
    return [[[answer.columns[at], row[at]] for at in wanted] for row in rows[:MOST_ROWS_A_MESSAGE] if wanted]
