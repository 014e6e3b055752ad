"""Putting portal users on an involvement, and sharing forms with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.faults import fault_point
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case

from . import queries
from .models import Change, Involvement, PortalUser, SharedForm
from .preview import Preview
from .rules import PROFESSIONAL, RECALL

LONGEST_RELATION, LONGEST_REASON = 100, 4_000


class EntryIncomplete(Refusals):
    """Something of an entry is missing or too long; ``problems`` is keyed by field."""


class AlreadyThere(Refusal):
    """The account has an entry on this involvement."""


class NotAPortalUser(Refusal):
    """The account is not active, or comes to neither portal."""


class EntryChanged(Refusal):
    """Somebody changed the entry since the page was opened."""


class NotWhatWasSeen(Refusal):
    """What would be shared, or with whom, is not what the officer looked at."""


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

    Raises EntryIncomplete, NotAPortalUser (to authenticate one who is none any more) and EntryChanged.
    """
    details.demand_complete()
    entry = hold(entry)
    if entry.version != seen:
        raise EntryChanged(texts.say("children.Sharing_Error_Changed"))
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


@again_when_first_or_crossed
def share_form(
    entry: Entry, *, child: Child, people: Collection[int], seen: str, by: User, now: datetime
) -> list[SharedForm]:
    """Let each of ``people`` (entries of Portal Sharing) read the form, and tell them that something came.

    ``seen`` is the digest of the preview that the officer looked at: anything else raises NotWhatWasSeen.
    Whoever reads the form already is not told again.
    """
    held = PortalUser.objects.select_for_update(of=("self",)).filter(pk__in=list(people)).order_by("pk")
    shown = queries.preview(child, entry, [person.pk for person in held])
    if shown is None or not shown.people or len(shown.people) != len(set(people)) or shown.digest != seen:
        raise NotWhatWasSeen(texts.say("children.Sharing_Error_NotWhatWasSeen"))
    return [_share(person, shown.entry, digest=seen, child=child, by=by, now=now) for person in shown.people]


@again_when_first_or_crossed
def answer_after_approval(
    case: Case, *, share: bool, shown: Preview | None, seen: str, by: User, now: datetime
) -> None:
    """Keep the first answer to the question about sharing an approved form; yes shares it with whom it named.

    Both are done or neither. ``shown`` is what the page named, None where nobody is authenticated. Raises
    NotWhatWasSeen when that has changed, and what ``answer_sharing`` of cases raises.
    """
    if cases.answer_sharing(case, share=share, by=by, now=now) and share and shown:
        people = [person.pk for person in shown.people]
        share_form(shown.entry, child=shown.child, people=people, seen=seen, by=by, now=now)


@again_when_crossed
def stop_sharing(shared: SharedForm, *, by: User, now: datetime) -> SharedForm:
    """End what one person may read. Stopping again changes nothing."""
    shared = hold(shared)
    if shared.stopped_at is None:
        shared.stopped_at, shared.stopped_by = now, by
        shared.save(update_fields=["stopped_at", "stopped_by"])
        verb = "sharing.recalled" if now - shared.shared_at <= RECALL else "sharing.stopped"
        child = shared.recipient.involvement.child_id
        audit.record(verb, by=by, about=shared, child=child, now=now)
    return shared


def _share(
    person: PortalUser, entry: Entry, *, digest: str, child: Child, by: User, now: datetime
) -> SharedForm:
    values = {"digest": digest, "shared_at": now, "shared_by": by}
    shared, made = SharedForm.objects.get_or_create(
        recipient=person, entry=entry, stopped_at=None, defaults=values
    )
    if made:
        detail = {"entry": entry.pk, "to": person.user_id, "digest": digest}
        audit.record("sharing.shared", by=by, about=shared, child=child.pk, now=now, detail=detail)
        fault_point("sharing.share.kept")
        messages.send_text("SomethingShared", to=person.user, key=f"shared:{shared.pk}", now=now)
    return shared


def _write(entry: PortalUser, details: Details, *, by: User, now: datetime) -> None:
    """Keep the entry as ``details`` say, and the same in its history."""
    user_type = queries.types_of([entry.user_id])[entry.user_id]
    newly = details.authenticated and not entry.authenticated
    if not entry.version or newly:
        _demand_portal_user(entry.user, user_type)
    entry.relation = details.relation.strip()
    entry.young_person = details.young_person
    entry.parental_responsibility = details.parental_responsibility
    entry.authenticated, entry.reason = details.authenticated, details.reason.strip()
    entry.version += 1
    entry.save()
    Change.objects.create(
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


def _demand_portal_user(user: User, user_type: str) -> None:
    if user.state != User.State.ACTIVE or not user_type:
        raise NotAPortalUser(texts.say("children.Sharing_Error_NotAPortalUser", name=user))


def _audited(entry: PortalUser) -> dict[str, object]:
    return {"user": entry.user_id, "authenticated": entry.authenticated, "version": entry.version}
