from django.db import models


class Check(models.Model):
    """What the Eligibility Checking Service says about one submission, or that officers check it by hand.

    ``kind`` is a key of ``checks.CHECKS``. ``valid_from``, ``valid_to`` and ``grace_to`` are days of an
    eligibility code, where the service gave them.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ANSWERED = "answered"
        BY_HAND = "by-hand"

    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible"
        NOT_ELIGIBLE = "not-eligible"
        NOT_FOUND = "not-found"

    submission = models.OneToOneField(
        "submissions.Submission", on_delete=models.PROTECT, related_name="eligibility"
    )
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    grace_to = models.DateField(null=True)
    begun_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="answered", answered_at__isnull=False) & ~models.Q(outcome="")
                | ~models.Q(state="answered") & models.Q(answered_at__isnull=True, outcome=""),
                name="eligibility_answered_with_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
