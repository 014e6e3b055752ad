"""Consent statements and people's answers to them."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit

from ..models import ConsentGiven, ConsentStatement, User


@transaction.atomic
def publish_statement(
    wording: dict[str, str], *, agreement: dict[str, str], by: User | None, now: datetime
) -> ConsentStatement:
    """Make ``wording`` (Markdown in en and cy) the current statement; it can never be changed."""
    statement = ConsentStatement.objects.create(wording=wording, agreement=agreement, published_at=now)
    audit.record("consent.published", by=by, about=statement, now=now)
    return statement


@transaction.atomic
def answer(user: User, statement: ConsentStatement, *, answer: str, by: User, now: datetime) -> ConsentGiven:
    """Keep what ``user`` answered: agreed, withheld or withdrawn."""
    given = ConsentGiven.objects.create(
        user=user, statement=statement, answer=answer, language=user.language, at=now
    )
    audit.record(f"consent.{answer}", by=by, about=user, now=now, detail={"statement": statement.pk})
    return given
