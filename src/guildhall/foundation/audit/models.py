from django.db import models


class Entry(models.Model):
    """Something that happened, or somebody who looked. Never changed; no foreign keys.

    Triggers in the database refuse UPDATE, and DELETE but of pruned days. Seals chain the entries afterwards.
    """

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
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.about_kind} {self.about_id}"


class Seal(models.Model):
    """One link of the chain over the entries.

    Seals are written later and one after another, so that those who write entries never wait for each
    other. ``content`` is the digest of the entry alone, ``digest`` that of the previous link with it.
    """

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    content = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"
