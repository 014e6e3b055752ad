"""Adding, changing and removing entries; every state of one is kept."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.persons import queries as persons
from guildhall.work.sharing.models import Involvement
from guildhall.work.sharing.services import changes

from .. import queries
from ..models import Change, Requested
from ..rules import ALERT_FIELDS, next_chase
from ..told import Told
from .telling import tell_asked

CONTEXT = "info_requested"


class EntryIncomplete(Refusals):
    """Something of an entry is missing or wrong; ``problems`` is keyed by field."""


class NotPartOfIt(Refusal):
    """The portal user is not on the involvement of the child."""


@again_when_first_or_crossed
def add_request(child: Child, told: Told, *, key: UUID, by: User, now: datetime) -> Requested:
    """Put a request on the involvement of ``child``, which begins with its first entry.

    The same ``key`` again adds nothing. Raises EntryIncomplete, NotPartOfIt.
    """
    demand_right(told, now=now)
    opening = {"opened_at": now, "opened_by": by}
    involvement, _ = Involvement.objects.get_or_create(child=child, defaults=opening)
    involvement = hold(involvement)
    if known := Requested.objects.filter(key=key, involvement=involvement).first():
        return known
    requested = Requested(key=key, involvement=involvement, made_at=now, made_by=by)
    _describe(requested, told)
    requested.chase_on = first_chase(requested, after=timezone.localdate(now))
    keep(requested, "added", by=by, now=now)
    return requested


@again_when_crossed
def change_request(requested: Requested, told: Told, *, seen: int, by: User, now: datetime) -> Requested:
    """Say otherwise what was requested, on a page that showed version ``seen``.

    Whoever was told already hears of another due date, or that they need not answer. Nothing is kept when
    nothing changed. Raises EntryIncomplete, NotPartOfIt, ChangedMeanwhile.
    """
    demand_right(told, now=now)
    requested = as_seen(requested, seen)
    before, knew = _asks(requested), queries.who_knows(requested)
    _describe(requested, told)
    if before != _asks(requested):
        requested.declined_on = None
        requested.chase_on = first_chase(requested, after=timezone.localdate(now))
    if changed_fields(_last(requested), _state_of(requested, by=by, now=now)):
        keep(requested, "changed", by=by, now=now)
        _tell_of_change(requested, before, knew, by=by, now=now)
    return requested


@again_when_crossed
def remove_request(requested: Requested, *, seen: int, by: User, now: datetime) -> Requested:
    """Take an entry out of the panel, and out of sight of whom it was asked of, who is told if it waited.

    It can be put back. Raises ChangedMeanwhile.
    """
    requested = as_seen(requested, seen)
    knew = queries.who_knows(requested)
    requested.removed_at, requested.removed_by, requested.chase_on = now, by, None
    keep(requested, "removed", by=by, now=now)
    tell_asked("AdviceWithdrawn", requested, knew, by=by, now=now)
    return requested


@again_when_crossed
def put_back(requested: Requested, *, by: User, now: datetime) -> Requested:
    """Put a removed entry where it was. Doing so again changes nothing."""
    requested = hold(requested)
    if requested.removed_at is None:
        return requested
    requested.removed_at = requested.removed_by = None
    requested.chase_on = first_chase(requested, after=timezone.localdate(now))
    keep(requested, "put_back", by=by, now=now)
    tell_asked("AdviceAsked", requested, queries.who_knows(requested), by=by, now=now)
    return requested


def demand_right(told: Told, *, now: datetime) -> None:
    """Raise EntryIncomplete for what is missing or wrong."""
    if problems := told.problems(today=timezone.localdate(now)):
        raise EntryIncomplete(problems)


def keep(requested: Requested, act: str, *, by: User | None, now: datetime) -> Requested:
    """Save a held request, its state in its history, the audit, and word of what changed for alerts."""
    requested.version += 1
    requested.save()
    state = _state_of(requested, by=by, now=now)
    changed = changed_fields(_last(requested), state)
    state.save(force_insert=True)
    child = requested.involvement.child_id
    detail = {"version": requested.version, "fields": changed}
    audit.record(f"advice.{act}", by=by, about=requested, child=child, now=now, detail=detail)
    changes.tell(requested.involvement_id, context=CONTEXT, entry=requested.pk, changed=changed, now=now)
    return requested


def receive(requested: Requested, on: date, *, by: User | None, now: datetime) -> None:
    """Close a held request: what it asked for came on that day."""
    requested.received_on, requested.declined_on, requested.chase_on = on, None, None
    keep(requested, "received", by=by, now=now)


def changed_fields(before: Change | None, after: Change) -> list[str]:
    """The names of the fields that differ between two states; at first, of those that say something."""
    blank = before or Change()
    return [name for name in ALERT_FIELDS if (getattr(after, name) or "") != (getattr(blank, name) or "")]


def as_seen(requested: Requested, seen: int) -> Requested:
    """The request, held. Raises ChangedMeanwhile if it is not as a page with version ``seen`` showed it."""
    requested = hold(requested)
    if requested.version != seen or requested.removed_at:
        raise ChangedMeanwhile(say("children.Advice_Error_Changed"))
    return requested


def _describe(requested: Requested, told: Told) -> None:
    entry = told.portal_user
    moved = entry is not None and entry.pk != requested.portal_user_id
    if entry and moved and entry.involvement_id != requested.involvement_id:
        raise NotPartOfIt(say("children.Advice_Error_NotOnIt"), field="portal_user")
    assert told.due_on is not None
    another = moved and requested.portal_user_id is not None
    first_told = None if another and told.notified_on == requested.notified_on else told.notified_on
    requested.portal_user = entry
    requested.person = told.person or (persons.person_of(entry.user) if entry else None)
    requested.name, requested.email, requested.role = told.asked
    requested.details, requested.wanted, requested.form = told.details, told.wanted, told.form
    requested.due_on, requested.notified_on = told.due_on, first_told
    requested.received_on = told.received_on


def first_chase(requested: Requested, *, after: date) -> date | None:
    """The day of the first reminder of a request; None where it waits for nothing."""
    over = requested.received_on or requested.declined_on
    return None if over else next_chase(requested.due_on, after=after)


def _asks(requested: Requested) -> tuple[date, date | None, int | None]:
    """By when, of whom, and whether still: what is asked anew when it changes."""
    return requested.due_on, requested.received_on, requested.portal_user_id


def _tell_of_change(
    requested: Requested,
    before: tuple[date, date | None, int | None],
    knew: User | None,
    *,
    by: User,
    now: datetime,
) -> None:
    due_before, _received, entry_before = before
    if requested.portal_user_id != entry_before:
        tell_asked("AdviceWithdrawn", requested, knew, by=by, now=now)
    elif requested.due_on != due_before:
        tell_asked("AdviceDueMoved", requested, queries.who_knows(requested), by=by, now=now)


def _last(requested: Requested) -> Change | None:
    return Change.objects.filter(requested=requested.pk).order_by("-version").first()


def _state_of(requested: Requested, *, by: User | None, now: datetime) -> Change:
    return Change(
        requested=requested,
        version=requested.version,
        by=by,
        at=now,
        name=requested.name,
        email=requested.email,
        role=requested.role,
        person=str(requested.person or ""),
        wanted=requested.wanted,
        form=requested.form.reference if requested.form else "",
        details=requested.details,
        due_on=requested.due_on,
        notified_on=requested.notified_on,
        received_on=requested.received_on,
        removed=requested.removed_at is not None,
    )
