"""What schools ask about a service, and the council's answers."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import references
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import rules
from ..models import Enquiry, Reply, Service
from ..moves import COUNCIL, MOVES, WITH_WORDS, Move
from . import telling
from .catalogue import must_keep

MOST_WORDS = 2_000
MOST_A_DAY = 50
KEPT = timedelta(days=365 * 3)
PATTERN = "TS-{yymm}-{letters3}{digits3}"


class NotTheirs(Refusal):
    """Another school asked."""


class NotOffered(Refusal):
    """The service is not offered any more."""


class Moved(Refusal):
    """The enquiry is no longer where this could be done."""


class TooManyEnquiries(Refusal):
    """The school asked more in a day than anybody could answer."""


@transaction.atomic
def ask_about(
    service: Service, *, kind: str, words: str, place: SchoolPlace, key: UUID, by: User, now: datetime
) -> Enquiry:
    """Ask about a service, or say that the school wants it; the same ``key`` again asks nothing.

    The service's team reads by email that a school asks. Raises NotOffered, TooManyEnquiries, NotTheirs, and
    Refusals with the field ``enquiry_words``.
    """
    if place.user_id != by.pk:
        raise NotTheirs(say("schools.Traded_Error_NotTheirs"))
    hold_name(f"traded:{place.school_id}")
    known = Enquiry.objects.filter(pk=key).first()
    if known is not None and (known.school_id, known.asked_by_id) == (place.school_id, by.pk):
        return known
    service = hold(service)
    if not rules.is_offered(service, timezone.localdate(now)):
        raise NotOffered(say("schools.Traded_Error_NotOffered"))
    _refuse_wrong(words, needed=True)
    _refuse_many(place, now)
    made = Enquiry.objects.create(
        pk=uuid4() if known else key,
        reference=references.make(PATTERN, now=now),
        service=service,
        school_id=place.school_id,
        kind=Enquiry.Kind(kind),
        words=words,
        state=Enquiry.State.SENT,
        asked_by=by,
        asked_at=now,
        changed_at=now,
    )
    audit.record("traded.enquiry_sent", by=by, about=made, now=now, detail={"kind": made.kind})
    telling.tell_team(made, key=str(made.pk), now=now)
    return made


def _refuse_many(place: SchoolPlace, now: datetime) -> None:
    today = Enquiry.objects.filter(school_id=place.school_id, asked_at__gt=now - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        raise TooManyEnquiries(say("schools.Traded_Error_Many", most=MOST_A_DAY))


def _refuse_wrong(words: str, *, needed: bool) -> None:
    if needed and not words:
        raise Refusals({"enquiry_words": say("schools.Error_EnquiryWords_Required")})
    if len(words) > MOST_WORDS:
        raise Refusals({"enquiry_words": say("schools.Traded_Error_Long", most=MOST_WORDS)})


@transaction.atomic
def take_step(
    enquiry: Enquiry,
    move: Move,
    *,
    words: str,
    key: UUID,
    by: User,
    now: datetime,
    holder: Holder,
    place: SchoolPlace | None = None,
) -> Enquiry:
    """Take an enquiry on, as the council or, with ``place``, as the school that asked.

    The same ``key`` again changes nothing. The other side reads that there is something new. Raises
    NotYours, NotTheirs, Moved, and Refusals with the field ``enquiry_words``.
    """
    _refuse_strangers(enquiry, move, holder=holder, place=place, by=by)
    enquiry = hold(enquiry)
    if Reply.objects.filter(pk=key, enquiry=enquiry).exists():
        return enquiry
    after = MOVES[enquiry.state].get(move)
    if after is None:
        raise Moved(say("schools.Traded_Error_Moved"))
    _refuse_wrong(words, needed=move in WITH_WORDS)
    Reply.objects.create(pk=key, enquiry=enquiry, move=move, words=words, by=by, at=now)
    enquiry.state, enquiry.changed_at = after, now
    enquiry.save(update_fields=["state", "changed_at"])
    audit.record("traded.enquiry_moved", by=by, about=enquiry, now=now, detail={"move": move, "state": after})
    if move in COUNCIL:
        telling.tell_asker(enquiry, key=str(key), now=now)
    else:
        telling.tell_team(enquiry, key=str(key), now=now)
    return enquiry


def _refuse_strangers(
    enquiry: Enquiry, move: Move, *, holder: Holder, place: SchoolPlace | None, by: User
) -> None:
    if move in COUNCIL:
        must_keep(holder)
    elif place is None or (place.school_id, place.user_id) != (enquiry.school_id, by.pk):
        raise NotTheirs(say("schools.Traded_Error_NotTheirs"))


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete what schools asked and nobody went on with for three years; how many enquiries."""
    old = Enquiry.objects.filter(changed_at__lt=now - KEPT, state__in=["closed", "bought"])
    ids = list(old.values_list("pk", flat=True)[:500])
    Enquiry.objects.filter(pk__in=ids).delete()
    if ids:
        about = ("traded", "enquiries")
        audit.record("traded.forgotten", by=None, about=about, now=now, detail={"enquiries": len(ids)})
    return len(ids)
