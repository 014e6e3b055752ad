"""Saying why one opens the record of a child with whom one has no work."""

from datetime import datetime, timedelta

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..models import OpeningReason

MOST_WORDS = 500


@transaction.atomic
def give_reason(child: Child, *, kind: str, words: str, by: User, now: datetime) -> OpeningReason:
    """Open the record of ``child``, and no other, to ``by`` for some hours. Raises Refusals."""
    problems = {}
    if kind not in OpeningReason.Kind.values:
        problems["kind"] = say("children.Error_Why_Kind")
    if not words:
        problems["words"] = say("children.Error_Why_Words")
    elif len(words) > MOST_WORDS:
        problems["words"] = say("children.Error_Why_Long", most=MOST_WORDS)
    if problems:
        raise Refusals(problems)
    until = now + timedelta(hours=setting("odd.ask_hours"))
    given = OpeningReason.objects.create(
        by=by, child=child.pk, kind=kind, words=words, given_at=now, until=until
    )
    audit.record(
        "child.reason_given",
        by=by,
        about=given,
        now=now,
        child=child.pk,
        detail={"kind": kind, "until": until.isoformat()},
    )
    return given
