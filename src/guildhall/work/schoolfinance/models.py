from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.kit.speech import spoken
from guildhall.people.accounts.fields import somebody

LONGEST_CODE, LONGEST_DESCRIPTION, LONGEST_REASON = 20, 120, 500


class Upload(models.Model):
    """The lines of a file of account statements that an officer read in, until they are published.

    ``month``: its first day. ``rows``: by column as they were typed; forgotten once they are published.
    """

    month = models.DateField()
    by = somebody()
    file_name = models.CharField(max_length=120)
    rows = models.JSONField()
    read_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    schools = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.file_name


class Withdrawable(models.Model):
    """What can be withdrawn, by whom and why, and put back."""

    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = somebody(null=True)
    withdrawn_why = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        abstract = True


class Statement(Withdrawable):
    """What a school's account says at the end of a month. A correction is a new version; the old one stays.

    ``month``: its first day. ``current``: the newest version. One that was withdrawn is shown to no school.
    """

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    version = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    published_by = somebody()

    class Meta:
        indexes = [models.Index(fields=["month", "current"])]
        constraints = [
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.UniqueConstraint(fields=["school", "month", "version"], name="schoolfinance_version_once"),
            models.UniqueConstraint(
                fields=["school", "month"],
                condition=models.Q(current=True),
                name="schoolfinance_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.month:%Y-%m} {self.version}"


class Line(models.Model):
    """One account of a statement, in pounds: its budget for the year, what came in or was spent so far, and
    what is ordered and not paid.
    """

    class Kind(models.TextChoices):
        INCOME = "income"
        EXPENDITURE = "expenditure"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=Kind.choices)
    code = models.CharField(max_length=LONGEST_CODE)
    description = models.CharField(max_length=LONGEST_DESCRIPTION)
    budget = models.DecimalField(max_digits=12, decimal_places=2)
    actual = models.DecimalField(max_digits=12, decimal_places=2)
    committed = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "kind", "code"], name="schoolfinance_account_once")
        ]

    def __str__(self) -> str:
        return self.code


class Asked(Withdrawable):
    """A financial return that the council asks schools for.

    ``title`` and ``guidance`` are words in both languages, {"en": …, "cy": …}; guidance may be empty.
    ``lines``: rules.Question as JSON, fixed once it is asked.
    """

    title = models.JSONField()
    guidance = models.JSONField()
    lines = models.JSONField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = somebody()

    class Meta:
        constraints = [both_or_neither("withdrawn_at", "withdrawn_by")]

    def __str__(self) -> str:
        return str(self.title["en"])

    called = spoken("title")
    advice = spoken("guidance")


class Return(models.Model):
    """What one school has to answer, and what it has typed and not sent.

    ``answers``: the name of a line → what was typed. ``reminded_at`` and ``late_at``: when the school was
    told that it is due soon, and that it is late.
    """

    class State(models.TextChoices):
        OPEN = "open"
        SENT = "sent"
        BACK = "back"

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="returns")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    saved_by = somebody(null=True)
    reminded_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            both_or_neither("saved_at", "saved_by"),
            models.UniqueConstraint(fields=["asked", "school"], name="schoolfinance_return_once"),
        ]

    def __str__(self) -> str:
        return f"Return {self.pk}"


class Version(models.Model):
    """A return as it was sent. Its answers never change; a correction is a new version.

    ``back_why``: why the council asked for a correction of it.
    """

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=20, unique=True)
    answers = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = somebody()
    back_at = models.DateTimeField(null=True)
    back_by = somebody(null=True)
    back_why = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        constraints = [
            both_or_neither("back_at", "back_by"),
            models.UniqueConstraint(fields=["of", "number"], name="schoolfinance_sent_once"),
        ]

    def __str__(self) -> str:
        return self.reference
