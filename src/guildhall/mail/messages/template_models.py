from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class MessageTemplate(models.Model):
    """The beginning of a message in both languages; ``…_cy`` may be empty, then readers get the English.

    Subject and body (Markdown) hold placeholders by their own names, such as ``{forename}``, whatever the
    authority calls them on the page (``templates_store.placeholders``). ``revision`` grows with each change.
    """

    name = models.CharField(max_length=100)
    subject_en = models.CharField(max_length=200)
    body_en = models.TextField()
    subject_cy = models.CharField(max_length=200, blank=True)
    body_cy = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = somebody(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = somebody(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), condition=Q(removed_at=None), name="one_template_a_name"),
            both_or_neither("removed_at", "removed_by"),
        ]

    def __str__(self) -> str:
        return self.name
