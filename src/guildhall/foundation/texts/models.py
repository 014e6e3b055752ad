from django.conf import settings
from django.db import models


class Override(models.Model):
    """The authority's own wording of one text in one language, in place of the catalogue's.

    ``against``, of a Welsh text: what stands for the English that it was written for (``rules.digest``).
    """

    area = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    value = models.TextField()
    against = models.CharField(max_length=64, blank=True)
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


class Change(models.Model):
    """One change of one text. ``before`` and ``after`` are empty where the catalogue's wording stood.

    The newest row of a text is its revision: an editor that saw an older one is told.
    """

    area = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["area", "key", "id"])]

    def __str__(self) -> str:
        return f"{self.area}.{self.key} {self.language} {self.pk}"
