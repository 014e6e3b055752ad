from django.db import models
from django.db.models.functions import Round

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody

LONGEST_NUMBER, LONGEST_SUPPLIER, LONGEST_CODE, LONGEST_REASON = 40, 100, 20, 500


class CostCode(models.Model):
    """A code that the authority takes. While there is none, every code is taken.

    ``key`` is the code as codes are compared (checking.code_key).
    """

    code = models.CharField(max_length=LONGEST_CODE)
    key = models.CharField(max_length=LONGEST_CODE, unique=True)
    name = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.code


class Batch(models.Model):
    """The invoices of one file that a school sent, and how far they have come (``moves``).

    The totals are what the school typed and the lines add up to. ``digest`` is that of the file, "" for a
    batch that was made from an earlier one. ``answer``: why the council returned it.
    """

    class State(models.TextChoices):
        SENT = "sent"
        TAKEN = "taken"
        ACCEPTED = "accepted"
        RETURNED = "returned"
        WITHDRAWN = "withdrawn"

    COUNTING = (State.SENT, State.TAKEN, State.ACCEPTED)

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    file_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField()
    net = models.DecimalField(max_digits=14, decimal_places=2)
    vat = models.DecimalField(max_digits=14, decimal_places=2)
    gross = models.DecimalField(max_digits=14, decimal_places=2)
    state = models.CharField(max_length=9, choices=State.choices)
    sent_by = somebody()
    sent_at = models.DateTimeField()
    closed_by = somebody(null=True)
    closed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        indexes = [models.Index(fields=["school", "sent_at"]), models.Index(fields=["state", "sent_at"])]
        constraints = [
            both_or_neither("closed_at", "closed_by"),
            models.CheckConstraint(
                condition=models.Q(gross=Round(models.F("net") + models.F("vat"), 2)),
                name="invoices_batch_adds_up",
            ),
            models.CheckConstraint(condition=models.Q(count__gt=0), name="invoices_batch_has_lines"),
            models.CheckConstraint(
                condition=models.Q(state__in=["sent", "taken"], closed_at=None)
                | models.Q(state__in=["accepted", "returned", "withdrawn"], closed_at__isnull=False),
                name="invoices_closed_when_decided",
            ),
            models.UniqueConstraint(
                fields=["school", "digest"],
                condition=models.Q(state__in=["sent", "taken", "accepted"]) & ~models.Q(digest=""),
                name="invoices_a_file_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def counts(self) -> bool:
        """Whether its invoices are with the council, so that nobody sends them again."""
        return self.state in self.COUNTING


class Line(models.Model):
    """One invoice of a batch; a credit note is below zero.

    ``position``: its line in the file. ``key`` is the supplier and the number as they are compared.
    ``counts`` follows the batch: of those that count, an invoice is there once a school. ``problem``: what
    the council says is wrong with it.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=LONGEST_NUMBER)
    dated_on = models.DateField()
    supplier = models.CharField(max_length=LONGEST_SUPPLIER)
    cost_code = models.CharField(max_length=LONGEST_CODE)
    net = models.DecimalField(max_digits=12, decimal_places=2)
    vat = models.DecimalField(max_digits=12, decimal_places=2)
    gross = models.DecimalField(max_digits=12, decimal_places=2)
    key = models.CharField(max_length=64)
    counts = models.BooleanField(default=True)
    problem = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(gross=Round(models.F("net") + models.F("vat"), 2)),
                name="invoices_line_adds_up",
            ),
            models.CheckConstraint(condition=~models.Q(gross=0), name="invoices_line_is_something"),
            models.UniqueConstraint(fields=["batch", "position"], name="invoices_one_line_a_place"),
            models.UniqueConstraint(
                fields=["school", "key"],
                condition=models.Q(counts=True),
                name="invoices_an_invoice_once_a_school",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_credit(self) -> bool:
        return self.gross < 0


class Upload(models.Model):
    """The lines of a file that somebody of a school read in, until they are sent. The file is not kept.

    ``rows``: reading.Row as JSON, with what was corrected; forgotten once they are sent, as ``batch``.
    """

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    by = somebody()
    file_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, blank=True)
    rows = models.JSONField()
    read_at = models.DateTimeField()
    batch = models.OneToOneField(Batch, null=True, on_delete=models.CASCADE, related_name="upload")

    def __str__(self) -> str:
        return self.file_name


class Event(models.Model):
    """What happened to a batch: one of moves.Move, or "send"."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=10)
    by = somebody()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.batch_id} {self.act}"
