from django.conf import settings
from django.db import models


class Override(models.Model):
    """The authority's own wording of one text in one language, in place of the catalogue's."""

    area = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    value = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "key", "language"], name="one_override_a_text"),
            models.CheckConstraint(condition=models.Q(language__in=["en", "cy"]), name="override_language"),
        ]

    def __str__(self) -> str:
        return f"{self.area}.{self.key} {self.language}"
