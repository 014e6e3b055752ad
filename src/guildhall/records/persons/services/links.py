"""Saying, and taking back, that a portal account is a person's (SP-349). Nothing links by itself."""

from datetime import datetime

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.again import again_when_crossed, again_when_first_or_crossed
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import Link, Person


class LinkedOtherwise(Refusal):
    """The account is another person's; that link must be undone first."""


class PersonRemoved(Refusal):
    """The person is no longer in the records."""


@again_when_first_or_crossed
def link_user(user: User, *, person: Person, child: int | None, by: User, now: datetime) -> Link:
    """Say that the account is ``person``'s; again is the same. ``child``: the record where the officer did.

    Raises LinkedOtherwise, PersonRemoved.
    """
    person = hold(person)
    if person.removed_at is not None:
        raise PersonRemoved(texts.say("children.Link_Error_Removed"))
    standing = Link.objects.select_for_update().filter(user=user, undone_at=None).first()
    if standing and standing.person_id != person.pk:
        raise LinkedOtherwise(texts.say("children.Link_Error_Other", name=standing.person))
    if standing:
        return standing
    link = Link.objects.create(user=user, person=person, linked_at=now, linked_by=by)
    detail = {"user": user.pk}
    audit.record("persons.linked", by=by, about=person, child=child, now=now, detail=detail)
    return link


@again_when_crossed
def undo_link(link: Link, *, child: int | None, by: User, now: datetime) -> Link:
    """Take back a link; it stays in the history. Again changes nothing."""
    link = hold(link)
    if link.undone_at is None:
        link.undone_at, link.undone_by = now, by
        link.save(update_fields=["undone_at", "undone_by"])
        detail = {"user": link.user_id}
        audit.record("persons.unlinked", by=by, about=link.person, child=child, now=now, detail=detail)
    return link
