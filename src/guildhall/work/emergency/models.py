from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Contact(models.Model):
    """Somebody to telephone when the school is shut. ``position``: who is called first, from 1.

    ``key_holder`` can open the school, ``alarm`` can set and silence its alarm. One who was removed keeps the
    row for a while (``removed_at``), to be put back.
    """

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100)
    phone = models.CharField(max_length=16)
    other_phone = models.CharField(max_length=16, blank=True)
    available = models.CharField(max_length=200)
    key_holder = models.BooleanField(default=False)
    alarm = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = somebody()
    removed_at = models.DateTimeField(null=True)
    removed_by = somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["school", "removed_at", "position"])]
        constraints = [
            both_or_neither("removed_at", "removed_by"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(phone=""), name="emergency_contact_can_be_called"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sheet(models.Model):
    """The contacts of one school as a whole: when somebody last said that they are right.

    ``reminded_at``: when the school was last asked to look at them.
    """

    school = models.OneToOneField(
        "organisations.Establishment", on_delete=models.PROTECT, related_name="emergency_sheet"
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = somebody(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_neither("confirmed_at", "confirmed_by")]

    def __str__(self) -> str:
        return f"Sheet {self.pk}"
