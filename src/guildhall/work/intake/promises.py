"""What a sender may expect next: what, by when, from whom."""

from datetime import datetime, timedelta

from django.utils import timezone, translation

from guildhall.foundation.kit import speech
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Definition

from .destinations import destination_of

# A decision whether to assess is due within six weeks of the request (SEND Regulations 2014, regulation 5).
_DECISION = timedelta(weeks=6)


def promise_for(definition: Definition, *, sent_at: datetime, language: str) -> str:
    """What the receipt says comes next: the department that answers, and the latest day where one is set."""
    target = destination_of(definition.destination)
    with translation.override(language):
        return texts.say(
            f"send.Next_{_next(definition)}".replace("-", "_"),
            department=texts.say(target.department),
            latest=speech.day(timezone.localtime(sent_at) + _DECISION),
        )


def _next(definition: Definition) -> str:
    """Which text says what comes next: the team's, but only a request for an assessment has its deadline."""
    destination = definition.destination
    if destination.startswith("school-"):
        return "school_cases"
    if destination in ("send-professional", "send-review"):
        return "send_other"
    if destination == "send" and definition.audience == "young-person":
        return "send_own"
    return destination_of(destination).team
