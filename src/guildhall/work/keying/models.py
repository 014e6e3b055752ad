from django.conf import settings
from django.db import models

from guildhall.people.accounts.fields import somebody


class ChildForm(models.Model):
    """A form that an officer makes in the chronology of ``child``.

    ``key`` is the draft's while it is filled in and the submission's afterwards.
    """

    key = models.UUIDField(unique=True)
    child = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="+")
    started_by = somebody()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child", "started_by"])]

    def __str__(self) -> str:
        return str(self.key)


class Keyed(models.Model):
    """A form that an officer or a school enters for a family: who told them, how and when.

    ``key`` as in ``ChildForm``. ``updates``: whether the person is told by email how it goes on, at
    ``email``. ``person`` is their account, if that address has one when the form is sent; the form is theirs
    then. ``language``: the one they read. ``school`` is the one that entered it, if it was a school.
    """

    class How(models.TextChoices):
        PAPER = "paper"
        TELEPHONE = "telephone"
        MEETING = "meeting"

    class Updates(models.TextChoices):
        ACCOUNT = "account"
        EMAIL = "email"
        NONE = "none"

    key = models.UUIDField(unique=True)
    entered_by = somebody()
    school = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    told_by = models.CharField(max_length=120)
    relation = models.CharField(max_length=60)
    how = models.CharField(max_length=10, choices=How.choices)
    told_on = models.DateField()
    updates = models.CharField(max_length=10, choices=Updates.choices)
    email = models.EmailField(max_length=254, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=2, default="en")
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["entered_by", "started_at"])]

    def __str__(self) -> str:
        return str(self.key)
