from django.conf import settings
from django.db import models

from guildhall.people.accounts.fields import somebody

_SORTED_BY = ("form_title", "form_title_cy", "submitter_name", "child_name", "child_born_on", "reference")


class Case(models.Model):
    """A submitted form as officers work on it, from the queue to the decision.

    ``submission`` is the newest version that was sent; earlier ones are reached by ``follows``.
    ``version`` grows with everything that happens, so that nobody decides on what they have not seen.
    ``answered_at`` is set while an answer of the submitter waits to be read.
    The columns from ``form_code`` on repeat what the list sorts and filters by.
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
    version = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    form_code = models.CharField(max_length=40)
    form_title = models.CharField(max_length=200)
    form_title_cy = models.CharField(max_length=200)
    submitter_name = models.CharField(max_length=200)
    child_name = models.CharField(max_length=200)
    child_born_on = models.DateField(null=True)

    class Meta:
        # A list reads the ids it shows from one index alone, whatever it is filtered and sorted by.
        indexes = [
            models.Index(fields=["team", "status", "received_at", "id", "form_code"], name="case_status"),
            models.Index(fields=["team", "form_code", "status", "received_at", "id"], name="case_form"),
            models.Index(fields=["team", "received_at", "id", "status", "form_code"], name="case_received"),
            models.Index(
                fields=["team", "answered_at"],
                condition=models.Q(answered_at__isnull=False),
                name="case_answered",
            ),
            *(
                models.Index(
                    fields=["team", column, "id", "status", "form_code", "received_at"], name=f"case_{column}"
                )
                for column in _SORTED_BY
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseEvent(models.Model):
    """Something that happened to a case: who, when, the message as sent, and what was chosen.

    ``verb`` is a move of ``moves.MOVES`` or one of ``moves.NOTES``; ``submission`` is the version that was
    there. ``version`` is that of the case before the event.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=30)
    by = somebody(null=True)
    at = models.DateTimeField()
    version = models.PositiveIntegerField()
    submission = models.ForeignKey(
        "submissions.Submission", null=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.ForeignKey(
        "mail_messages.Message", null=True, on_delete=models.PROTECT, related_name="+"
    )
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "at"])]
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="one_event_a_version")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"
