"""Putting portal users on an involvement, and changing what is written of them."""

from dataclasses import dataclass
from datetime import datetime

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from .. import queries
from ..models import Change, Involvement, PortalUser
from ..rules import PROFESSIONAL
from . import changes

LONGEST_RELATION, LONGEST_REASON = 100, 4_000


class EntryIncomplete(Refusals):
    """Something of an entry is missing or too long; ``problems`` is keyed by field."""


class AlreadyThere(Refusal):
    """The account has an entry on this involvement."""


class NotAPortalUser(Refusal):
    """The account is not active, or comes to neither portal."""


@dataclass(frozen=True)
class Details:
    """What an officer writes of a portal user."""

    relation: str
    young_person: bool = False
    parental_responsibility: bool = False
    authenticated: bool = False
    reason: str = ""

    def demand_complete(self) -> None:
        """Raise EntryIncomplete for what is missing: a relation, and a reason to authenticate (SP-244)."""
        problems = {}
        if not self.relation.strip():
            problems["relation"] = texts.say("children.Sharing_Error_Relation")
        elif len(self.relation.strip()) > LONGEST_RELATION:
            problems["relation"] = texts.say("children.Sharing_Error_RelationLong", most=LONGEST_RELATION)
        if self.authenticated and not self.reason.strip():
            problems["reason"] = texts.say("children.Sharing_Error_Reason")
        elif len(self.reason.strip()) > LONGEST_REASON:
            problems["reason"] = texts.say("children.Sharing_Error_ReasonLong", most=f"{LONGEST_REASON:,}")
        if problems:
            raise EntryIncomplete(problems)


def suggested_relation(user: User, *, user_type: str) -> str:
    """Role/Relationship to begin with: what a professional's account says (SP-241)."""
    return user.job_role[:LONGEST_RELATION] if user_type == PROFESSIONAL else ""


@again_when_first_or_crossed
def add_portal_user(child: Child, *, user: User, details: Details, by: User, now: datetime) -> PortalUser:
    """Put ``user`` on the involvement of ``child``, which begins with its first entry.

    Raises EntryIncomplete, NotAPortalUser, AlreadyThere.
    """
    details.demand_complete()
    opening = {"opened_at": now, "opened_by": by}
    involvement, _ = Involvement.objects.get_or_create(child=child, defaults=opening)
    involvement = hold(involvement)
    if PortalUser.objects.filter(involvement=involvement, user=user).exists():
        raise AlreadyThere(texts.say("children.Sharing_Error_There", name=user))
    entry = PortalUser.objects.create(involvement=involvement, user=user, relation=details.relation.strip())
    _write(entry, details, by=by, now=now)
    audit.record("sharing.added", by=by, about=entry, child=child.pk, now=now, detail=_audited(entry))
    return entry


@again_when_crossed
def change_portal_user(
    entry: PortalUser, *, details: Details, seen: int, by: User, now: datetime
) -> PortalUser:
    """Change an entry that the officer opened at version ``seen``; taking the tick away stops all access.

    Raises EntryIncomplete, NotAPortalUser (to authenticate one who is none any more) and ChangedMeanwhile.
    """
    details.demand_complete()
    entry = hold(entry)
    if entry.version != seen:
        raise ChangedMeanwhile(texts.say("children.Sharing_Error_Changed"))
    _write(entry, details, by=by, now=now)
    audit.record(
        "sharing.changed",
        by=by,
        about=entry,
        child=entry.involvement.child_id,
        now=now,
        detail=_audited(entry),
    )
    return entry


def _write(entry: PortalUser, details: Details, *, by: User, now: datetime) -> None:
    """Keep the entry as ``details`` say, and the same in its history."""
    user_type = queries.types_of([entry.user_id])[entry.user_id]
    newly = details.authenticated and not entry.authenticated
    before = Change.objects.filter(portal_user=entry, version=entry.version).first()
    if not entry.version or newly:
        _demand_portal_user(entry.user, user_type)
    entry.relation = details.relation.strip()
    entry.young_person = details.young_person
    entry.parental_responsibility = details.parental_responsibility
    entry.authenticated, entry.reason = details.authenticated, details.reason.strip()
    entry.version += 1
    entry.save()
    change = Change.objects.create(
        portal_user=entry,
        version=entry.version,
        by=by,
        at=now,
        email=entry.user.email or "",
        user_type=user_type,
        relation=entry.relation,
        young_person=entry.young_person,
        parental_responsibility=entry.parental_responsibility,
        authenticated=entry.authenticated,
        reason=entry.reason,
    )
    changes.tell_of(change, before=before)


def _demand_portal_user(user: User, user_type: str) -> None:
    if user.state != User.State.ACTIVE or not user_type:
        raise NotAPortalUser(texts.say("children.Sharing_Error_NotAPortalUser", name=user))


def _audited(entry: PortalUser) -> dict[str, object]:
    return {"user": entry.user_id, "authenticated": entry.authenticated, "version": entry.version}
