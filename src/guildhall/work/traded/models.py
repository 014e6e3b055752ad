import uuid

from django.db import models

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Service(models.Model):
    """A service that the council sells to schools. Its brochures are the files that ("traded", id) holds.

    ``title``, ``summary``, ``words`` (Markdown), ``audience`` and ``price`` are words in both languages,
    {"en": …, "cy": …}; the last two may be empty. ``email`` is where the team reads that a school asks.
    What schools ask about the service of a ``team`` is that team's to see first, else everybody's.
    ``first_on`` and ``last_on`` say when it is offered; ``sought`` is what a search goes through, folded.
    A retired service is kept and can be brought back.
    """

    class Category(models.TextChoices):
        """What kind of service it is; the authority's texts say what each is called."""

        IMPROVEMENT = "improvement"
        INCLUSION = "inclusion"
        STAFF = "staff"
        FINANCE = "finance"
        DATA = "data"
        PREMISES = "premises"
        CATERING = "catering"
        GOVERNORS = "governors"
        ARTS = "arts"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    category = models.CharField(max_length=12, choices=Category.choices)
    title = models.JSONField()
    summary = models.JSONField()
    words = models.JSONField()
    audience = models.JSONField()
    price = models.JSONField()
    contact = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    team = models.ForeignKey(
        "organisations.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    brochure = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    sought = models.TextField()
    added_by = somebody()
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("retired_at", "retired_by"),
            models.CheckConstraint(
                condition=models.Q(last_on=None)
                | models.Q(first_on=None)
                | models.Q(last_on__gte=models.F("first_on")),
                name="service_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title["en"])


class Enquiry(models.Model):
    """What a school asked about a service, or that it wants it, and how far that has come (``moves``)."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        INTEREST = "interest"

    class State(models.TextChoices):
        SENT = "sent"
        ANSWERED = "answered"
        BOUGHT = "bought"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices)
    asked_by = somebody()
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "asked_at"]), models.Index(fields=["state", "changed_at"])]

    def __str__(self) -> str:
        return self.reference


class Reply(models.Model):
    """A step of an enquiry: what the council or the school wrote, and the state that came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="replies")
    move = models.CharField(max_length=8)
    words = models.TextField(blank=True)
    by = somebody()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.move}"
