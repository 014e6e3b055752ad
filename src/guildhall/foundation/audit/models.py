from django.db import models


class Entry(models.Model):
    """Something that happened, or somebody who looked. Never changed, never deleted; no foreign keys."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    by_roles = models.CharField(max_length=200, blank=True)
    about_kind = models.CharField(max_length=60)
    about_id = models.CharField(max_length=80)
    child_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=36, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_id", "id"]),
            models.Index(fields=["child_id", "id"]),
            models.Index(fields=["by_id", "id"]),
            models.Index(fields=["verb", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.about_kind} {self.about_id}"
