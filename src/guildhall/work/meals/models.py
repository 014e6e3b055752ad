from typing import Any

from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.loading.models import Loading as BaseLoading
from guildhall.people.accounts.fields import somebody


class Pupil(models.Model):
    """A pupil on a school's list. Whoever was taken off keeps the row (``removed_at``).

    ``child`` is the authority's record, where one fits. ``year_group`` is one of details.YEAR_GROUPS.
    ``review_on``: the day by which the eligibility is looked at again. ``reference``: of the family's
    application, for a pupil who came from one.
    """

    class Kind(models.TextChoices):
        """Why a pupil is eligible."""

        BENEFIT = "benefit"
        PROTECTED = "protected"
        ASYLUM = "asylum"
        NO_FUNDS = "no-public-funds"
        OTHER = "other"

    class Source(models.TextChoices):
        """How the pupil came onto the list."""

        SPREADSHEET = "spreadsheet"
        APPLICATION = "application"
        SCHOOL = "school"

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey("children.Child", null=True, on_delete=models.PROTECT, related_name="+")
    upn = models.CharField(max_length=13, blank=True, db_index=True)
    forename = models.CharField(max_length=100)
    surname = models.CharField(max_length=100)
    born_on = models.DateField()
    year_group = models.CharField(max_length=2)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateField()
    review_on = models.DateField(null=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    reference = models.CharField(max_length=40, blank=True, db_index=True)
    added_at = models.DateTimeField()
    added_by = somebody()
    removed_at = models.DateTimeField(null=True)
    removed_by = somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["school", "removed_at"])]
        constraints = [
            both_or_neither("removed_at", "removed_by"),
            models.UniqueConstraint(
                fields=["upn"],
                condition=models.Q(removed_at=None) & ~models.Q(upn=""),
                name="on_one_list_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"


class Amendment(models.Model):
    """What a school asks the council to change in its list, and how far it has come (``moves``).

    ``before`` and ``details`` are details.Details as JSON: the pupil as they were on the list, and as the
    school says they are. ``pupil`` is None for one who is missing, until they are added. ``authorised_by`` is
    None for one that no supervisor had to authorise. ``sent_at``: when it came to the council, if it did;
    ``answer`` says why it was refused.
    """

    class Kind(models.TextChoices):
        ADD = "add"
        CHANGE = "change"
        REMOVE = "remove"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    OPEN = (State.WAITING, State.SENT)

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    before = models.JSONField(default=dict, blank=True)
    details = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=9, choices=State.choices)
    asked_by = somebody()
    asked_at = models.DateTimeField()
    authorised_by = somebody(null=True)
    authorised_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    closed_by = somebody(null=True)
    closed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["school", "asked_at"]), models.Index(fields=["state", "asked_at"])]
        constraints = [
            both_or_neither("authorised_at", "authorised_by"),
            both_or_neither("closed_at", "closed_by"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "sent"], closed_at=None)
                | models.Q(state__in=["accepted", "refused", "withdrawn"], closed_at__isnull=False),
                name="amendment_closed_when_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="add") | models.Q(pupil__isnull=False), name="amendment_has_a_pupil"
            ),
            models.UniqueConstraint(
                fields=["pupil"],
                condition=models.Q(state__in=["waiting", "sent"]),
                name="one_open_amendment_a_pupil",
            ),
        ]

    def __str__(self) -> str:
        return f"Amendment {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Loading(BaseLoading):
    """Rows for the lists: of a spreadsheet, or of approved applications."""

    event = "meals.loading"

    source = models.CharField(max_length=12, choices=Pupil.Source.choices)
    changed = models.PositiveIntegerField(default=0)

    @property
    def counts(self) -> dict[str, Any]:
        return {"added": self.added, "changed": self.changed}
