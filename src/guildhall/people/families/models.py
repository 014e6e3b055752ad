import uuid

from django.conf import settings
from django.db import models


class FamilyChild(models.Model):
    """A child as a citizen wrote them in My Family. Only that citizen sees the row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="family_children"
    )
    forename = models.CharField(max_length=60)
    midname = models.CharField(max_length=60, blank=True)
    surname = models.CharField(max_length=60)
    born_on = models.DateField()
    gender = models.CharField(max_length=20, blank=True)
    address = models.JSONField(default=dict, blank=True)
    relationship = models.CharField(max_length=40)
    parental_responsibility = models.BooleanField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"
