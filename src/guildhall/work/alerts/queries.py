"""Reading alerts. Every query starts from who asks."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.advice.models import Requested
from guildhall.work.sharing import queries as sharing
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.rules import CITIZEN, PROFESSIONAL

from .models import Alert, Recipient, Run, Sending
from .rules import CONTEXTS, may_manage

MOST_FOUND = 20
SORTS = {
    "id": ("pk",),
    "reason": ("reason", "pk"),
    "kind": ("kind", "pk"),
    "next": (F("next_at").asc(nulls_last=True), "pk"),
    "last": (F("last_at").asc(nulls_last=True), "pk"),
}


class Reader(NamedTuple):
    """Somebody who may be told, and the involvement on which they are authenticated."""

    user: int
    involvement: int


# For administrators


def alerts(holder: Holder) -> QuerySet[Alert]:
    """Every alert there is, by number; none for who may not manage them."""
    rows = Alert.objects.filter(removed_at=None) if may_manage(holder) else Alert.objects.none()
    return rows.select_related("template", "changed_by", "activated_by").order_by("pk")


def removed_alerts(holder: Holder) -> QuerySet[Alert]:
    """Those that were removed, the latest first."""
    rows = Alert.objects.exclude(removed_at=None) if may_manage(holder) else Alert.objects.none()
    return rows.order_by("-removed_at", "pk")


def listed(
    holder: Holder, *, words: str = "", kind: str = "", state: str = "", sort: str = "id"
) -> QuerySet[Alert]:
    """The alerts that a list asks for, each with ``last_at`` and ``last_state`` of its newest run."""
    latest = Run.objects.filter(alert=OuterRef("pk")).order_by("-planned_at", "-pk")
    rows = alerts(holder).annotate(
        last_at=Subquery(latest.values("planned_at")[:1]), last_state=Subquery(latest.values("state")[:1])
    )
    if words:
        rows = rows.filter(_named(words))
    if kind in Alert.Kind.values:
        rows = rows.filter(kind=kind)
    if state in ("active", "inactive"):
        rows = rows.filter(activated_at__isnull=state == "inactive")
    order = SORTS.get(sort.removeprefix("-"), SORTS["id"])
    rows = rows.order_by(*order)
    return rows.reverse() if sort.startswith("-") else rows


def _named(words: str) -> Q:
    named = Q(reason__icontains=words) | Q(description__icontains=words)
    return named | Q(pk=number(words))


def recipients_of(alert: Alert) -> list[Recipient]:
    """The Recipient List: kinds first, then people by name."""
    rows = alert.recipients.select_related("user").order_by("user__surname", "user__forename", "pk")
    return sorted(rows, key=lambda one: one.kind == Recipient.Kind.USER)


def runs_of(holder: Holder, alert: Alert) -> QuerySet[Run]:
    """What the alert did, newest first, each with how many it was ``sent`` to."""
    rows = Run.objects.filter(alert=alert) if may_manage(holder) else Run.objects.none()
    counted = rows.annotate(sent=Count("sendings", filter=Q(sendings__message__isnull=False)))
    return counted.order_by("-planned_at", "-pk")


def found(holder: Holder, words: str) -> list[User]:
    """Up to MOST_FOUND active portal users whose names or addresses have every word."""
    return sharing.found_among_portal_users(words, most=MOST_FOUND) if may_manage(holder) else []


def portal_user(holder: Holder, user_id: int) -> User | None:
    """An active account of a citizen or professional, to send alerts to."""
    return sharing.portal_users().filter(pk=user_id).first() if may_manage(holder) else None


def missing(alert: Alert) -> dict[str, str]:
    """What an alert lacks to be activated, in words, by the field that would give it."""
    lacking = {
        "based_on": alert.is_trigger and alert.based_on not in CONTEXTS,
        "fields": alert.is_trigger and not alert.fields,
        "query": not alert.is_trigger and not alert.query,
        "next_at": not alert.is_trigger and alert.next_at is None,
        "recipients": not alert.recipients.exists(),
        "template": alert.template is None or alert.template.removed_at is not None,
    }
    return {
        field: texts.say(f"administration.Alerts_Missing_{field}")
        for field, lacks in lacking.items()
        if lacks
    }


# For firing


def waiting_for(context: str, changed: Collection[str], *, at: datetime) -> list[Alert]:
    """The trigger alerts that were active ``at`` that moment and wait for one of these fields."""
    rows = Alert.objects.filter(kind=Alert.Kind.TRIGGER, based_on=context, activated_at__lte=at)
    rows = rows.select_related("template")
    return [alert for alert in rows.order_by("pk") if set(alert.fields) & set(changed)]


def due(now: datetime) -> list[int]:
    """Numbers of the scheduled alerts whose time has come, the longest due first."""
    rows = Alert.objects.filter(activated_at__isnull=False, removed_at=None, next_at__lte=now)
    return list(rows.order_by("next_at", "pk").values_list("pk", flat=True))


def readers(
    alert: Alert, *, involvements: Iterable[int] | None = None, concerned: int | None = None
) -> list[Reader]:
    """Whom ``alert`` goes to now: authenticated on an involvement (one of these, where given), and listed.

    ``concerned`` is the portal user whose entry changed.
    """
    lines = list(alert.recipients.values_list("kind", "user_id"))
    kinds = {kind for kind, _user in lines}
    people = {user for kind, user in lines if user is not None}
    if Recipient.Kind.CONCERNED in kinds and concerned is not None:
        people.add(concerned)
    every = authenticated(involvements)
    types = sharing.types_of({reader.user for reader in every}) if kinds & _TYPES.keys() else {}
    wanted = {_TYPES[kind] for kind in kinds & _TYPES.keys()}
    return [one for one in every if one.user in people or types.get(one.user) in wanted]


def authenticated(involvements: Iterable[int] | None = None) -> list[Reader]:
    """Everybody authenticated on an involvement whose child is there, each once an involvement (SP-111)."""
    rows = sharing.everybody_authenticated()
    if involvements is not None:
        rows = rows.filter(involvement__in=list(involvements))
    return [Reader(*pair) for pair in rows.order_by("pk").values_list("user_id", "involvement_id")]


def concerned_by(context: str, entry: int) -> int | None:
    """The portal user whose entry that is, if it is of one."""
    if context == "portal_sharing":
        return PortalUser.objects.filter(pk=entry).values_list("user_id", flat=True).first()
    return Requested.objects.filter(pk=entry).values_list("portal_user__user_id", flat=True).first()


def children_of(sending: Sending) -> list[Child]:
    """The children in whose logs a message belongs: of its involvement, else of each its reader is on."""
    rows = sharing.everybody_authenticated().filter(user=sending.user_id)
    if sending.involvement_id is not None:
        rows = rows.filter(involvement=sending.involvement_id)
    return [one.involvement.child for one in rows.select_related("involvement__child").order_by("pk")]


_TYPES: dict[str, str] = {Recipient.Kind.CITIZENS: CITIZEN, Recipient.Kind.PROFESSIONALS: PROFESSIONAL}
