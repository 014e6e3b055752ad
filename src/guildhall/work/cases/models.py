from django.conf import settings
from django.db import models


class Case(models.Model):
    """A submitted form as officers work on it, from the queue to the decision.

    The columns from ``form_title`` on repeat what the list sorts and filters by.
    """

    class Status(models.TextChoices):
        NOT_OPENED = "not-opened"
        OPENED = "opened"
        APPROVED = "approved"
        REJECTED = "rejected"
        MORE_INFORMATION = "more-information"

    reference = models.CharField(max_length=40, unique=True)
    submission = models.OneToOneField("submissions.Submission", on_delete=models.PROTECT, related_name="case")
    mention = models.ForeignKey("linkage.Mention", on_delete=models.PROTECT, related_name="cases")
    team = models.CharField(max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NOT_OPENED)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    form_code = models.CharField(max_length=40)
    form_title = models.CharField(max_length=200)
    submitter_name = models.CharField(max_length=200)
    child_name = models.CharField(max_length=200)
    child_born_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["team", "status", "received_at"]),
            models.Index(fields=["team", "received_at"]),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseEvent(models.Model):
    """One move of a case, or one answer to it: who, when, the message as sent, and what was chosen."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    submission = models.ForeignKey("submissions.Submission", null=True, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey("mail_messages.Message", null=True, on_delete=models.PROTECT, related_name="+")
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "at"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"
