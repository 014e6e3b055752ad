import uuid
from typing import Any

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """An uploaded file. Its bytes lie under ``storage_key`` and are served only in state CLEAN.

    ``held_by_kind``/``held_by_id`` name what keeps it: ("draft", uuid) or ("submission", pk).
    ACCEPTED is a file that nobody scanned, where the authority's setting accepts such files.
    ``original_sha256`` is of the bytes as they were uploaded, before a picture lost its location data.
    ``signatures`` is what the scanner said of itself when it last looked, with the age of its signatures.
    """

    class State(models.TextChoices):
        QUARANTINED = "quarantined"
        CLEAN = "clean"
        ACCEPTED = "accepted"
        INFECTED = "infected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_by_kind = models.CharField(max_length=20)
    held_by_id = models.CharField(max_length=40)
    question = models.CharField(max_length=60)
    row = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    original_sha256 = models.CharField(max_length=64, blank=True)
    storage_key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUARANTINED)
    verdict = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)
    signatures = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["held_by_kind", "held_by_id"]),
            models.Index(fields=["state", "uploaded_at"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def proof(self) -> dict[str, Any]:
        """Which file it is, and what proves its content: {id, name, kind, bytes, sha256}."""
        return {
            "id": str(self.pk),
            "name": self.name,
            "kind": self.kind,
            "bytes": self.bytes,
            "sha256": self.sha256,
        }


class Arriving(models.Model):
    """A file that arrives in parts. ``arrived`` of its ``bytes`` are on disk, under ``storage_key``.

    ``fingerprint`` is what the browser tells the file by, to go on after a reload. ``became`` is the stored
    file, once it was whole and taken. Swept a day after the last part came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_by_kind = models.CharField(max_length=20)
    held_by_id = models.CharField(max_length=40)
    question = models.CharField(max_length=60)
    row = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=200)
    bytes = models.PositiveBigIntegerField()
    arrived = models.PositiveBigIntegerField(default=0)
    storage_key = models.CharField(max_length=80, unique=True)
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    became = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["held_by_kind", "held_by_id"]),
            models.Index(fields=["moved_at"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        """How much has arrived, in whole hundredths."""
        return 100 * self.arrived // self.bytes
