from typing import ClassVar

from django.db import models

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
