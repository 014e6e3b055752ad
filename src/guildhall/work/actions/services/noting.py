"""Notes on an action. They are added, never changed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.membership.models import SchoolPlace

from .. import rules
from ..models import Action, Step
from .holding import held, keep


class NoNote(Refusal):
    """A note needs words, and not too many."""


@transaction.atomic
def add_note(action: Action, words: str, *, key: UUID, place: SchoolPlace, now: datetime) -> Step:
    """Write a note; sent twice with one ``key`` it is written once. Raises NotYours, NoNote."""
    action = held(action, place)
    if known := action.steps.filter(key=key, by=place.user_id).first():
        return known
    if not 0 < len(words) <= rules.LONGEST_NOTE:
        raise NoNote(texts.say("schools.Error_Action_Note", most=f"{rules.LONGEST_NOTE:,}"), field="note")
    return keep(action, Step.Act.NOTED, by=place.user, now=now, words=words, key=key)
