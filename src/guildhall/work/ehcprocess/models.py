import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody

from .facts import Facts, facts_from


class Process(models.Model):
    """One run of the EHC process on an involvement, from a request to a plan or another end.

    ``told`` is facts.Facts as JSON; ``version`` is that of the newest Change, which keeps the same. ``packs``
    are the versions of the rule packs in force when the request was received. ``key`` is the page's number,
    so that sending it twice starts one. ``open``: a stage is still to come. ``mistaken`` ones count nowhere.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    involvement = models.ForeignKey("sharing.Involvement", on_delete=models.CASCADE, related_name="+")
    packs = models.JSONField()
    told = models.JSONField()
    received_on = models.DateField()
    open = models.BooleanField()
    mistaken = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = somebody()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["involvement"], condition=Q(open=True), name="one_open_process_an_involvement"
            )
        ]

    def __str__(self) -> str:
        return f"process {self.pk}"

    @property
    def facts(self) -> Facts:
        return facts_from(self.told)


class Change(models.Model):
    """What a process said after an officer saved it. ``undoes``: it took that version back.

    The database refuses to change it. It goes only with the whole record of the child.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    told = models.JSONField()
    undoes = models.PositiveIntegerField(null=True)
    by = somebody()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "version"], name="one_process_change_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.process_id} version {self.version}"

    @property
    def facts(self) -> Facts:
        return facts_from(self.told)


class Excuse(models.Model):
    """An exemption from a limit, as an officer recorded it: it moves no day (GH-004).

    ``kind`` is one of the process's rule pack. ``school`` is the one that was closed, by its calendar.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="excuses")
    kind = models.CharField(max_length=20)
    first_on = models.DateField()
    last_on = models.DateField()
    school = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.TextField(max_length=2000)
    decided_by = models.CharField(max_length=150)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = somebody()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="excuse_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(evidence="") & ~Q(decided_by=""), name="excuse_with_evidence_and_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.process_id}"


class Clock(models.Model):
    """A step of a process that began, worked out anew whenever the process changes, for lists and figures.

    Time that a family is given is none. ``risk_on``: from then on it is at risk. ``owner`` as in the pack.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="clocks")
    pack = models.CharField(max_length=30)
    step = models.CharField(max_length=30)
    owner = models.CharField(max_length=15)
    started_on = models.DateField()
    due_on = models.DateField()
    risk_on = models.DateField()
    met_on = models.DateField(null=True)
    excused = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["met_on", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["process", "pack", "step"], name="one_clock_a_step"),
            models.CheckConstraint(condition=Q(risk_on__lte=F("due_on")), name="risk_before_due"),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.process_id}"
