import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from guildhall.foundation.kit.constraints import both_or_neither


class Requested(models.Model):
    """Information that somebody was asked for about a child: an entry of the panel Information Requested.

    ``portal_user`` is whose account it was asked of, None for somebody without one; ``name``, ``email`` and
    ``role`` are theirs as they were when the entry was last saved. ``person`` is who that is in the records.
    ``wanted`` is the code of the form that answers it, ``form`` the one that did. ``chase_on`` is the day of
    the next reminder, None when there is none to come. ``declined_on``: they said that they cannot give it,
    and nobody asked again. ``version`` is that of the newest ``Change``. ``key`` is of the page it was made
    on, and its address at the portals.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    involvement = models.ForeignKey("sharing.Involvement", on_delete=models.CASCADE, related_name="requested")
    portal_user = models.ForeignKey(
        "sharing.PortalUser", null=True, on_delete=models.CASCADE, related_name="requested"
    )
    person = models.ForeignKey("persons.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    role = models.CharField(max_length=100, blank=True)
    wanted = models.CharField(max_length=40, blank=True)
    form = models.ForeignKey("submissions.Submission", null=True, on_delete=models.SET_NULL, related_name="+")
    details = models.TextField()
    due_on = models.DateField()
    notified_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    declined_on = models.DateField(null=True)
    chase_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["chase_on"], condition=Q(chase_on__isnull=False), name="advice_next_reminder"
            ),
        ]
        constraints = [
            both_or_neither("removed_at", "removed_by"),
            models.CheckConstraint(condition=~Q(name=""), name="requested_of_somebody"),
            models.CheckConstraint(condition=~Q(details=""), name="requested_in_words"),
            models.CheckConstraint(
                condition=Q(chase_on=None) | Q(received_on=None, declined_on=None, removed_at=None),
                name="no_reminder_of_what_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, due {self.due_on}"


class Change(models.Model):
    """A request as it was left at that time. ``by`` None is the program, which found the form.

    The database refuses to change it. It goes only with the whole record of the child.
    """

    requested = models.ForeignKey(Requested, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    role = models.CharField(max_length=100, blank=True)
    person = models.CharField(max_length=201, blank=True)
    wanted = models.CharField(max_length=40, blank=True)
    form = models.CharField(max_length=40, blank=True)
    details = models.TextField()
    due_on = models.DateField()
    notified_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requested", "version"], name="one_change_a_request_version")
        ]

    def __str__(self) -> str:
        return f"{self.requested_id} version {self.version}"


class Notification(models.Model):
    """That the request was told to whom it is of, as a line of the communication log says.

    ``key`` is of the page it was told from: the same page again tells nothing twice by the same means.
    """

    requested = models.ForeignKey(Requested, on_delete=models.CASCADE, related_name="notifications")
    communication = models.OneToOneField(
        "communications.Communication", on_delete=models.CASCADE, related_name="+"
    )
    means = models.CharField(max_length=10)
    key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requested", "means", "key"], name="told_once_a_page_and_means")
        ]

    def __str__(self) -> str:
        return f"{self.requested_id} by {self.means}"


class Chase(models.Model):
    """A reminder of a request that waits. ``communication`` is None where no account could be reminded,
    and an officer was told instead."""

    class Stage(models.TextChoices):
        BEFORE = "before"
        DUE = "due"
        LATE = "late"

    requested = models.ForeignKey(Requested, on_delete=models.CASCADE, related_name="chases")
    due_on = models.DateField()
    stage = models.CharField(max_length=6, choices=Stage.choices)
    at = models.DateTimeField()
    communication = models.OneToOneField(
        "communications.Communication", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requested", "due_on", "stage"], name="one_reminder_a_stage")
        ]

    def __str__(self) -> str:
        return f"{self.requested_id} {self.stage}"


class Answer(models.Model):
    """What a portal user answered in place. Its files are those that ("advice", id) holds.

    ``declines``: that they cannot give the information, and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requested = models.ForeignKey(Requested, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(blank=True)
    declines = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"answer to {self.requested_id}"


class Further(models.Model):
    """That an officer asked for more after an answer came, which opened the request again.

    ``portal_user`` is whom it was asked of then. ``received_before`` is the day on which that answer came,
    None where it said that there is none. ``key`` is of the page it was asked on.
    """

    requested = models.ForeignKey(Requested, on_delete=models.CASCADE, related_name="furthers")
    portal_user = models.ForeignKey(
        "sharing.PortalUser", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    key = models.UUIDField(unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField()
    due_on = models.DateField()
    received_before = models.DateField(null=True)

    def __str__(self) -> str:
        return f"more of {self.requested_id}"
