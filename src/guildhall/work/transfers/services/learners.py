"""Unique learner numbers: the list for the issuer, and the issuer's answer given to the school.

No number is made here: every one comes out of the file that the issuer gave back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.identifiers import fold_name, valid_uln
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from .. import checking, naming, queries, rules, sheets, writing
from ..models import Event, Pupil, Transfer
from ..sheets import Result
from . import telling
from .sending import NotNow, put_on_the_way
from .uploading import FIELD, next_serial, note, refuse_others

State, Towards = Transfer.State, Transfer.Towards
Outcome = Pupil.Outcome
MOST_PROBLEMS = 50


class NotAnswered(Refusal):
    """The issuer's results are not taken. ``lines`` are the reasons with their lines."""

    def __init__(self, message: str, lines: Sequence[str] = ()) -> None:
        super().__init__(message, field=FIELD)
        self.lines = list(lines)


@dataclass
class _Matched:
    """Which student has which number, and what is wrong with the results."""

    numbers: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def wrong(self, code: str, result: Result, **values: str) -> None:
        words = texts.say(f"schools.Error_UlnResults_{code}", **values)
        self.problems.append(texts.say("schools.Error_TransferFile_AtLine", line=result.line, words=words))


@transaction.atomic
def note_list_taken(request: Transfer, *, holder: Holder, by: User, now: datetime) -> list[Pupil]:
    """Note that the council's team takes the list for the issuer; the students old enough, without a number.

    Raises NotUsing, NotNow.
    """
    refuse_others(holder, None)
    request = _asked(request)
    _taken(request, by=by, now=now)
    note(request, Event.Act.DOWNLOAD, school=None, by=by, now=now)
    return asked_for(request, now)


def _taken(request: Transfer, *, by: User, now: datetime) -> None:
    """It is with the council now: nobody is reminded of it, and the school cannot withdraw it."""
    if request.state == State.SENT:
        request.state, request.received_by, request.received_at = State.RECEIVED, by, now
        request.save(update_fields=["state", "received_by", "received_at"])


def asked_for(request: Transfer, now: datetime) -> list[Pupil]:
    """The students whose number is asked for, in the order of the file."""
    day = timezone.localdate(request.sent_at or now)
    rows = Pupil.objects.filter(transfer=request, uln="").order_by("position")
    return [one for one in rows if rules.old_enough(one.born_on, day)]


def _asked(request: Transfer) -> Transfer:
    request = hold(request)
    if not request.asks_for_numbers or request.state not in Transfer.ON_THE_WAY or request.answered_at:
        raise NotNow(texts.say("schools.Error_Transfer_NotNow"))
    return request


def answer_request(request: Transfer, content: bytes, *, holder: Holder, by: User, now: datetime) -> Transfer:
    """Give the school the numbers of the issuer's results, and say who has none. All of it or nothing.

    Raises NotUsing, NotNow, NotAnswered.
    """
    refuse_others(holder, None)
    try:
        results = sheets.read(content)
    except sheets.Unreadable as wrong:
        most = f"{sheets.MOST_LINES:,}"
        raise NotAnswered(texts.say(f"schools.Error_UlnFile_{wrong.code}", most=most)) from wrong
    return _answered(request, results, by=by, now=now)


@transaction.atomic
def _answered(request: Transfer, results: list[Result], *, by: User, now: datetime) -> Transfer:
    request = _asked(request)
    students = asked_for(request, now)
    matched = _match(students, results)
    if matched.problems:
        lines = matched.problems[:MOST_PROBLEMS]
        raise NotAnswered(texts.say("schools.Error_UlnResults_Several", count=len(matched.problems)), lines)
    _keep_outcomes(request, students, matched)
    _taken(request, by=by, now=now)
    request.answered_at = now
    request.save(update_fields=["answered_at"])
    note(request, Event.Act.ANSWER, school=None, by=by, now=now)
    if matched.numbers:
        _send_numbers(request, by=by, now=now)
    detail = {"asked": len(students), "found": len(matched.numbers)}
    audit.record("transfers.numbers_given", by=by, about=request, now=now, detail=detail)
    telling.tell_sender(request, "Numbers", now=now)
    return request


