import uuid

from django.conf import settings
from django.db import models

from guildhall.people.accounts.fields import somebody


class Involvement(models.Model):
    """The EHCP Assessment Involvement of a child: the panel Portal Sharing belongs to it."""

    child = models.OneToOneField("children.Child", on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = somebody()

    def __str__(self) -> str:
        return f"involvement of {self.child_id}"


class PortalUser(models.Model):
    """An account on an involvement. Only while it is ``authenticated`` do shares with it count.

    ``version`` is that of the newest ``Change``, in which every earlier state is kept.
    """

    involvement = models.ForeignKey(Involvement, on_delete=models.CASCADE, related_name="portal_users")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=100)
    young_person = models.BooleanField(default=False)
    parental_responsibility = models.BooleanField(default=False)
    authenticated = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["involvement", "user"], name="one_entry_a_portal_user"),
            models.CheckConstraint(
                condition=models.Q(authenticated=False) | ~models.Q(reason=""),
                name="authenticated_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.involvement_id}"


class Change(models.Model):
    """An entry as an officer left it at that time, with the address and kind of the account then.

    The database refuses to change it. It goes only with the whole record of the child.
    """

    portal_user = models.ForeignKey(PortalUser, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    by = somebody()
    at = models.DateTimeField()
    email = models.EmailField(max_length=254, blank=True)
    user_type = models.CharField(max_length=12)
    relation = models.CharField(max_length=100)
    young_person = models.BooleanField()
    parental_responsibility = models.BooleanField()
    authenticated = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portal_user", "version"], name="one_change_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.portal_user_id} version {self.version}"


class SharedForm(models.Model):
    """A form of the chronology that one portal user may read, until it is stopped.

    ``digest`` is of everything the officer looked at before sharing (see ``preview``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(PortalUser, on_delete=models.CASCADE, related_name="forms")
    entry = models.ForeignKey("chronology.Entry", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    shared_at = models.DateTimeField()
    shared_by = somebody()
    stopped_at = models.DateTimeField(null=True)
    stopped_by = somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "stopped_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "entry"],
                condition=models.Q(stopped_at=None),
                name="shared_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
