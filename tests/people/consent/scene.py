"""A library with something in it, and people who have answered."""

from datetime import datetime
from typing import Any

from guildhall.people.accounts.models import ConsentStatement
from guildhall.people.consent import services
from guildhall.people.consent.models import Question, Scheduled

from ...standing import NOON, an_administrator

NETWORK = "203.0.113.7"


def a_question(words: str = "We keep what you send.", *, active: bool = True, **more: Any) -> Question:
    """A question of the library in English and Welsh."""
    given: dict[str, Any] = {
        "agreement": {"en": "I agree.", "cy": "Rwy'n cytuno."},
        "active": active,
        "by": an_administrator(),
        "now": NOON,
    }
    return services.add_question({"en": words, "cy": f"Cymraeg: {words}"}, **(given | more))


def published(
    words: str = "We keep what you send.", *, now: datetime = NOON, **more: Any
) -> ConsentStatement:
    """A newer statement, current from now on."""
    question = a_question(words, now=now, **more)
    scheduled = services.schedule(question, publish_at=None, by=an_administrator(), now=now)
    return Scheduled.objects.get(pk=scheduled.pk).statement
