"""Reading the contacts, starting from who asks."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.people.responsibilities.models import Assignment

from . import rules
from .models import Contact, Sheet

STATES = ("none", "old", "confirmed")


def keeps(holder: Holder, school_id: int) -> bool:
    """Whether a responsibility of ``holder`` at the school lets them keep its contacts."""
    return responsibilities.opens(holder, school_id, rules.SYSTEM)


def contacts_of(holder: Holder, school_id: int) -> QuerySet[Contact]:
    """Whom to call about a school, in order, for whoever may know; none for others."""
    if not (keeps(holder, school_id) or rules.reads_all(holder)):
        return Contact.objects.none()
    return Contact.objects.filter(school_id=school_id, removed_at=None).order_by("position", "pk")


def removed_from(holder: Holder, school_id: int, *, now: datetime) -> QuerySet[Contact]:
    """Those who were taken out of late and can be put back, the newest first, for who keeps them."""
    if not keeps(holder, school_id):
        return Contact.objects.none()
    rows = Contact.objects.filter(school_id=school_id, removed_at__gte=now - rules.KEPT_AFTER)
    return rows.order_by("-removed_at", "-pk")


def sheet_of(school_id: int) -> Sheet | None:
    """When the contacts of a school were confirmed, if it was ever asked or did."""
    return Sheet.objects.select_related("confirmed_by").filter(school_id=school_id).first()


def last_change(contacts: list[Contact]) -> datetime | None:
    """When one of these was last written."""
    return max((one.changed_at for one in contacts), default=None)


@dataclass
class Known:
    """A school with its contacts, in the order in which they are called. ``state`` is one of STATES."""

    school: Establishment
    confirmed_at: datetime | None
    state: str
    contacts: list[Contact] = field(default_factory=list)

    def has(self, words: str) -> bool:
        """Whether each of ``words`` is in the name, number or town of the school, or in a contact's name."""
        names = [one.name for one in self.contacts]
        said = fold_name(" ".join((self.school.name, self.school.urn, self.school.town, *names)))
        return all(word in said for word in fold_name(words).split())


def directory(holder: Holder, *, now: datetime, words: str = "", state: str = "") -> list[Known]:
    """Every open school by name with its contacts, for the council; two statements however many."""
    if not rules.reads_all(holder):
        return []
    contacts: dict[int, list[Contact]] = {}
    for one in Contact.objects.filter(removed_at=None).order_by("school", "position", "pk"):
        contacts.setdefault(one.school_id, []).append(one)
    schools = Establishment.objects.filter(closed_on=None).annotate(
        confirmed=F("emergency_sheet__confirmed_at")
    )
    known = [_known(one, contacts.get(one.pk, []), now) for one in schools.order_by("name", "pk")]
    known = [one for one in known if not words or one.has(words)]
    return [one for one in known if state not in STATES or one.state == state]


def known_of(holder: Holder, school_id: int, *, now: datetime) -> Known | None:
    """One open or closed school of it."""
    if not rules.reads_all(holder):
        return None
    schools = Establishment.objects.annotate(confirmed=F("emergency_sheet__confirmed_at"))
    school = schools.filter(pk=school_id).first()
    return _known(school, list(contacts_of(holder, school_id)), now) if school else None


def _known(school: Establishment, contacts: list[Contact], now: datetime) -> Known:
    confirmed_at: datetime | None = school.confirmed  # type: ignore[attr-defined]
    old = rules.is_old(confirmed_at, now=now)
    return Known(school, confirmed_at, ("old" if old else "confirmed") if contacts else "none", contacts)


def to_remind(*, now: datetime) -> list[Establishment]:
    """Open schools whose contacts are missing or old, and that were not asked of late."""
    fresh = Sheet.objects.filter(
        Q(confirmed_at__gte=now - rules.CONFIRMED_FOR) | Q(reminded_at__gt=now - rules.REMIND_AGAIN)
    )
    rows = Establishment.objects.filter(closed_on=None).exclude(pk__in=fresh.values("school"))
    return list(rows.order_by("pk"))


def keepers_of(school_id: int) -> list[SchoolPlace]:
    """The people at a school who can sign in and whose responsibility lets them keep its contacts."""
    rows = Assignment.objects.filter(
        place__school_id=school_id,
        place__membership__ended_at=None,
        place__membership__locked_at=None,
        responsibility__retired_at=None,
    ).select_related("place__user", "responsibility")
    found = {one.place_id: one.place for one in rows if rules.SYSTEM in one.responsibility.systems}
    return [found[pk] for pk in sorted(found)]
