import uuid

from django.conf import settings
from django.db import models

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.kit.speech import spoken
from guildhall.people.accounts.fields import somebody


class HeadAccess(models.Model):
    """The clerk lets a headteacher, who is no governor here, read the papers of the governing body."""

    place = models.OneToOneField("membership.SchoolPlace", on_delete=models.CASCADE, related_name="+")
    given_by = somebody()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.place_id)


class Meeting(models.Model):
    """A meeting of a school's governing body or of one of its committees."""

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    held_on = models.DateField()
    where = models.CharField(max_length=200, blank=True)
    added_by = somebody()
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "held_on"])]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A paper for a meeting. Its versions are the files that ("governors-paper", id) holds.

    ``file`` is the newest of them. ``sought`` is what a search goes through, folded. Nobody reads what is
    withdrawn, until it is put back.
    """

    class Kind(models.TextChoices):
        AGENDA = "agenda"
        MINUTES = "minutes"
        REPORT = "report"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sought = models.TextField()
    added_by = somebody()
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = somebody(null=True)

    class Meta:
        constraints = [both_or_neither("withdrawn_at", "withdrawn_by")]

    def __str__(self) -> str:
        return self.title


class Opened(models.Model):
    """Somebody opened a version of a paper, the first time."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="openings")
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "user"], name="one_first_opening_a_version")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.paper_id}"


class NewsItem(models.Model):
    """News of the authority for governors. ``title`` and ``words`` (Markdown) are {"en", "cy"}."""

    title = models.JSONField()
    words = models.JSONField()
    dated_on = models.DateField()
    added_by = somebody()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = somebody(null=True)

    class Meta:
        constraints = [both_or_neither("removed_at", "removed_by")]

    def __str__(self) -> str:
        return str(self.title["en"])

    called = spoken("title")
    says = spoken("words")


class Course(models.Model):
    """Training that the authority offers to governors, at a ``place`` or online (``link``), or both.

    ``title`` and ``words`` (Markdown) are {"en", "cy"}; ``link`` is shown only to whoever has booked.
    """

    title = models.JSONField()
    words = models.JSONField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    places = models.PositiveIntegerField()
    added_by = somebody()
    added_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("cancelled_at", "cancelled_by"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="course_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~models.Q(place="") | ~models.Q(link=""), name="course_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title["en"])

    called = spoken("title")
    says = spoken("words")


class Booking(models.Model):
    """Somebody's place on a course, until they cancel it. ``at`` is the governing body they booked for.

    ``attended`` is None until an officer says whether they came.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="bookings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "user"],
                condition=models.Q(cancelled_at=None),
                name="one_booking_of_a_course",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at=None) | models.Q(attended=None),
                name="who_cancelled_did_not_come",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.user_id}"
