from django.conf import settings
from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.lists.models import Entry
from guildhall.foundation.loading.models import Loading
from guildhall.people.accounts.fields import somebody


class Membership(models.Model):
    """A role that a person holds, in a team or at a school or by themselves, until it ends.

    While it is locked it counts for nothing. At one school a person holds one role at a time.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    team = models.CharField(max_length=40, blank=True)
    establishment = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "team"],
                condition=models.Q(ended_at=None, establishment=None),
                name="one_open_membership",
            ),
            models.UniqueConstraint(
                fields=["user", "establishment"],
                condition=models.Q(ended_at=None, establishment__isnull=False),
                name="one_open_membership_a_school",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.team}".strip()


class JobTitle(Entry):
    """A job that people at schools may have, from the authority's own list."""

    event = "membership.job_title"


class SchoolPlace(models.Model):
    """What a school knows of somebody who works there; their role is the membership's.

    The names are the school's: another school, or the person, may write them otherwise. ``seat`` is the
    supervisor's seat at the school, from 1, or None. ``recorded_as`` marks the account by which the school's
    head or office writes to the council. ``shut`` says that ending or locking this place shut the whole
    account, because the person had no other. ``secure`` are the keys (secure.SERVICES) of the secure services
    that they may use. ``carried``: a page that only reads has it, and what it leads to is read once.
    """

    carried = False

    class Kind(models.TextChoices):
        """The school user types."""

        HEADTEACHER = "headteacher"
        BURSAR = "bursar"
        CHAIR = "chair-of-governors"
        GOVERNOR = "governor"
        CLERK = "governor-clerk"
        STANDARD = "standard"

    class Recorded(models.TextChoices):
        HEAD = "head"
        OFFICE = "office"

    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="place")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="school_places")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="places")
    forename = models.CharField(max_length=60)
    surname = models.CharField(max_length=60)
    mobile = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.STANDARD)
    job_title = models.ForeignKey(JobTitle, on_delete=models.PROTECT, related_name="+")
    is_admin = models.BooleanField(default=False)
    seat = models.PositiveSmallIntegerField(null=True)
    recorded_as = models.CharField(max_length=6, choices=Recorded.choices, blank=True)
    invited_at = models.DateTimeField(null=True)
    shut = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    secure = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "seat"],
                condition=models.Q(seat__isnull=False),
                name="one_supervisor_a_seat",
            ),
            models.CheckConstraint(
                condition=models.Q(seat=None) | models.Q(seat__gte=1, seat__lte=9, is_admin=True),
                name="a_supervisor_is_an_administrator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def is_supervisor(self) -> bool:
        return self.seat is not None

    @property
    def role(self) -> str:
        """The role that this place carries."""
        if self.is_supervisor:
            return "school-supervisor"
        return "school-administrator" if self.is_admin else "school-user"


class SchoolChange(models.Model):
    """One change to a school's users, as the council's officers see it. Never changed or deleted.

    ``fields`` names what changed, never the values; ``reason`` is why the helpline did it.
    """

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = somebody(null=True)
    act = models.CharField(max_length=24)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "at"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.act} {self.user_id}"


class Duty(models.Model):
    """A duty at a school that somebody answers for, so that work can be given to the duty.

    Cover always has a last day. ``ended_at``: ended before it ran out, or handed over.
    """

    class Key(models.TextChoices):
        SENCO = "senco"
        SAFEGUARDING = "safeguarding-lead"
        HEADTEACHER = "headteacher"

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="duties")
    key = models.CharField(max_length=20, choices=Key.choices)
    place = models.ForeignKey(SchoolPlace, on_delete=models.PROTECT, related_name="duties")
    covers = models.BooleanField(default=False)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(covers=False) | models.Q(last_on__isnull=False), name="cover_has_an_end"
            ),
            models.CheckConstraint(
                condition=models.Q(last_on=None) | models.Q(last_on__gte=models.F("first_on")),
                name="duty_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.place_id}"


class UserImport(Loading):
    """A spreadsheet of users. ``school`` is None for the council's own imports.

    Many rows take long: ``done`` of them are behind us, of which those with the numbers in ``left_out`` were
    wrong.
    """

    event = "membership.import"
    apart = ("school",)

    school = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    done = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)

    @property
    def is_running(self) -> bool:
        return self.applied_at is not None and bool(self.rows)


class AccountRequest(models.Model):
    """A new account asked of the helpline, in writing, by the recorded head or office of a school."""

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    by = somebody()
    details = models.JSONField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = somebody(null=True)
    place = models.ForeignKey(SchoolPlace, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [both_or_neither("answered_at", "answered_by")]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Keyfob(models.Model):
    """A keyfob for remote access that somebody of a school has from the helpline, until it is returned.

    ``serial`` is kept in capitals, and is with one person at a time; ``reason`` is why they got it.
    """

    place = models.ForeignKey(SchoolPlace, on_delete=models.PROTECT, related_name="keyfobs")
    serial = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    assigned_by = somebody()
    assigned_at = models.DateTimeField()
    returned_by = somebody(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["serial"], condition=models.Q(returned_at=None), name="one_person_a_keyfob"
            ),
            both_or_neither("returned_at", "returned_by"),
        ]

    def __str__(self) -> str:
        return self.serial


class NetworkAnswer(models.Model):
    """Whether a school lets the helpline work on the accounts of its own network; the newest answer counts.

    Never changed.
    """

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    allowed = models.BooleanField()
    by = somebody()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.school_id} {self.allowed}"
