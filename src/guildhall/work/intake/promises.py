"""What a sender may expect next: what, by when, from whom."""

from datetime import datetime, timedelta

from django.utils import timezone, translation

from guildhall.foundation.kit import speech
from guildhall.foundation.texts import queries as texts

from .destinations import destination_of

# A decision whether to assess is due within six weeks of the request (SEND Regulations 2014, regulation 5).
_DECISION = timedelta(weeks=6)


def promise_for(destination: str, *, sent_at: datetime, language: str) -> str:
    """What the receipt says comes next: the department that answers, and the latest day where one is set."""
    target = destination_of(destination)
    with translation.override(language):
        return texts.say(
            f"send.Next_{_next(destination)}".replace("-", "_"),
            department=texts.say(target.department),
            latest=speech.day(timezone.localtime(sent_at) + _DECISION),
        )


def _next(destination: str) -> str:
    """Which text says what comes next: the team's, but only a request for an assessment has its deadline."""
    if destination.startswith("school-"):
        return "school_cases"
    return (
        "send_other"
        if destination in ("send-professional", "send-review")
        else destination_of(destination).team
    )
