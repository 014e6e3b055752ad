"""A file comes: kept compressed, and left to the worker to check."""

import zlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.outbox import services as outbox
from guildhall.foundation.texts import queries as texts
from guildhall.people.membership.models import SchoolPlace

from .. import rules
from ..collections import Collection
from ..models import Event, Return, Upload
from ..moves import TAKES_FILES


class NotOpen(Refusal):
    """The area takes no file now; the message says from when, or until when it did."""


class NotTaken(Refusal):
    """The person sends nothing for the school, the file is too large or empty, or the return was sent."""


@transaction.atomic
def upload_file(
    place: SchoolPlace, one: Collection, area: str, name: str, content: bytes, *, now: datetime
) -> Return:
    """Keep a file for a collection and have it checked. What an earlier file had wrong is found anew.

    Raises NotTaken, NotOpen.
    """
    if not rules.sends(place):
        raise NotTaken(texts.say("schools.Error_Returns_NotSending"))
    _refuse_times(one, area, now)
    if not content.strip():
        raise NotTaken(texts.say("schools.Error_ReturnFile_None"), field="file")
    if len(content) > rules.MOST_BYTES:
        raise NotTaken(texts.say("schools.Error_ReturnFile_Large", most=rules.MOST_BYTES >> 20), field="file")
    hold_name(f"returns:{place.school_id}:{one.key}:{one.year}:{area}")
    own = Return.objects.filter(school=place.school_id, key=one.key, year=one.year, area=area).first()
    if own is None:
        own = Return(school_id=place.school_id, key=one.key, year=one.year, area=area, changed_at=now)
    elif (own := hold(own)).state not in TAKES_FILES:
        raise NotTaken(texts.say("schools.Error_Returns_Sent"), field="file")
    return _kept(own, place, one_line(name)[:120] or "-", content, now)


def _kept(own: Return, place: SchoolPlace, name: str, content: bytes, now: datetime) -> Return:
    before = own.upload
    own.upload = Upload.objects.create(
        by=place.user,
        file_name=name,
        size=len(content),
        content=zlib.compress(content, 6),
        uploaded_at=now,
    )
    own.changed_at = now
    own.save()
    if before is not None:
        before.delete()
    Event.objects.create(of=own, act="upload", by=place.user, at=now)
    detail = {"school": own.school_id, "area": own.area, "bytes": len(content)}
    audit.record("returns.file_uploaded", by=place.user, about=own, now=now, detail=detail)
    key = f"returns-check:{own.upload.pk}"
    outbox.put("returns-check", {"upload": own.upload.pk}, key=key, now=now)
    return own


def _refuse_times(one: Collection, area: str, now: datetime) -> None:
    """Raises NotOpen, with the moment that matters."""
    if one.is_open(area, now):
        return
    opens = timezone.localtime(one.opens(area))
    if now < opens:
        words = f"schools.Error_Returns_{area.title()}_Early"
        raise NotOpen(texts.say(words, day=speech.day(opens), time=speech.clock(opens)), field="file")
    closed = timezone.localtime(one.practice_until)
    word = f"schools.Error_Returns_{area.title()}_Late"
    raise NotOpen(texts.say(word, day=speech.day(closed), time=speech.clock(closed)), field="file")
