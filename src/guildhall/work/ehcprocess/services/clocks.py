"""The clocks of a process, written anew from its facts."""

from datetime import timedelta

from .. import queries
from ..models import Clock, Process
from ..rules import Running


def wind(process: Process) -> None:
    """Keep a row for every step that counts, but not for time that the family is given."""
    found = queries.running_of(process)
    rows = [] if process.mistaken else [_row(process, one) for one in found if not one.step.period]
    Clock.objects.filter(process=process).delete()
    Clock.objects.bulk_create(rows)


def _row(process: Process, one: Running) -> Clock:
    return Clock(
        process=process,
        pack=one.pack.key,
        step=one.step.key,
        owner=one.step.owner,
        started_on=one.started_on,
        due_on=one.due_on,
        risk_on=one.due_on - timedelta(days=one.step.risk),
        met_on=one.met_on,
        excused=one.excused,
    )
