"""Which days of the audit the schedule may take, and which entries a hold keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.typed import number
from guildhall.work.cases.models import Case

from .models import Hold
from .subject import Subject


@dataclass(frozen=True)
class Day:
    """A day of the audit, by UTC. Its period counts from when it was over everywhere in the country."""

    on: date

    @property
    def pk(self) -> str:
        return self.on.isoformat()

    @property
    def over_on(self) -> date:
        return self.on + timedelta(days=1)


def days(before: date, after: str) -> Iterator[Day]:
    """The days that began before and come after the day ``after`` ("" for all) with anything that may go."""
    keeps = Held().keeps
    on = audit.day_after(date.fromisoformat(after) if after else None)
    while on is not None and on < before:
        if not all(keeps(entry) for entry in audit.of_day(on).iterator(chunk_size=500)):
            yield Day(on)
        on = audit.day_after(on)


def day(mark: str) -> Day | None:
    """The day, if it has anything that may go."""
    on = date.fromisoformat(mark)
    return next(days(on + timedelta(days=1), (on - timedelta(days=1)).isoformat()), None)


class Held:
    """What the holds that stand keep in the audit."""

    def __init__(self) -> None:
        self.holds = list(Hold.objects.filter(lifted_at=None).values_list("kind", "what"))

    def keeps(self, entry: Entry) -> bool:
        """Whether ``entry`` is of a held person or form: by them, about them, or a list of them."""
        if ("user", str(entry.by_id)) in self.holds or ("child", str(entry.child_id)) in self.holds:
            return True
        if (entry.about_kind, entry.about_id) in self._things:
            return True
        shown = {(entry.about_kind, str(each)) for each in entry.detail.get("shown", ())}
        return bool(shown & self._listed)

    @cached_property
    def _references(self) -> set[str]:
        found = {what for kind, what in self.holds if kind == "case"}
        for kind, what in self.holds:
            if kind in {"user", "child"} and (person := number(what)) > 0:
                found |= set(Subject(kind, person).references)
        return found

    @cached_property
    def _cases(self) -> dict[str, str]:
        """Number of every case that is held → that of its submission."""
        found = Case.objects.filter(reference__in=self._references).values_list("pk", "submission")
        return {str(case): str(submission) for case, submission in found}

    @cached_property
    def _things(self) -> set[tuple[str, str]]:
        things = {("cases.case", case) for case in self._cases}
        things |= {("submissions.submission", each) for each in self._cases.values()}
        things |= {("accounts.user", what) for kind, what in self.holds if kind == "user"}
        return things | {("children.child", what) for kind, what in self.holds if kind == "child"}

    @cached_property
    def _listed(self) -> set[tuple[str, str]]:
        children = {("children", what) for kind, what in self.holds if kind == "child"}
        return children | {("cases", case) for case in self._cases}
