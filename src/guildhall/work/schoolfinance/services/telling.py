"""Messages to those of a school who read its statements and answer its returns. They name no amount."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import translation

from guildhall.foundation.kit import speech
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.people.membership.addresses import at_school

from .. import queries
from ..models import Return, Statement, Version
from ..wording import month_words


def tell_of_statements(what: str, statements: Iterable[Statement], *, now: datetime) -> None:
    """They were published, corrected, withdrawn or put back: the end of the name of the message."""
    told = list(statements)
    readers = queries.readers_of({one.school_id for one in told})
    for one in told:
        for user in readers.get(one.school_id, []):
            with translation.override(user.language):
                month = month_words(one.month)
            messages.send_text(
                f"Finance_{what}",
                to=user,
                key=f"finance-{what.lower()}:{one.pk}:{user.pk}:{now.timestamp()}",
                now=now,
                about=About("", "schoolfinance.statement", one.pk),
                sensitive=False,
                month=month,
                school=one.school.name,
                why=one.withdrawn_why,
                link=at_school(one.school_id, "schools:finance-statement", one.pk),
                list=at_school(one.school_id, "schools:finance"),
            )


def tell_of_returns(what: str, returns: Iterable[Return], *, now: datetime, **values: Any) -> None:
    """They are asked for, due, late, or to be corrected: the end of the name of the message."""
    told = list(returns)
    readers = queries.readers_of({one.school_id for one in told})
    for one in told:
        for user in readers.get(one.school_id, []):
            with translation.override(user.language):
                due, title = speech.day(one.asked.due_on), one.asked.called
            messages.send_text(
                f"Finance_{what}",
                to=user,
                key=f"finance-{what.lower()}:{one.pk}:{user.pk}:{now.timestamp()}",
                now=now,
                about=About("", "schoolfinance.return", one.pk),
                sensitive=False,
                title=title,
                school=one.school.name,
                due=due,
                link=at_school(one.school_id, "schools:finance-return", one.pk),
                **values,
            )


def tell_sender(version: Version, *, now: datetime) -> None:
    """The receipt."""
    with translation.override(version.sent_by.language):
        title = version.of.asked.called
    messages.send_text(
        "Finance_Sent",
        to=version.sent_by,
        key=f"finance-sent:{version.pk}",
        now=now,
        about=About(version.reference, "schoolfinance.version", version.pk),
        sensitive=False,
        title=title,
        school=version.of.school.name,
        reference=version.reference,
        link=at_school(version.of.school_id, "schools:finance-sent", version.reference),
    )
