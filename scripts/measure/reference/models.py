from django.db import models


class Thing(models.Model):
    """One row with a JSON value, written by the reference."""

    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.pk)
