"""Consent statements and people's answers to them."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import stamps

from .. import codes
from ..models import ConsentGiven, ConsentStatement, User


@transaction.atomic
def publish_statement(
    wording: dict[str, str], *, agreement: dict[str, str], by: User | None, now: datetime
) -> ConsentStatement:
    """Make ``wording`` (Markdown in en, cy or both) the current statement; it can never be changed."""
    statement = ConsentStatement.objects.create(wording=wording, agreement=agreement, published_at=now)
    stamps.touch("consent")
    audit.record("consent.published", by=by, about=statement, now=now)
    return statement


@transaction.atomic
def answer(
    user: User,
    statement: ConsentStatement,
    *,
    answer: str,
    by: User,
    now: datetime,
    language: str = "",
    network: str = "",
) -> ConsentGiven:
    """Keep what ``user`` answered: agreed, withheld or withdrawn.

    ``language`` is the one they read it in (default: the account's) where the statement has words in it. Of
    the browser's ``network`` address only a keyed digest is kept, with the rest, in the audit.
    """
    wanted = language or user.language
    spoken = wanted if statement.wording.get(wanted) else next(iter(statement.wording))
    given = ConsentGiven.objects.create(
        user=user, statement=statement, answer=answer, language=spoken, at=now
    )
    detail = {"statement": statement.pk, "language": spoken, "given": given.pk}
    if network:
        detail["network"] = codes.name_digest(network)
    audit.record(f"consent.{answer}", by=by, about=user, now=now, detail=detail)
    return given
