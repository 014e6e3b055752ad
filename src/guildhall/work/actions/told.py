"""What is typed of an action, and what of it is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from guildhall.foundation.texts.queries import say
from guildhall.mail.post.models import Posting
from guildhall.work.schoolcases.models import SchoolCase

from .models import Action
from .rules import LONGEST_TITLE

Source = Action.Source
FURTHEST = timedelta(days=365 * 5)


@dataclass(frozen=True)
class Told:
    """An action as it was typed. ``owner`` is the id of a person of the school."""

    title: str
    due_on: date | None
    owner: int | None = None
    source: str = Source.OTHER
    posting: Posting | None = None
    case: SchoolCase | None = None
    visited_on: date | None = None

    def problems(self, *, today: date, due_before: date | None = None) -> dict[str, str]:
        """Field → what is wrong with it. ``due_before``: the due date it has, which may be over."""
        return dict(self._wrong(today, due_before))

    def _wrong(self, today: date, due_before: date | None) -> Iterator[tuple[str, str]]:
        if not 0 < len(self.title) <= LONGEST_TITLE:
            yield "title", say("schools.Error_Action_Title", most=LONGEST_TITLE)
        if self.due_on is None:
            yield "due_on", say("schools.Error_Action_Due")
        elif self.due_on != due_before and self.due_on < today:
            yield "due_on", say("schools.Error_Action_DuePast")
        elif self.due_on > today + FURTHEST:
            yield "due_on", say("schools.Error_Action_DueFar")
        if self.source == Source.VISIT and (self.visited_on is None or self.visited_on > today):
            yield "visited_on", say("schools.Error_Action_Visited")
        if (self.source == Source.POST) != bool(self.posting) or (self.source == Source.CASE) != bool(
            self.case
        ):
            yield "source", say("schools.Error_Action_Source")
