"""Who can be asked for a second opinion, and what was asked and answered."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.people.accounts.models import User
from guildhall.people.groups import queries as groups
from guildhall.people.membership.models import Membership

from .models import Mention, Opinion

MOST_COLLEAGUES = 200


def colleagues_of(user_id: int | None) -> QuerySet[User]:
    """Everybody else who matches children and can sign in, by name; at most MOST_COLLEAGUES."""
    held = Membership.objects.filter(ended_at=None, locked_at=None)
    roles = {
        role
        for role in held.values_list("role", flat=True).distinct()
        if Permission.MATCH_CHILDREN in groups.powers_of(frozenset({role})).permissions
    }
    who = held.filter(role__in=roles, user=OuterRef("pk"))
    found = User.objects.filter(Exists(who), state=User.State.ACTIVE).exclude(pk=user_id or 0)
    return found.order_by("surname", "forename", "pk")[:MOST_COLLEAGUES]


def opinions_of(mention: Mention) -> QuerySet[Opinion]:
    """What was asked about ``mention``, newest first."""
    found = mention.opinions.select_related("asked_by", "asked_of", "answered_by", "child")
    return found.filter(withdrawn_at=None).order_by("-pk")


def opinion_for(holder: Holder, pk: int) -> Opinion | None:
    """The opinion, for people who match children."""
    if not holder.may(Permission.MATCH_CHILDREN):
        return None
    found = Opinion.objects.select_related("mention", "asked_by", "asked_of").filter(pk=pk, withdrawn_at=None)
    return found.first()


def newest_by_mention(mentions: Iterable[Mention]) -> dict[int, Opinion]:
    """Number of a mention → what was asked last about it. One query, however many."""
    found = Opinion.objects.filter(mention__in=[each.pk for each in mentions], withdrawn_at=None)
    return {opinion.mention_id: opinion for opinion in found.order_by("pk")}


def asked_of(holder: Holder) -> Q:
    """Mentions for which an answer of ``holder`` is waited for: asked of them, or of one of their teams."""
    theirs = Q(asked_of=holder.user_id) | Q(asked_of=None, team__in=holder.teams)
    return _with(Opinion.objects.filter(theirs, answered_at=None).exclude(asked_by=holder.user_id))


def asked() -> Q:
    """Mentions about which somebody waits for an answer."""
    return _with(Opinion.objects.filter(answered_at=None))


def answered_to(holder: Holder) -> Q:
    """Mentions about which ``holder`` asked and somebody answered."""
    return _with(Opinion.objects.filter(asked_by=holder.user_id, answered_at__isnull=False))


def _with(found: QuerySet[Opinion]) -> Q:
    return Q(Exists(found.filter(mention=OuterRef("pk"), withdrawn_at=None)))