def _match(students: Sequence[Pupil], results: Sequence[Result]) -> _Matched:
    matched, used = _Matched(), dict[str, int]()
    for one in results:
        student = _student(students, one)
        if student is None:
            matched.wrong("Who", one)
        elif student.pk in matched.numbers:
            matched.wrong("Twice", one)
        elif one.uln and not valid_uln(one.uln):
            matched.wrong("Uln", one, value=one.uln[:20])
        elif one.uln and used.setdefault(one.uln, one.line) != one.line:
            matched.wrong("Same", one, value=one.uln, first=str(used[one.uln]))
        elif one.uln:
            matched.numbers[student.pk] = one.uln
    return matched


def _student(students: Sequence[Pupil], one: Result) -> Pupil | None:
    """The one student whom a line can mean: every detail that it gives of them agrees."""
    fits = [student for student in students if _fits(student, one)]
    return fits[0] if len(fits) == 1 else None


def _fits(student: Pupil, one: Result) -> bool:
    said = (
        (one.number, str(student.position)),
        (one.upn, student.upn),
        (fold_name(one.surname), student.folded),
        (fold_name(one.forename), fold_name(student.forename)),
        (one.born_on, student.born_on),
    )
    identified = one.number or one.upn or (one.surname and one.born_on)
    return bool(identified) and all(not told or told == known for told, known in said)


def _keep_outcomes(request: Transfer, students: Sequence[Pupil], matched: _Matched) -> None:
    day = timezone.localdate(request.sent_at) if request.sent_at else None
    for one in students:
        one.found = matched.numbers.get(one.pk, "")
        one.outcome = Outcome.FOUND if one.found else Outcome.NOT_MATCHED
    Pupil.objects.bulk_update(students, ["found", "outcome"], batch_size=200)
    asked = {one.pk for one in students}
    young = [
        one.pk
        for one in Pupil.objects.filter(transfer=request, uln="")
        if one.pk not in asked and day and not rules.old_enough(one.born_on, day)
    ]
    Pupil.objects.filter(pk__in=young).update(outcome=Outcome.TOO_YOUNG)


def _send_numbers(request: Transfer, *, by: User, now: datetime) -> None:
    """Make the file that the school's own system takes in, and put it on its way."""
    school = request.source
    assert school is not None
    end = checking.end_of(school)
    name = naming.Name(checking.end_of(None), "ULN", end, next_serial(None, "ULN", end))
    found = list(Pupil.objects.filter(transfer=request, outcome=Outcome.FOUND).order_by("position"))
    authority = str(setting("authority.name")["en"])
    content = writing.numbers_file(
        name,
        school=school.name,
        authority=authority,
        version=request.version,
        pupils=found,
        now=timezone.localtime(now),
    )
    key = uuid4()
    upload = SimpleUploadedFile(str(name), content, content_type="application/xml")
    kept = files.accept_upload(
        upload, owner=by, held_by=(queries.HELD_BY, key), question=FIELD, accept=["xml"], now=now
    )
    made = Transfer(
        pk=key,
        name=str(name),
        kind="ULN",
        towards=Towards.SCHOOL,
        destination=school,
        file=kept,
        version=request.version,
        count=len(found),
        uploaded_by=by,
        uploaded_at=now,
        keep_until=timezone.localdate(now) + rules.KEPT,
        answers=request,
    )
    made.save(force_insert=True)
    Pupil.objects.bulk_create([_copied(made, one) for one in found], batch_size=500)
    put_on_the_way(made, by=by, now=now)
    note(made, Event.Act.SEND, school=None, by=by, now=now)


def _copied(made: Transfer, one: Pupil) -> Pupil:
    return Pupil(
        transfer=made,
        position=one.position,
        upn=one.upn,
        uln=one.found,
        surname=one.surname,
        forename=one.forename,
        folded=one.folded,
        born_on=one.born_on,
        year_group=one.year_group,
    )
