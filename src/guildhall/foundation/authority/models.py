from django.conf import settings
from django.db import models


class Setting(models.Model):
    """One value that the authority has changed from its default. ``value`` is plain JSON."""

    key = models.CharField(max_length=80, primary_key=True)
    value = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.key


class Stamp(models.Model):
    """Changes with every change of a kind of shared data; a process that holds another number reads again."""

    name = models.CharField(max_length=40, primary_key=True)
    revision = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.revision}"
