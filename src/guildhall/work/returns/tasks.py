"""What the worker and the clock do about returns. Polars is loaded here and nowhere else."""

import io
import zlib
from datetime import datetime
from typing import Any

from . import collections, queries, services
from .census.checking import Job, check
from .census.days import windows
from .census.findings import Result, Unreadable
from .collections import Collection
from .models import Return, Upload
from .wording import pack_of

COLLECTED = {
    "SC": "school",
    "School Census": "school",
    "School Workforce Census": "workforce",
    "SWF": "workforce",
}


def check_file(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Check a file that a school sent. Again after a crash: from the beginning."""
    upload = queries.upload_with(payload["upload"])
    own = queries.return_of(upload) if upload else None
    if upload is None or own is None or upload.state != Upload.State.WAITING:
        return
    one = collections.collection(own.key, own.year)
    try:
        result = _checked(upload, own, one)
    except Unreadable as problem:
        services.cannot_read(upload, reason=problem.reason, line=problem.line, now=now)
        return
    services.take_result(upload, result, pack_of(own.key, own.year), now=now)


def _checked(upload: Upload, own: Return, one: Collection) -> Result:
    """What is wrong with the file. Raises Unreadable, also where it is of another school or collection."""
    earlier = collections.before(one)
    last = queries.last_live(own, one)
    job = Job(
        pack=pack_of(own.key, own.year),
        term=own.key,
        windows=windows(own.key, own.year, one.census_on, earlier.census_on)
        | {"register_urn": own.school.urn},
        before=last.totals if last else {},
    )
    file = io.BytesIO(zlib.decompress(upload.content))

    def told(pupils: int, done: int) -> None:
        services.far(upload.pk, pupils=pupils, done=done)

    result = check(file, job, told=told)
    _refuse_another(result.head, own)
    return result


def _refuse_another(head: dict[str, str], own: Return) -> None:
    """Raises Unreadable for a file of another collection, term or school."""
    family = "workforce" if own.key == "SWF" else "school"
    if COLLECTED.get(head.get("collection", "")) != family:
        raise Unreadable("collection")
    if family == "school" and head.get("term") != own.key:
        raise Unreadable("term")
    school = own.school
    known = (school.la_code, school.number)
    told = (head.get("lea", ""), head.get("estab", ""))
    if all(known) and all(told) and known != told:
        raise Unreadable("school")


def forget_old(now: datetime) -> None:
    """Job: delete practice files after their fourteen days, and live returns after two years."""
    services.forget_old(now=now)
