"""The hash chain over the audit: pure computation on entries and seals."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .models import Entry, Seal

# An entry is sealed within minutes of what it tells. One that tells of a time so long before an earlier
# batch was sealed was put in afterwards.
LATE = timedelta(hours=1)


def content_of(entry: Entry) -> str:
    """The digest of everything that ``entry`` says."""
    said = [
        entry.pk,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.verb,
        entry.by_id,
        entry.by_name,
        entry.by_roles,
        entry.about_kind,
        entry.about_id,
        entry.child_id,
        entry.request_id,
        entry.detail,
    ]
    return _digest(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def link(previous: str, position: int, content: str) -> str:
    """The digest of one link: the link before it (empty for the first), its place and its entry."""
    return _digest(f"{previous}|{position}|{content}")


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold. ``entry_id`` is None when a seal is missing."""

    position: int
    entry_id: int | None
    how: str

    def __str__(self) -> str:
        place = (
            f"entry {self.entry_id} (position {self.position})"
            if self.entry_id
            else f"position {self.position}"
        )
        return f"{place}: {self.how}"


class Spans:
    """Positions, as first and last of each row of neighbours."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.spans = sorted(spans)
        self._firsts = [first for first, _ in self.spans]

    def __contains__(self, position: int) -> bool:
        at = bisect_right(self._firsts, position) - 1
        return at >= 0 and position <= self.spans[at][1]

    @classmethod
    def of(cls, positions: Iterable[int]) -> "Spans":
        """Those of ``positions``, each of which is named once."""
        spans: list[tuple[int, int]] = []
        for position in sorted(positions):
            if spans and spans[-1][1] == position - 1:
                spans[-1] = (spans[-1][0], position)
            else:
                spans.append((position, position))
        return cls(spans)


def first_break(
    pairs: Iterable[tuple[Seal, Entry | None]],
    *,
    after: tuple[int, str] = (0, ""),
    pruned: Spans | None = None,
    late: Spans | None = None,
) -> Break | None:
    """The first link of ``pairs`` (in order of position) that does not hold, or None.

    ``after`` is the position and digest of the link before the first of ``pairs``; ``pruned`` the places
    whose entries the audit says were too old. Their links still hold the chain together. ``late`` are the
    numbers of entries of which it says that they waited in a spool.
    """
    pruned, late = pruned or Spans(), late or Spans()
    position, digest = after
    batches = _Batches()
    for seal, entry in pairs:
        position += 1
        if seal.position != position:
            return Break(position, None, "a seal is missing here")
        if entry is None and position not in pruned:
            return Break(position, seal.entry_id, "deleted")
        if entry is not None and content_of(entry) != seal.content:
            return Break(position, seal.entry_id, "altered")
        if link(digest, position, seal.content) != seal.digest:
            return Break(position, seal.entry_id, "reordered, or its seal was altered")
        if entry is not None and batches.sealed_before(seal, entry) and entry.pk not in late:
            return Break(position, seal.entry_id, "inserted: it tells of a time that was sealed long before")
        digest = seal.digest
    return None


class _Batches:
    """When the batch before the one that is read was sealed."""

    def __init__(self) -> None:
        self.earlier: datetime | None = None
        self.this: datetime | None = None

    def sealed_before(self, seal: Seal, entry: Entry) -> bool:
        if seal.sealed_at != self.this:
            self.earlier, self.this = self.this, seal.sealed_at
        return self.earlier is not None and entry.at < self.earlier - LATE


def pairs(batch: int = 2_000) -> Iterator[tuple[Seal, Entry | None]]:
    """Every seal with its entry, or None where that is gone, in order of position."""
    position = -(2**62)
    while seals := list(Seal.objects.filter(position__gt=position).order_by("position")[:batch]):
        entries = Entry.objects.in_bulk([seal.entry_id for seal in seals])
        for seal in seals:
            yield seal, entries.get(seal.entry_id)
        position = seals[-1].position
