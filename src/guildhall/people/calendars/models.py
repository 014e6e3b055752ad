from datetime import date

from django.db import models
from django.db.models import F, Q

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.kit.speech import spoken
from guildhall.foundation.lists.models import Entry
from guildhall.people.accounts.fields import somebody

from .days import Span, TermDates


class Term(models.Model):
    """A term of a school year: the authority's, or that of a ``school`` with its own dates that year.

    ``year`` is the one in which the school year begins. A school has three own terms in a year, or none.
    """

    class Name(models.TextChoices):
        AUTUMN = "autumn"
        SPRING = "spring"
        SUMMER = "summer"

    school = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=6, choices=Name.choices)
    first_on = models.DateField()
    last_on = models.DateField()
    half_first_on = models.DateField(null=True)
    half_last_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "name"], condition=Q(school=None), name="one_term_of_the_authority"
            ),
            models.UniqueConstraint(fields=["school", "year", "name"], name="one_term_of_a_school"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="term_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(half_first_on=None, half_last_on=None)
                | Q(half_first_on__gt=F("first_on"), half_last_on__gte=F("half_first_on"))
                & Q(half_last_on__lt=F("last_on")),
                name="half_term_is_in_its_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    @property
    def dates(self) -> TermDates:
        """The term as the arithmetic of days has it."""
        half = None
        if self.half_first_on and self.half_last_on:
            half = Span(self.half_first_on, self.half_last_on)
        return TermDates(self.name, Span(self.first_on, self.last_on), half)


class TrainingDay(models.Model):
    """A day on which the staff of a school are trained (INSET) and no pupil comes."""

    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="one_training_day_a_day")]

    def __str__(self) -> str:
        return f"{self.school_id} {self.day}"


class SessionTimes(models.Model):
    """When a school's two sessions begin and end on every school day."""

    school = models.OneToOneField("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    morning_from = models.TimeField()
    morning_until = models.TimeField()
    afternoon_from = models.TimeField()
    afternoon_until = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(morning_from__lt=F("morning_until"), morning_until__lte=F("afternoon_from"))
                & Q(afternoon_from__lt=F("afternoon_until")),
                name="sessions_follow_each_other",
            )
        ]

    def __str__(self) -> str:
        return f"Sessions of {self.school_id}"


class BankHoliday(models.Model):
    """A bank holiday of England and Wales. ``name`` is {"en", "cy"}."""

    day = models.DateField(unique=True)
    name = models.JSONField()

    def __str__(self) -> str:
        return f"{self.name['en']} {self.day}"

    called = spoken("name")


class ClosureReason(Entry):
    """Why a school may have to close, from the authority's list."""

    event = "calendars.reason"


class Closure(models.Model):
    """An unavoidable closure that a school reported.

    ``part`` says which part is closed, "" for the whole school. The morning of the first day is still held
    when it began ``from_afternoon``, the afternoon of the last when it is ``until_midday``. ``sessions`` are
    those lost by the school's calendar. It ``ended`` earlier than it was to; a ``withdrawn`` one was reported
    by mistake and counts nowhere. ``key`` is the page's, so that sending it twice reports one.
    """

    key = models.UUIDField()
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(ClosureReason, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=150, blank=True)
    words = models.TextField(max_length=1000, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    from_afternoon = models.BooleanField(default=False)
    until_midday = models.BooleanField(default=False)
    sessions = models.PositiveSmallIntegerField()
    reported_by = somebody()
    reported_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = somebody(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = somebody(null=True)

    class Meta:
        indexes = [models.Index(fields=["school", "first_on"]), models.Index(fields=["last_on", "first_on"])]
        constraints = [
            models.UniqueConstraint(fields=["school", "key"], name="one_closure_a_page"),
            both_or_neither("ended_at", "ended_by"),
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="closure_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"Closure {self.pk}"

    @property
    def span(self) -> Span:
        return Span(self.first_on, self.last_on)

    @property
    def whole(self) -> bool:
        return not self.part

    def lost(self, day: date) -> int:
        """How many of the two sessions of ``day``, if it is a school day, are lost."""
        if self.withdrawn_at is not None or day not in self.span:
            return 0
        morning = self.from_afternoon and day == self.first_on
        afternoon = self.until_midday and day == self.last_on
        return 2 - morning - afternoon


class ClosureChange(models.Model):
    """One thing that became of a closure, with its dates from then on. Never changed or deleted."""

    class Act(models.TextChoices):
        REPORTED = "reported"
        EXTENDED = "extended"
        ENDED = "ended"
        WITHDRAWN = "withdrawn"

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="changes")
    act = models.CharField(max_length=9, choices=Act.choices)
    last_on = models.DateField()
    until_midday = models.BooleanField()
    sessions = models.PositiveSmallIntegerField()
    by = somebody()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} {self.closure_id}"
