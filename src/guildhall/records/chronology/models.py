from django.db import models


class Entry(models.Model):
    """A dated event of a child, by way of a mention. ``kind`` and ``source_id`` say where to read more.

    ``shown_from`` is empty while the event may not yet be read on the chronology (a form not approved).
    """

    mention = models.ForeignKey("linkage.Mention", on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    title = models.JSONField()
    happened_at = models.DateTimeField()
    shown_from = models.DateTimeField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["mention", "happened_at"])]
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="one_entry_a_source")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"
