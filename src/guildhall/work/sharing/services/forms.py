"""Sharing forms of the chronology with the portal users on an involvement."""

from collections.abc import Collection
from datetime import datetime

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.faults import fault_point
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case

from .. import queries
from ..models import PortalUser, SharedForm
from ..preview import Preview
from ..rules import RECALL


class NotWhatWasSeen(Refusal):
    """What would be shared, or with whom, is not what the officer looked at."""


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
