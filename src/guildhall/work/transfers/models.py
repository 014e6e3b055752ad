import uuid

from django.db import models

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Transfer(models.Model):
    """A file from one place to another. Where no school stands for an end, it is the council.

    A file towards LEFT or LOST has no school at its end, until a lost pupil is claimed. ``parts``: how many
    pupils have each part of their information in it (reading.PARTS). ``chase_on``: when it is chased unless
    it was downloaded. ``keep_until``: when all of it is deleted. ``answers``: the file that asked for the
    unique learner numbers that this one brings. ``answered_at``: when they came, for the one that asked.
    ``file`` None: it was withdrawn, and nothing but its history is left.
    """

    class Towards(models.TextChoices):
        SCHOOL = "school"
        COUNCIL = "council"
        LEFT = "left"
        LOST = "lost"

    class State(models.TextChoices):
        CHECKED = "checked"
        SENT = "sent"
        RECEIVED = "received"
        WITHDRAWN = "withdrawn"

    class Reason(models.TextChoices):
        NOT_MAINTAINED = "not-maintained"
        OUTSIDE = "outside"
        OVERSEAS = "overseas"
        HOME = "home"
        UNKNOWN = "unknown"

    ON_THE_WAY = (State.SENT, State.RECEIVED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=3)
    towards = models.CharField(max_length=7, choices=Towards.choices)
    source = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    destination = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=5)
    count = models.PositiveIntegerField()
    parts = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.CHECKED)
    reason = models.CharField(max_length=14, choices=Reason.choices, blank=True)
    uploaded_by = somebody()
    uploaded_at = models.DateTimeField()
    sent_by = somebody(null=True)
    sent_at = models.DateTimeField(null=True)
    received_by = somebody(null=True)
    received_at = models.DateTimeField(null=True)
    claimed_by = somebody(null=True)
    claimed_at = models.DateTimeField(null=True)
    answers = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="answer")
    answered_at = models.DateTimeField(null=True)
    chase_on = models.DateField(null=True)
    chased_at = models.DateTimeField(null=True)
    keep_until = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["source", "state"]),
            models.Index(fields=["destination", "state"]),
            models.Index(fields=["keep_until"]),
        ]
        constraints = [
            both_or_neither("sent_at", "sent_by"),
            both_or_neither("received_at", "received_by"),
            both_or_neither("claimed_at", "claimed_by"),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(state__in=["sent", "received"]),
                name="transfers_a_name_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="checked", sent_at=None)
                | models.Q(state__in=["sent", "received", "withdrawn"], sent_at__isnull=False),
                name="transfers_sent_when_on_its_way",
            ),
            models.CheckConstraint(
                condition=models.Q(towards__in=["school", "council"], reason="")
                | models.Q(towards__in=["left", "lost"]),
                name="transfers_reason_only_without_a_school",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asks_for_numbers(self) -> bool:
        """Whether a school asks with it for unique learner numbers."""
        return self.kind == "ULN" and self.towards == self.Towards.COUNCIL


class Pupil(models.Model):
    """A pupil of a file. ``sex`` and ``postcode`` are kept only where the issuer of numbers needs them.

    ``folded`` is the surname as surnames are compared. ``left_on``: when they left the school that sends.
    ``found``: the number that the issuer gave a student; ``outcome``: what became of asking for it.
    """

    class Outcome(models.TextChoices):
        FOUND = "found"
        NOT_MATCHED = "not-matched"
        TOO_YOUNG = "too-young"

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="pupils")
    position = models.PositiveIntegerField()
    upn = models.CharField(max_length=13, blank=True, db_index=True)
    uln = models.CharField(max_length=10, blank=True)
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100)
    folded = models.CharField(max_length=200)
    born_on = models.DateField()
    year_group = models.CharField(max_length=2, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    left_on = models.DateField(null=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, blank=True)
    found = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["folded", "born_on"])]
        constraints = [
            models.UniqueConstraint(fields=["transfer", "position"], name="transfers_one_pupil_a_place"),
            models.CheckConstraint(
                condition=(models.Q(outcome="found") & ~models.Q(found=""))
                | (~models.Q(outcome="found") & models.Q(found="")),
                name="transfers_number_when_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"


class Event(models.Model):
    """What happened to a file. ``by`` None: the portal itself.

    ``school``: of whoever did it; None: the council.
    """

    class Act(models.TextChoices):
        UPLOAD = "upload"
        SEND = "send"
        DOWNLOAD = "download"
        WITHDRAW = "withdraw"
        CHASE = "chase"
        CLAIM = "claim"
        ANSWER = "answer"

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=8, choices=Act.choices)
    by = somebody(null=True)
    school = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.act}"
