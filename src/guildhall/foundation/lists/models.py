from typing import ClassVar

from django.db import models

from guildhall.foundation.kit.meanwhile import stamp_of
from guildhall.foundation.kit.speech import spoken


class Entry(models.Model):
    """An entry of a list. ``name`` is {"en", "cy"}; a retired one stays where it is used.

    ``event`` is what the audit calls it, before _added, _changed, _retired, _back and _moved.
    """

    event: ClassVar[str]

    name = models.JSONField()
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name["en"])

    called = spoken("name")

    @property
    def stamp(self) -> str:
        """A mark of what the list says of it, wherever it stands in the list and whether it is offered."""
        beside = ("position", "retired_at")
        said = [each.attname for each in self._meta.concrete_fields if each.attname not in beside]
        return stamp_of([getattr(self, name) for name in said])
