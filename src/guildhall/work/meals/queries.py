"""Reading the lists and what schools ask about them, starting from who asks."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities import queries as responsibilities

from . import rules
from .models import Amendment, Loading, Pupil

State = Amendment.State
NEWEST = 50
SORTS: dict[str, tuple[Any, ...]] = {
    "name": (Lower("surname"), Lower("forename")),
    "upn": (F("upn"), Lower("surname")),
    "born": (F("born_on"), Lower("surname")),
    "year": (F("born_on"), Lower("surname")),
    "kind": (F("kind"), Lower("surname")),
    "since": (F("since"), Lower("surname")),
    "review": (F("review_on"), Lower("surname")),
    "source": (F("source"), Lower("surname")),
}
_TURNED = frozenset({"year"})  # the youngest year has the latest birthdays


def sees_list(holder: Holder, school_id: int) -> bool:
    """Whether a responsibility of ``holder`` at the school opens its list."""
    return responsibilities.opens(holder, school_id, rules.SYSTEM)


def pupils_of(holder: Holder, school_id: int, *, sort: str = "name") -> QuerySet[Pupil]:
    """The pupils on a school's list for whoever may see it, the council's team too; none for others."""
    if not (sees_list(holder, school_id) or rules.keeps_lists(holder)):
        return Pupil.objects.none()
    rows = Pupil.objects.filter(school_id=school_id, removed_at=None)
    return rows.order_by(*_order(sort), "pk")


def _order(sort: str) -> list[Any]:
    key = sort.removeprefix("-")
    key = key if key in SORTS else "name"
    backwards = sort.startswith("-") != (key in _TURNED)
    first, *rest = SORTS[key]
    turned = first.desc(nulls_last=True) if backwards else first.asc(nulls_last=True)
    return [turned, *(one.asc() for one in rest)]


def among(pupils: QuerySet[Pupil], words: str) -> list[Pupil]:
    """Those in whose name or UPN every one of ``words`` is found, whatever its case and marks."""
    sought = fold_name(words).split()
    return [one for one in pupils if _has(f"{one.name} {one.upn}", sought)]


def _has(said: str, sought: list[str]) -> bool:
    folded = fold_name(said)
    return all(word in folded for word in sought)


def _amendments() -> QuerySet[Amendment]:
    return Amendment.objects.select_related("school", "pupil", "asked_by", "authorised_by", "closed_by")


def amendments_of(holder: Holder, school_id: int) -> QuerySet[Amendment]:
    """What a school has asked, for whoever may see its list: what is open first, then the newest."""
    if not sees_list(holder, school_id):
        return Amendment.objects.none()
    rows = _amendments().filter(school_id=school_id)
    return rows.order_by(F("closed_at").desc(nulls_first=True), "-asked_at", "-pk")


def open_amendments(holder: Holder, school_id: int) -> QuerySet[Amendment]:
    """Those of them that nobody has decided yet."""
    return amendments_of(holder, school_id).filter(state__in=Amendment.OPEN)


def may_authorise(holder: Holder, amendment: Amendment) -> bool:
    """Whether ``holder`` decides about the amendment, as the school's supervisors are now."""
    others = responsibilities.supervisors_besides(amendment.asked_by_id, amendment.school_id)
    return rules.authorises(holder, amendment, others=bool(others))


def waiting_for(holder: Holder, school_id: int) -> list[Amendment]:
    """The amendments of a school that ``holder`` can authorise now, the oldest first."""
    if school_id not in holder.supervised:
        return []
    rows = _amendments().filter(school_id=school_id, state=State.WAITING)
    return [one for one in rows.order_by("asked_at", "pk") if may_authorise(holder, one)]


def amendment_at(holder: Holder, school_id: int, pk: int) -> Amendment | None:
    """The amendment ``pk`` of a school, for who may see its list or can authorise it."""
    found = _amendments().filter(school_id=school_id, pk=pk).first()
    if found is None or sees_list(holder, school_id):
        return found
    return found if school_id in holder.supervised else None


def answers_to(user: User, school_id: int) -> list[Amendment]:
    """The newest of what ``user`` asked at a school and somebody else accepted or refused."""
    rows = Amendment.objects.filter(
        school_id=school_id, asked_by=user, state__in=[State.ACCEPTED, State.REFUSED]
    )
    return list(rows.exclude(closed_by=user).order_by("-closed_at", "-pk")[:NEWEST])


def amendments_for(holder: Holder, *, state: str = State.SENT) -> QuerySet[Amendment]:
    """The amendments in ``state`` of every school for the council's team: what waits by age, else newest."""
    rows = amendments_sent(holder).filter(state=state)
    return rows.order_by("asked_at", "pk") if state == State.SENT else rows.order_by("-closed_at", "-pk")


def amendments_sent(holder: Holder) -> QuerySet[Amendment]:
    """Every amendment that came to the council, for its team."""
    if not rules.keeps_lists(holder):
        return Amendment.objects.none()
    return _amendments().filter(sent_at__isnull=False)


def all_pupils(holder: Holder) -> QuerySet[Pupil]:
    """Everybody who is or was on a list, for the council's team."""
    return Pupil.objects.all() if rules.keeps_lists(holder) else Pupil.objects.none()


def removed_from(holder: Holder, school_id: int, *, since: datetime) -> QuerySet[Pupil]:
    """Whoever was taken off a school's list since a moment, the newest first, for the council's team."""
    rows = all_pupils(holder).filter(school_id=school_id, removed_at__gte=since)
    return rows.order_by("-removed_at", "-pk")[:NEWEST]


def lists_kept(holder: Holder) -> QuerySet[Establishment]:
    """The schools with somebody on their list, by name, for the council's team."""
    if not rules.keeps_lists(holder):
        return Establishment.objects.none()
    listed = Pupil.objects.filter(removed_at=None).values("school")
    return Establishment.objects.filter(pk__in=listed).order_by("name", "pk")


def loadings_of(user: User) -> QuerySet[Loading]:
    """What ``user`` has read in."""
    return Loading.objects.filter(by=user)
