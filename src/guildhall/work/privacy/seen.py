"""Who saw what in a time: the exact list of the audit for a child, an account, a file or an officer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import groupby

from django.db.models import Q

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit.models import Entry, Seal
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.typed import number
from guildhall.work.cases.models import Case

from .subject import Subject

PACK = "privacy.pack"  # of everything held about somebody
KINDS = ("child", "user", "file", "officer")
# What counts as seeing: opening, downloading and exporting, lists and searches included.
SEEING = ("child.viewed", "audit.exported", "audit.searched")


@dataclass(frozen=True)
class Question:
    """Of whom or what (``kind`` of KINDS, ``key``), from ``since`` until before ``until``."""

    kind: str
    key: str
    since: datetime
    until: datetime

    def as_kept(self) -> dict[str, str]:
        times = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return {"kind": self.kind, "key": self.key} | times


def who_saw(holder: Holder, question: Question) -> Iterator[tuple[Entry, Seal | None]]:
    """Every entry that answers ``question``, oldest first; none for who may not read the audit.

    A list or a search names what it showed, so its entry is read to see whether it named this.
    """
    found = audit.search(holder, since=question.since, until=question.until).filter(verb__in=SEEING)
    wanted = _Wanted(question)
    # One way at a time: of several at once a database sorts everything that is left for each batch.
    ways = [audit.in_order(found.filter(way), fits=wanted.named) for way in wanted.ways()]
    return (next(same) for _, same in groupby(merge(*ways, key=_number), key=_number))


def _number(pair: tuple[Entry, Seal | None]) -> int:
    return int(pair[0].pk)


class _Wanted:
    """What an entry must be about, in its columns or in the list that it names."""

    def __init__(self, question: Question) -> None:
        self.kind, self.key = question.kind, question.key
        self.number = number(question.key, otherwise=0)
        self.cases: set[str] = set()
        if self.kind in {"child", "user"}:
            references = Subject(self.kind, self.number).references
            own = Case.objects.filter(reference__in=references)
            self.cases = {str(pk) for pk in own.values_list("pk", flat=True)}
        elif self.kind == "file":
            self.cases = _cases_with(self.key)

    def ways(self) -> list[Q]:
        """Entries that are about it by themselves; and lists, searches and archives, which name what they
        showed. An entry may be found in more than one way.
        """
        of_cases = Q(about_kind="cases.case", about_id__in=self.cases)
        if self.kind == "officer":
            return [Q(by_id=self.number)]
        if self.kind == "file":
            return [of_cases, Q(about_kind="files.storedfile", about_id=self.key)]
        lists = [Q(about_kind=kind, about_id="list") for kind in ("cases", "children")]
        if self.kind == "child":
            return [of_cases, Q(child_id=self.number), *lists]
        account = Q(about_kind="accounts.user", about_id=self.key)
        return [of_cases, account, Q(about_kind=PACK), *lists]

    def named(self, entry: Entry) -> bool:
        """Whether ``entry`` is about it, or its list names it."""
        if self.kind == "officer":
            return True
        if self.kind == "file":
            files = {str(each) for each in entry.detail.get("files", ())}
            return entry.about_kind == "files.storedfile" or self.key in files
        if entry.about_kind == PACK and self.kind == "user":
            return entry.detail.get("account") == self.number
        if entry.about_id != "list":
            return True
        shown = {str(each) for each in entry.detail.get("shown", ())}
        if entry.about_kind == "cases":
            return bool(shown & self.cases)
        return self.kind == "child" and self.key in shown


def _cases_with(file: str) -> set[str]:
    """Numbers of the cases whose archive may have held the file."""
    held = StoredFile.objects.filter(pk=file, held_by_kind="submission").values_list("held_by_id", flat=True)
    return {str(pk) for pk in Case.objects.filter(submission__in=map(int, held)).values_list("pk", flat=True)}
