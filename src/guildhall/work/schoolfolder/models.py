import uuid

from django.db import models

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Access(models.Model):
    """What a supervisor lets somebody do with the folder of a school where they work; without a row, nothing.

    A supervisor of the school needs none.
    """

    class Level(models.TextChoices):
        """READ opens documents; ADD also adds, changes and removes them."""

        READ = "read"
        ADD = "add"

    place = models.OneToOneField("membership.SchoolPlace", on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=4, choices=Level.choices)
    given_by = somebody()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.place_id} {self.level}"


class Section(models.Model):
    """A sub-folder. It holds documents, no sub-folders of its own; ``folded`` is its name for comparing."""

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=120)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "folded"], name="one_sub_folder_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A document in a school's folder. Its versions are the files that ("folder", id) holds.

    ``file`` is the newest of them, ``bytes`` the size of all together. ``sought`` is what a search goes
    through, folded. What was removed can be put back until it is swept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=1000, blank=True)
    dated_on = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    bytes = models.PositiveBigIntegerField()
    sought = models.TextField()
    added_by = somebody()
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = somebody(null=True)

    class Meta:
        constraints = [both_or_neither("removed_at", "removed_by")]
        indexes = [models.Index(fields=["school", "removed_at"])]

    def __str__(self) -> str:
        return self.title
