"""Taking a file in: checked whole before anything of it is kept, and not sent yet."""

from datetime import date, datetime
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.identifiers import fold_name, normalise_postcode
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import checking, queries, rules
from ..checking import NotTaken, Taken
from ..models import Event, Pupil, Transfer
from .removing import remove

FIELD = "file"
_AT_ONCE = 500


class NotUsing(Refusal):
    """The person does not send and receive this school's files, or the council's."""


class TooManyUnsent(Refusal):
    """The sender has too many files that were checked and neither sent nor discarded."""


def upload(
    source: Establishment | None, file: UploadedFile, *, holder: Holder, by: User, now: datetime
) -> Transfer:
    """Check a file that a school (None: the council) is about to send, and keep it until it is sent.

    One of the same name that waits to be sent makes room for it. Of a file that is refused nothing is kept
    but that it was, and why. Raises NotUsing, NotTaken, TooManyUnsent, FileRefused.
    """
    refuse_others(holder, source)
    _refuse_too_many(source)
    try:
        today = timezone.localdate(now)
        taken = checking.look(file.name or "", file.chunks(), size=file.size or 0, source=source, today=today)
        _refuse_sent(taken)
    except NotTaken as refusal:
        detail = {"school": source.pk if source else None, "why": refusal.codes}
        audit.record("transfers.refused", by=by, about=("transfers", "file"), now=now, detail=detail)
        raise
    return _kept(taken, file, by=by, now=now)


def refuse_others(holder: Holder, school: Establishment | None) -> None:
    """Raises NotUsing unless ``holder`` sends and receives for the school, or for the council."""
    if not (queries.uses(holder, school.pk) if school else rules.handles(holder)):
        raise NotUsing(texts.say("schools.Error_Transfer_NotUsing"))


def _refuse_too_many(source: Establishment | None) -> None:
    unsent = Transfer.objects.filter(source=source, state=Transfer.State.CHECKED)
    if unsent.count() >= rules.MOST_UNSENT:
        words = texts.say("schools.Error_Transfer_TooManyUnsent", most=rules.MOST_UNSENT)
        raise TooManyUnsent(words, field=FIELD)


def _refuse_sent(taken: Taken) -> None:
    if Transfer.objects.filter(name=str(taken.name), state__in=Transfer.ON_THE_WAY).exists():
        free = next_serial(taken.source, taken.name.kind, taken.name.destination)
        words = texts.say("schools.Error_Transfer_SentBefore", free=free)
        raise NotTaken(words, codes=["SentBefore"])


def next_serial(source: Establishment | None, kind: str, destination: str) -> str:
    """The number of the next file of a kind from one end to another; "001" begins anew after 999."""
    begin = f"{checking.end_of(source)}_{kind}_{destination}_"
    used = set(Transfer.objects.filter(name__startswith=begin).values_list("name", flat=True))
    numbers = (f"{number:03}" for number in range(1, 1_000))
    return next((one for one in numbers if f"{begin}{one}.xml" not in used), "001")


@transaction.atomic
def _kept(taken: Taken, file: UploadedFile, *, by: User, now: datetime) -> Transfer:
    for before in Transfer.objects.filter(
        name=str(taken.name), source=taken.source, state=Transfer.State.CHECKED
    ):
        remove(before, by=by, now=now)
    key = uuid4()
    kept = files.accept_upload(
        file, owner=by, held_by=(queries.HELD_BY, key), question=FIELD, accept=["xml"], now=now
    )
    made = Transfer.objects.create(
        pk=key,
        name=str(taken.name),
        kind=taken.name.kind,
        towards=taken.towards,
        source=taken.source,
        destination=taken.destination,
        file=kept,
        version=taken.read.header["version"],
        count=len(taken.read.pupils),
        parts=taken.read.parts,
        uploaded_by=by,
        uploaded_at=now,
        keep_until=timezone.localdate(now) + rules.UNSENT_KEPT,
    )
    Pupil.objects.bulk_create(_pupils(made, taken), batch_size=_AT_ONCE)
    note(made, Event.Act.UPLOAD, school=taken.source, by=by, now=now)
    return made


def _pupils(made: Transfer, taken: Taken) -> list[Pupil]:
    numbers = made.asks_for_numbers
    return [
        Pupil(
            transfer=made,
            position=position,
            upn=one.upn,
            uln=one.uln,
            surname=one.surname,
            forename=one.forename,
            folded=fold_name(one.surname)[:200],
            born_on=_known(one.born_on),
            year_group=one.year_group,
            sex=one.sex if numbers else "",
            postcode=normalise_postcode(one.postcode)[:8] if numbers else "",
            left_on=one.left_on,
        )
        for position, one in enumerate(taken.read.pupils, 1)
    ]


def _known(day: date | None) -> date:
    assert day is not None, "a pupil without a date of birth is refused"
    return day


def note(
    made: Transfer, act: Event.Act, *, school: Establishment | None, by: User | None, now: datetime
) -> None:
    """Keep what happened to a file, for both ends and in the audit."""
    Event.objects.create(transfer=made, act=act, school=school, by=by, at=now)
    detail = {"source": made.source_id, "destination": made.destination_id, "towards": made.towards}
    audit.record(f"transfers.{act}", by=by, about=made, now=now, detail=detail)
