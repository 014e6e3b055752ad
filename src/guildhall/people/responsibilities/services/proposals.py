"""New responsibilities that schools ask for: the headteachers of other schools are asked first."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.lists import services as lists
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import Opinion, Proposal, Responsibility
from .categories import Described, add_category
from .giving import tell

MOST_OPEN = 5  # proposals of one school


class TooManyProposals(Refusal):
    """The school has many proposals that nobody has decided yet."""


class NobodyToAsk(Refusal):
    """No other school has a headteacher who can sign in."""


class HeadsOnly(Refusal):
    """Only the headteacher of a school that was asked answers for it."""


class NoAgreement(Refusal):
    """The headteachers of other schools were not asked, or do not agree."""


class Decided(Refusal):
    """Somebody decided about the proposal before."""


@transaction.atomic
def propose_category(place: SchoolPlace, *, name: str, why: str, by: User, now: datetime) -> Proposal:
    """Ask for a new responsibility, for the school of ``place``. Raises Refusals, TooManyProposals."""
    place = hold(place)
    name, why = one_line(name), paragraphs(why)
    problems = {
        field: texts.say(f"schools.Error_Proposal_{field.title()}")
        for field, said, most in (("name", name, lists.LONGEST_NAME), ("why", why, 2000))
        if not 0 < len(said) <= most
    }
    if problems:
        raise Refusals(problems)
    if Proposal.objects.filter(school_id=place.school_id, decided_at=None).count() >= MOST_OPEN:
        raise TooManyProposals(texts.say("schools.Error_Proposal_Many"), field="name")
    proposal = Proposal.objects.create(school_id=place.school_id, by=by, name=name, why=why, asked_at=now)
    audit.record("responsibilities.proposed", by=by, about=proposal, now=now)
    return proposal


@transaction.atomic
def ask_heads(proposal: Proposal, *, by: User, now: datetime) -> int:
    """Ask the headteachers of all other schools; those who were asked before are left alone.

    Returns how many schools were asked now. Raises Decided, NobodyToAsk.
    """
    proposal = _undecided(proposal)
    asked = set(proposal.opinions.values_list("school_id", flat=True))
    heads = [one for one in queries.heads_elsewhere(proposal.school_id) if one.school_id not in asked]
    if not heads and not asked:
        raise NobodyToAsk(texts.say("schools.Error_Proposal_Nobody"))
    schools = {one.school_id for one in heads}
    Opinion.objects.bulk_create(Opinion(proposal=proposal, school_id=pk) for pk in sorted(schools))
    for head in heads:
        tell(head.user, "Consulted", key=f"{proposal.pk}:{head.school_id}", now=now)
    if proposal.consulted_at is None:
        Proposal.objects.filter(pk=proposal.pk).update(consulted_at=now)
    audit.record("responsibilities.consulted", by=by, about=proposal, now=now, detail={"asked": len(schools)})
    return len(schools)


@transaction.atomic
def give_opinion(
    opinion: Opinion, *, agrees: bool, words: str, place: SchoolPlace, by: User, now: datetime
) -> None:
    """Answer for the school of ``place``, whose headteacher ``by`` is, until the proposal is decided.

    An objection says why. Raises HeadsOnly, Decided, Refusals.
    """
    _undecided(opinion.proposal)
    if place.user_id != by.pk or place.school_id != opinion.school_id or not rules.is_head(place):
        raise HeadsOnly(texts.say("schools.Error_Opinion_Heads"))
    words = paragraphs(words)
    if len(words) > 2000 or not (agrees or words):
        raise Refusals({"words": texts.say("schools.Error_Opinion_Words")})
    Opinion.objects.filter(pk=opinion.pk).update(agrees=agrees, words=words, by=by, answered_at=now)
    audit.record("responsibilities.opinion", by=by, about=opinion, now=now, detail={"agrees": agrees})


@transaction.atomic
def accept_proposal(proposal: Proposal, *, told: Described, by: User, now: datetime) -> Responsibility:
    """Put it on the list as ``told``, when the headteachers generally agree.

    Raises Decided, NoAgreement, and what add_category raises.
    """
    proposal = _undecided(proposal)
    if not queries.heads_agree(proposal):
        raise NoAgreement(texts.say("schools.Error_Proposal_NoAgreement"))
    added = add_category(told, by=by, now=now)
    _decide(proposal, by=by, now=now, added=added)
    return added


@transaction.atomic
def decline_proposal(proposal: Proposal, *, answer: str, by: User, now: datetime) -> None:
    """Leave the list as it is, with the reason, which the school reads. Raises Decided, Refusals."""
    proposal = _undecided(proposal)
    answer = paragraphs(answer)
    if not 0 < len(answer) <= 500:
        raise Refusals({"answer": texts.say("schools.Error_Proposal_Answer")})
    _decide(proposal, by=by, now=now, answer=answer)


def _undecided(proposal: Proposal) -> Proposal:
    proposal = hold(proposal)
    if not rules.is_open(proposal):
        raise Decided(texts.say("schools.Error_Proposal_Decided"))
    return proposal


def _decide(
    proposal: Proposal, *, by: User, now: datetime, added: Responsibility | None = None, answer: str = ""
) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(added=added, answer=answer, decided_at=now, decided_by=by)
    audit.record(
        "responsibilities.proposal_decided", by=by, about=proposal, now=now, detail={"added": bool(added)}
    )
    still_there = Q(user_id=proposal.by_id, school_id=proposal.school_id, membership__ended_at=None)
    if SchoolPlace.objects.filter(still_there).exists():
        tell(proposal.by, "Proposal", key=str(proposal.pk), now=now)
