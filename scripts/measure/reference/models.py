from django.db import models


class Thing(models.Model):
    """One row with a JSON value, written by the reference."""

    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.pk)


class Look(models.Model):
    """Who looked at what, noted before the page leaves."""

    at = models.DateTimeField(auto_now_add=True)
    by_id = models.BigIntegerField()
    about = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.by_id} {self.about}"
