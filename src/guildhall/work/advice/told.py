"""What an officer writes of a request, and what of it is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guildhall.foundation.texts.queries import say
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.persons.models import Person
from guildhall.work.sharing.models import PortalUser

from .rules import FURTHEST, LONGEST_DETAILS, LONGEST_NAME, LONGEST_ROLE


@dataclass(frozen=True)
class Told:
    """An entry as it was typed. With a ``portal_user`` name, email and role are those of the account.

    Without one, they are those of ``person`` where nothing else was typed.
    """

    details: str
    due_on: date | None
    portal_user: PortalUser | None = None
    person: Person | None = None
    name: str = ""
    email: str = ""
    role: str = ""
    wanted: str = ""
    form: Submission | None = None
    notified_on: date | None = None
    received_on: date | None = None

    @property
    def asked(self) -> tuple[str, str, str]:
        """Name, email address and role of whom it is asked (SP-250)."""
        if entry := self.portal_user:
            return str(entry.user), entry.user.email or "", entry.relation
        known = self.person or Person()
        return self.name or known.name, self.email or known.email, self.role or known.role

    def problems(self, *, today: date) -> dict[str, str]:
        """Field → what is wrong with it, in the order of the page."""
        return dict([*self._of_whom(), *self._of_words(), *self._of_days(today)])

    def _of_whom(self) -> Iterator[tuple[str, str]]:
        name, _email, role = self.asked
        if not name:
            yield "portal_user", say("children.Advice_Error_Whom")
        if len(name) > LONGEST_NAME:
            yield "name", say("children.Advice_Error_NameLong", most=LONGEST_NAME)
        if len(role) > LONGEST_ROLE:
            yield "role", say("children.Advice_Error_RoleLong", most=LONGEST_ROLE)

    def _of_words(self) -> Iterator[tuple[str, str]]:
        if not self.details:
            yield "details", say("children.Advice_Error_Details")
        elif len(self.details) > LONGEST_DETAILS:
            yield "details", say("children.Advice_Error_DetailsLong", most=f"{LONGEST_DETAILS:,}")

    def _of_days(self, today: date) -> Iterator[tuple[str, str]]:
        if self.due_on is None:
            yield "due_on", say("children.Advice_Error_Due")
        elif abs(self.due_on - today) > FURTHEST:
            yield "due_on", say("children.Advice_Error_DueFar")
        elif self.notified_on and self.due_on < self.notified_on:
            yield "due_on", say("children.Advice_Error_DueBefore")
        for name, day in (("notified_on", self.notified_on), ("received_on", self.received_on)):
            if day and day > today:
                yield name, say("children.Advice_Error_Future")
            elif day and today - day > FURTHEST:
                yield name, say("children.Advice_Error_LongAgo")
        if self.notified_on and self.received_on and self.received_on < self.notified_on:
            yield "received_on", say("children.Advice_Error_ReceivedBefore")
