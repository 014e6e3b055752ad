"""Who decides about a responsibility, and what its level lets a person see. Pure."""

from django.db import models

from guildhall.foundation.access.holder import Holder
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.rules import supervises

from .models import Level, Proposal

# More Lead Contacts than this send the council several answers, or answers that conflict.
IDEAL_LEADS = 2


class Sensitivity(models.TextChoices):
    """How confidential a posting is. Every posting has one of these."""

    UNRESTRICTED = "unrestricted"
    CONTEXT = "context-sensitive"
    PROTECTED = "protected"
    CONTROLLED = "controlled"


_SEEN_BY = {
    Level.LEAD: frozenset(Sensitivity),
    Level.INTERESTED: frozenset({Sensitivity.UNRESTRICTED, Sensitivity.CONTEXT}),
}


def seen_by(level: str) -> frozenset[Sensitivity]:
    """The sensitivity levels that somebody with ``level`` sees in a responsibility; nothing without one.

    Lists, counts, searches, emails, attachments, alerts and direct links all ask this.
    """
    return _SEEN_BY.get(Level(level), frozenset()) if level in Level.values else frozenset()


def decides(holder: Holder, place: SchoolPlace, *, others: bool) -> bool:
    """Whether ``holder`` decides what ``place`` is responsible for.

    ``others``: the school has another supervisor than the person of ``place``; then nobody decides about
    themselves.
    """
    if not supervises(holder, place.school_id):
        return False
    return place.user_id != holder.user_id or not others


def is_head(place: SchoolPlace) -> bool:
    """Whether this person answers for the school when the schools are consulted."""
    return place.kind == SchoolPlace.Kind.HEADTEACHER


def agreed(*, agree: int, object_: int) -> bool:
    """Whether there is general agreement: somebody agrees, and for each who objects two others agree."""
    return agree > 0 and agree >= 2 * object_


def is_open(proposal: Proposal) -> bool:
    """Whether nobody has decided about the proposal yet."""
    return proposal.decided_at is None
