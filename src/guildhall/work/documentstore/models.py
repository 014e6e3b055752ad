from django.db import models


class Export(models.Model):
    """That an approved form and its files were put into the document store, and how many files there were."""

    submission = models.OneToOneField("submissions.Submission", on_delete=models.CASCADE, related_name="+")
    exported_at = models.DateTimeField()
    files = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"export of {self.submission_id}"
