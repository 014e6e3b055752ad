"""Exactly what would be shared, and the digest that proves it is still the same when it is done (T26)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from guildhall.foundation.files.models import StoredFile
from guildhall.paperwork.submissions.models import Submission
from guildhall.paperwork.submissions.proof import fingerprint
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry

from .models import PortalUser


@dataclass(frozen=True)
class Preview:
    """A form of a child, its files, and the people who would read it."""

    child: Child
    entry: Entry
    submission: Submission
    files: Sequence[StoredFile]
    people: Sequence[PortalUser]

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of the form, whose it is, what is left out of it, its files and its readers."""
        seen = {
            "child": self.child.pk,
            "places hidden": self.child.restricted,
            "entry": self.entry.pk,
            "form": fingerprint(self.submission),
            "files": sorted((str(file.pk), file.sha256) for file in self.files),
            "people": sorted(_reader(person) for person in self.people),
        }
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def _reader(person: PortalUser) -> tuple[int, int, str, str]:
    return person.pk, person.version, person.user.email or "", str(person.user)
