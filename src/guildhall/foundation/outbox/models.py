from django.db import models


class Task(models.Model):
    """Something that must happen after the commit that wrote it, once, whatever dies meanwhile.

    ``attempts`` counts the leases, so that a task that kills its worker is counted too. ``fence`` grows
    with every lease: only the worker that holds the newest may say how the task ended. STUCK is tried
    every hour and shown on the status page. A task that is DONE keeps its key and forgets its payload.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        LEASED = "leased"
        DONE = "done"
        STUCK = "stuck"

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    put_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveBigIntegerField(default=0)
    leased_by = models.CharField(max_length=80, blank=True)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="leased") | models.Q(leased_until__isnull=False),
                name="a_lease_ends",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(done_at__isnull=False), name="done_has_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Heartbeat(models.Model):
    """A running worker, and when it last said that it lives."""

    worker = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class Delivery(models.Model):
    """What is known of the way of one email. It names nobody: ``key`` is that of its work in the outbox.

    ``mark`` stands for the key in the Message-ID, by which a report of the mail systems is recognised.
    ``code`` is what the mail system said when it did not arrive: 5.1.1, or 550. ``bounced_at`` stays,
    whatever else is reported later, until the email is sent anew.
    """

    key = models.CharField(max_length=120, unique=True)
    mark = models.CharField(max_length=32, unique=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["bounced_at"], condition=models.Q(bounced_at__isnull=False), name="email_bounced"
            )
        ]

    def __str__(self) -> str:
        return self.key
