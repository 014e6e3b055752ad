"""What is still to be put into the document store, and how that stands."""

from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.outbox import queries as outbox
from guildhall.work.cases.models import Case

from .models import Export
from .store import Folder, Store

KIND = "document-export"


def is_on() -> bool:
    """Whether the authority wants approved forms in its document store."""
    return bool(authority.setting("documents.export"))


def store() -> Store | None:
    """The store that the server was told of, if any."""
    return Folder(Path(settings.DOCUMENT_STORE)) if settings.DOCUMENT_STORE else None


def waiting() -> QuerySet[Case]:
    """The approved forms that are not in the store yet, oldest first."""
    there = Export.objects.filter(submission=OuterRef("submission"))
    approved = Case.objects.filter(~Exists(there), status=Case.Status.APPROVED)
    return approved.select_related("submission", "mention__child").order_by("decided_at", "pk")


def failing() -> int:
    """How many exports have failed and are tried again."""
    return outbox.failing(KIND)
