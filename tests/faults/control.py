"""The control: a portal that does not know the key of a form, as one without that protection would be.

``python -m tests.faults.control`` takes the key's unique rule out of its database; the ``application``
neither looks a key up, nor locks the draft, nor uses it up. A run on it must find duplicates.
"""

# ruff: noqa: E402  (Django is set up before what needs it)

from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection, models

from guildhall.paperwork.submissions import services as drafts
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.paperwork.submissions.services import sealing
from guildhall.people.accounts.models import User
from guildhall.work.intake import services as intake
from tests.faults.application import application

__all__ = ["application"]


class _Without:
    """A module in which some names mean something else."""

    def __init__(self, whole: Any, **instead: Any) -> None:
        self.__dict__.update(instead)
        self._whole = whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


class _NothingToDelete:
    def delete(self) -> None:
        return None


class _Kept:
    """Stands for ``Draft`` where sealing deletes it."""

    class objects:
        @staticmethod
        def filter(**_which: Any) -> _NothingToDelete:
            return _NothingToDelete()


def _read(draft_id: UUID, sender: User, key: UUID) -> Draft | None:
    return Draft.objects.select_related("corrects").filter(pk=draft_id, owner=sender, key=key).first()


def forget_keys() -> None:
    """Take the protection out of this process."""
    known: Any = intake
    known.submission_queries = _Without(intake.submission_queries, submission_with_key=lambda *_: None)
    known._held = _read
    shut: Any = sealing
    shut.Draft = _Kept
    assert drafts.seal is sealing.seal


def allow_same_keys() -> None:
    """Take the unique rule out of the database."""
    old = Submission._meta.get_field("key")
    new = models.UUIDField()
    new.set_attributes_from_name("key")
    new.model = Submission
    connection.disable_constraint_checking()
    with connection.schema_editor() as editor:
        editor.alter_field(Submission, old, new)


if __name__ == "__main__":
    allow_same_keys()
else:
    forget_keys()
