import uuid

from django.db import models

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.kit.speech import spoken
from guildhall.people.accounts.fields import somebody


class Section(models.Model):
    """A heading under which documents and tools stand. ``name`` is {"en", "cy"}; ``position`` orders them."""

    name = models.JSONField()
    position = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.name["en"])

    called = spoken("name")


class Item(models.Model):
    """A document or tool for every school. Its versions are the files that ("download", id) holds.

    ``title`` and ``words`` are {"en", "cy"}; ``file`` is the newest version, called ``version`` and of
    ``dated_on``. ``sought`` is what a search goes through, folded. Only officers see a retired item.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="items")
    title = models.JSONField()
    words = models.JSONField()
    position = models.PositiveIntegerField(default=0)
    version = models.CharField(max_length=20)
    dated_on = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sought = models.TextField()
    added_by = somebody()
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_by = somebody(null=True)

    class Meta:
        constraints = [both_or_neither("retired_at", "retired_by")]

    def __str__(self) -> str:
        return str(self.title["en"])

    called = spoken("title")
    says = spoken("words")


class Plan(models.Model):
    """A floor plan of one school, as ("floor-plan", id) holds it. ``name`` is {"en", "cy"}.

    A retired plan is shown to nobody of the school; it was of ``dated_on``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(
        "organisations.Establishment", on_delete=models.PROTECT, related_name="floor_plans"
    )
    name = models.JSONField()
    dated_on = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = somebody()
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_by = somebody(null=True)

    class Meta:
        constraints = [both_or_neither("retired_at", "retired_by")]
        indexes = [models.Index(fields=["school", "retired_at"])]

    def __str__(self) -> str:
        return str(self.name["en"])

    called = spoken("name")
