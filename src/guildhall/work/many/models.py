from django.db import models

from guildhall.people.accounts.fields import somebody


class Batch(models.Model):
    """A form that a school sends for several children. ``key`` is that of the form of the first child.

    ``asked``: codes of the questions that are asked for each child besides who they are.
    """

    key = models.UUIDField(unique=True)
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("forms.FormVersion", on_delete=models.PROTECT, related_name="+")
    by = somebody()
    asked = models.JSONField(default=list)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class Row(models.Model):
    """One more child. ``answers`` are those that differ, until it is sent; ``reference`` is its case's."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    answers = models.JSONField(default=dict)
    name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    reference = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.pk}"
