"""Opening rounds, the published admission numbers, and forgetting what is long over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.loading.services import forget_unapplied
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import rules
from ..models import Capacity, Loading, Round

MOST_PLACES = 9_999


class NotYours(Refusal):
    """Only the council's team loads the lists."""


class KnownRound(Refusal):
    """There is a round of this name in that year."""


@dataclass(frozen=True)
class RoundTold:
    """What an officer says of a round."""

    title: str
    year: int
    offers_on: date | None = None


def refuse_strangers(holder: Holder) -> None:
    """Raises NotYours unless ``holder`` loads the lists."""
    if not rules.loads_lists(holder):
        raise NotYours(texts.say("schools.Error_Admissions_NotYours"))


@transaction.atomic
def open_round(told: RoundTold, *, holder: Holder, by: User, now: datetime) -> Round:
    """Begin a round. Raises NotYours, KnownRound, Refusals."""
    refuse_strangers(holder)
    _check(told, now, other_than=None)
    made = Round.objects.create(**asdict(told), opened_at=now, opened_by=by)
    audit.record("admissions.round_opened", by=by, about=made, now=now)
    return made


@transaction.atomic
def change_round(found: Round, told: RoundTold, *, holder: Holder, by: User, now: datetime) -> Round:
    """Name a round otherwise, or show its offers on another day. Raises NotYours, KnownRound, Refusals."""
    refuse_strangers(holder)
    found = hold(found)
    _check(told, now, other_than=found.pk)
    changed = [name for name, value in asdict(told).items() if getattr(found, name) != value]
    if changed:
        for name in changed:
            setattr(found, name, getattr(told, name))
        found.save(update_fields=changed)
        audit.record("admissions.round_changed", by=by, about=found, now=now, detail={"fields": changed})
    return found


def _check(told: RoundTold, now: datetime, *, other_than: int | None) -> None:
    year = timezone.localdate(now).year
    wrong = {
        "title": not 0 < len(told.title) <= 100,
        "year": not year - 2 <= told.year <= year + 3,
    }
    words = {name: texts.say(f"schools.Error_Admissions_{name.title()}") for name in wrong if wrong[name]}
    if words:
        raise Refusals(words)
    hold_name("admissions:rounds")
    if Round.objects.filter(title=told.title, year=told.year).exclude(pk=other_than or 0).exists():
        raise KnownRound(texts.say("schools.Error_Admissions_KnownRound"), field="title")


@transaction.atomic
def set_numbers(
    found: Round, numbers: Mapping[int, int | None], *, holder: Holder, by: User, now: datetime
) -> int:
    """Let schools (by id) have these published admission numbers, None for not known; how many changed.

    Raises NotYours, Refusals.
    """
    refuse_strangers(holder)
    wrong = [pk for pk, value in numbers.items() if value is not None and not 0 <= value <= MOST_PLACES]
    if wrong:
        raise Refusals({f"number-{pk}": texts.say("schools.Error_Admissions_Number") for pk in wrong})
    found = hold(found)
    schools = Establishment.objects.filter(pk__in=numbers).values_list("pk", flat=True)
    known = {one.school_id: one for one in Capacity.objects.filter(round=found, school__in=schools)}
    changed = [pk for pk in schools if numbers[pk] != (known[pk].number if pk in known else None)]
    Capacity.objects.filter(round=found, school__in=changed).delete()
    made = [(pk, value) for pk in changed if (value := numbers[pk]) is not None]
    Capacity.objects.bulk_create(Capacity(round=found, school_id=pk, number=value) for pk, value in made)
    if changed:
        audit.record("admissions.numbers_set", by=by, about=found, now=now, detail={"schools": changed})
    return len(changed)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete rows that nobody applied for a week, and rounds that are long over; how many rounds."""
    forget_unapplied(Loading, now=now)
    today = timezone.localdate(now)
    began = today.year if today.month >= 9 else today.year - 1
    old = Round.objects.filter(year__lt=began - rules.YEARS_KEPT)
    pks = list(old.values_list("pk", flat=True))
    old.delete()
    for pk in pks:
        audit.record("admissions.round_forgotten", by=None, about=("admissions.round", str(pk)), now=now)
    return len(pks)
