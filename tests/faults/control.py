"""The controls: portals without one of the protections, in which the judge must find what that one prevents.

GUILDHALL_CONTROL names what is missing. ``key``: neither is the key of a form looked up, nor its draft locked
or used up, and the database takes the same key twice (``python -m tests.faults.control``). ``transaction``:
each step of sending is committed by itself.
"""

# ruff: noqa: E402  (Django is set up before what needs it)

import os
from collections.abc import Sequence
from contextlib import nullcontext
from inspect import signature
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection, models

from guildhall.foundation.kit import again
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.paperwork.submissions.services import sealing
from guildhall.people.accounts.models import User
from guildhall.work.intake.services import sending
from tests.faults.application import application

__all__ = ["application"]


class _Without:
    """A module in which some names mean something else."""

    def __init__(self, whole: Any, **instead: Any) -> None:
        self.__dict__.update(instead)
        self._whole = whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


def _replace(module: Any, name: str, by: Any) -> None:
    """Refuses what is called otherwise by now: the control would lack nothing and prove nothing."""
    old = getattr(module, name)
    if [*signature(old).parameters] != [*signature(by).parameters]:
        raise TypeError(f"{module.__name__}.{name} takes other things than its replacement in the control")
    setattr(module, name, by)


def _held(sending: Any) -> Draft | None:
    rows = Draft.objects.select_related("corrects")
    return rows.filter(pk=sending.draft_id, owner=sending.sender, key=sending.key).first()


def _sent_before(sender: User, key: UUID) -> Submission | None:
    return None


def _keep(
    old: models.Model,
    *,
    by: models.Model,
    part: type[models.Model],
    whole: str,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    """As ``statements.replace``, but the draft stays and can be sent again."""
    by.save(force_insert=True)
    parts = [part(**{whole: by.pk, **dict(zip(names, row, strict=True))}) for row in rows]
    part._default_manager.bulk_create(parts)


def forget_keys() -> None:
    """Let this process send a draft as often as it is asked to."""
    _replace(sending, "_sent_before", _sent_before)
    _replace(sending, "_held", _held)
    _replace(sealing.statements, "replace", _keep)


def forget_transactions() -> None:
    """Let this process commit what it has done of a form before it does the rest."""
    kit: Any = again
    kit.transaction = _Without(again.transaction, atomic=nullcontext)
    _replace(sending, "_held", _held)


def allow_same_keys() -> None:
    """Take the unique rule out of the database."""
    old = Submission._meta.get_field("key")
    new = models.UUIDField()
    new.set_attributes_from_name("key")
    new.model = Submission
    connection.disable_constraint_checking()
    with connection.schema_editor() as editor:
        editor.alter_field(Submission, old, new)


if os.environ["GUILDHALL_CONTROL"] == "transaction":
    forget_transactions()
elif __name__ == "__main__":
    allow_same_keys()
else:
    forget_keys()
