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


class SettingChange(models.Model):
    """A setting as it was before and after somebody changed it. Of a secret, only that it was changed."""

    key = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["key", "id"])]

    def __str__(self) -> str:
        return f"{self.key} {self.changed_at:%Y-%m-%d %H:%M}"


class Secret(models.Model):
    """A password that the program uses, sealed (see ``sealing``)."""

    key = models.CharField(max_length=80, primary_key=True)
    sealed = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.key


class Picture(models.Model):
    """A picture of the authority's look, by its use: logo. ``digest`` stands in its address."""

    name = models.CharField(max_length=40, primary_key=True)
    content = models.BinaryField()
    kind = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.name
