"""A second opinion: asked, given, withdrawn. It never decides."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Team
from guildhall.records.children.models import Child

from ..models import Mention, Opinion
from ..opinions import colleagues_of

LONGEST = 2_000


class OpinionIncomplete(Refusals):
    """The question, the colleague or the view is missing, or the words are too long."""


class OpinionClosed(Refusal):
    """Somebody has answered, decided or asked already, or it is one's own question."""


@transaction.atomic
def ask_opinion(
    mention: Mention, *, question: str, by: User, now: datetime, colleague: int | None = None, team: str = ""
) -> Opinion:
    """Ask ``colleague`` (number of an account), or else anybody of ``team``, what they think of ``mention``.

    They get an email that names nobody. Raises OpinionIncomplete, OpinionClosed.
    """
    mention = hold(mention)
    problems = _words("question", question, needed=True)
    who = next((each for each in colleagues_of(by.pk) if each.pk == colleague), None)
    mailbox = None if who else Team.objects.filter(pk=team).first()
    if who is None and (colleague is not None or mailbox is None):
        problems["whom"] = texts.say("matching.Error_Opinion_Whom")
    if problems:
        raise OpinionIncomplete(problems)
    if mention.state != Mention.State.WAITING:
        raise OpinionClosed(texts.say("matching.Error_Opinion_Decided"))
    if mention.opinions.filter(answered_at=None, withdrawn_at=None).exists():
        raise OpinionClosed(texts.say("matching.Error_Opinion_Open"))
    opinion = Opinion.objects.create(
        mention=mention, asked_by=by, asked_at=now, asked_of=who, team="" if who else team, question=question
    )
    asked = who.pk if who else team
    audit.record("linkage.opinion_asked", by=by, about=mention, now=now, detail={"of": asked})
    to, language = (who.email, who.language) if who else (mailbox.email if mailbox else "", "en")
    _tell(to, "OpinionAsked", language, opinion, now=now)
    return opinion


@transaction.atomic
def give_opinion(
    opinion: Opinion, *, view: str, by: User, now: datetime, answer: str = "", child: Child | None = None
) -> Opinion:
    """Answer with ``view`` (a word of Opinion.View; with match, the record ``child``) and a note.

    Whoever asked gets an email that names nobody. Raises OpinionIncomplete, OpinionClosed.
    """
    opinion = hold(opinion)
    problems = _words("answer", answer, needed=False)
    if view not in Opinion.View.values or (view == Opinion.View.MATCH) != (child is not None):
        problems = {"view": texts.say("matching.Error_Opinion_View")} | problems
    if problems:
        raise OpinionIncomplete(problems)
    if opinion.asked_by_id == by.pk:
        raise OpinionClosed(texts.say("matching.Error_Opinion_Own"))
    if opinion.answered_at or opinion.withdrawn_at:
        raise OpinionClosed(texts.say("matching.Error_Opinion_Closed"))
    opinion.view, opinion.answer, opinion.child = view, answer, child
    opinion.answered_by, opinion.answered_at = by, now
    opinion.save()
    audit.record("linkage.opinion_given", by=by, about=opinion.mention, now=now, detail={"view": view})
    _tell(opinion.asked_by.email, "OpinionGiven", opinion.asked_by.language, opinion, now=now)
    return opinion


@transaction.atomic
def withdraw_opinion(opinion: Opinion, *, by: User, now: datetime) -> Opinion:
    """Ask no longer. Raises OpinionClosed when it was answered, or somebody else had asked."""
    opinion = hold(opinion)
    if opinion.answered_at or opinion.withdrawn_at or opinion.asked_by_id != by.pk:
        raise OpinionClosed(texts.say("matching.Error_Opinion_Closed"))
    opinion.withdrawn_at = now
    opinion.save(update_fields=["withdrawn_at"])
    audit.record("linkage.opinion_withdrawn", by=by, about=opinion.mention, now=now)
    return opinion


def _words(field: str, words: str, *, needed: bool) -> dict[str, str]:
    if needed and not words.strip():
        return {field: texts.say(f"matching.Error_Opinion_{field.title()}")}
    if len(words) > LONGEST:
        return {field: texts.say("matching.Error_Opinion_Long", most=f"{LONGEST:,}")}
    return {}


def _tell(to: str | None, text: str, language: str, opinion: Opinion, *, now: datetime) -> None:
    if to and authority.setting("mail.notify"):
        put_email(
            to,
            subject=f"messaging.EmailSubject_{text}",
            body=f"text-blocks.Email_{text}",
            language=language,
            key=f"{text}:{opinion.pk}",
            now=now,
            link=f"/council/matching/{opinion.mention_id}/",
        )
