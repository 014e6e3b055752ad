"""What would stop a draft from being sent."""

from collections.abc import Collection
from datetime import datetime

from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.walk import Gap
from guildhall.paperwork.submissions.models import Draft

from ..declarations import declarations_for
from ..queries import gaps_of


class Unfinished(Refusal):
    """Something on the sender's route is missing; ``gaps`` says what and where, in page order."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(texts.say("send.Error_Unfinished"))
        self.gaps = gaps


class NotAgreed(Refusals):
    """A declaration was not ticked; ``problems`` is keyed by declaration."""


class ChangedSinceChecked(Refusal):
    """The answers moved after the sender opened the summary."""


def check(
    draft: Draft,
    *,
    declarations: Collection[str],
    language: str,
    now: datetime,
    revision: int | None = None,
) -> None:
    """Raise what would stop ``draft`` from being sent. Nothing is changed.

    ``declarations``: keys of those that were ticked. ``revision``: the one the sender checked, None for any.
    Raises ChangedSinceChecked, Unfinished, NotAgreed.
    """
    check_answers(draft, revision=revision, now=now)
    asked = declarations_for(forms.definition_of(draft.version_id), language)
    if missing := {each.key: texts.say(each.problem) for each in asked if each.key not in declarations}:
        raise NotAgreed(missing)


def check_answers(draft: Draft, *, revision: int | None, now: datetime) -> None:
    """Raise ChangedSinceChecked or Unfinished. ``revision``: the one the sender saw, None for any."""
    if revision is not None and revision != draft.revision:
        raise ChangedSinceChecked(texts.say("send.Error_ChangedSinceChecked"))
    if gaps := gaps_of(draft, now=now):
        raise Unfinished(gaps)
