from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Loading(models.Model):
    """Rows of a file that wait for whoever read it to look at them. The file itself is not kept.

    ``rows`` are mappings of column to what was typed; they are forgotten once they are applied. ``event`` is
    what the audit calls it, before _read, _applied and _discarded; ``apart`` are the fields besides ``by`` in
    which two that wait differ when one has nothing to do with the other.
    """

    event: ClassVar[str]
    apart: ClassVar[tuple[str, ...]] = ()

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField()
    read_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Loading {self.pk}"

    @property
    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows with their numbers in the file, whose headings are row 1."""
        return enumerate(self.rows, start=2)

    @property
    def is_running(self) -> bool:
        """Whether somebody applied it and a worker still goes on with it."""
        return False

    @property
    def counts(self) -> dict[str, Any]:
        """What applying it did, for whoever applied it and for the audit."""
        return {"added": self.added}
