from datetime import date
from uuid import uuid4

from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.kit.speech import active_language
from guildhall.people.accounts.fields import somebody
from guildhall.people.responsibilities.rules import Sensitivity

from .rules import CONFIDENTIAL


class Posting(models.Model):
    """An item of post to schools. What it says may be corrected after it went; ``Correction`` keeps the old.

    ``…_cy`` may be empty, then readers get the English. ``phases`` counts for the audience PHASES, the
    ``schools`` for SELECTED. ``action`` says what each school is to do, "" for nothing; ``wants_file`` that
    it is to return one. ``due_at``: when a planned one goes. ``revision`` grows with every change.
    ``files_off`` are the ids of attachments that a correction took off; the files are kept.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    class Audience(models.TextChoices):
        ALL = "all"
        PHASES = "phases"
        SELECTED = "schools"

    number = models.CharField(max_length=20, unique=True)
    title_en = models.CharField(max_length=150)
    title_cy = models.CharField(max_length=150, blank=True)
    body_en = models.TextField()
    body_cy = models.TextField(blank=True)
    action_en = models.CharField(max_length=500, blank=True)
    action_cy = models.CharField(max_length=500, blank=True)
    act_by = models.DateField(null=True)
    wants_file = models.BooleanField(default=False)
    file_by = models.DateField(null=True)
    sensitivity = models.CharField(max_length=20, choices=Sensitivity.choices)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    phases = models.JSONField(default=list, blank=True)
    schools = models.ManyToManyField("organisations.Establishment", related_name="+")
    responsibilities = models.ManyToManyField("responsibilities.Responsibility", related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    drafted_at = models.DateTimeField()
    drafted_by = somebody()
    due_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = somebody(null=True)
    corrected_at = models.DateTimeField(null=True)
    files_off = models.JSONField(default=list, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = somebody(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "published_at"])]
        constraints = [
            both_or_neither("published_at", "published_by"),
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "withdrawn"])
                | models.Q(published_at__isnull=False),
                name="post_published_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(due_at__isnull=False),
                name="post_scheduled_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """Its title in the language of the page."""
        return self._said("title")

    @property
    def body(self) -> str:
        """What it says, in Markdown, in the language of the page."""
        return self._said("body")

    @property
    def action(self) -> str:
        """What each school is to do, in the language of the page."""
        return self._said("action")

    @property
    def asks_action(self) -> bool:
        return bool(self.action_en)

    @property
    def needs_doing(self) -> bool:
        return self.asks_action or self.wants_file

    @property
    def confidential(self) -> bool:
        """Whether only Lead Contacts see it."""
        return self.sensitivity in CONFIDENTIAL

    @property
    def is_corrected(self) -> bool:
        return self.corrected_at is not None

    @property
    def shown_state(self) -> str:
        """Its state as pages say it: a published one that was corrected says so."""
        return "corrected" if self.state == self.State.PUBLISHED and self.is_corrected else self.state

    def last_day(self) -> date | None:
        """The first day by which anything is to be done."""
        days = [self.act_by if self.asks_action else None, self.file_by if self.wants_file else None]
        return min((day for day in days if day), default=None)

    def _said(self, field: str) -> str:
        return (getattr(self, f"{field}_cy") if active_language() == "cy" else "") or getattr(
            self, f"{field}_en"
        )


class Target(models.Model):
    """That a published posting goes to those of a group of schools who have a responsibility.

    There is no row for each reader. ``group`` is a key of reach.groups_of. The rows are made when the posting
    is published, and go when it is withdrawn.
    """

    group = models.CharField(max_length=60)
    responsibility = models.ForeignKey(
        "responsibilities.Responsibility", on_delete=models.PROTECT, related_name="post_targets"
    )
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="targets")
    sensitivity = models.CharField(max_length=20, choices=Sensitivity.choices)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "group", "responsibility"], name="post_targeted_once"),
        ]
        indexes = [
            models.Index(
                fields=["group", "responsibility", "-published_at", "-posting", "sensitivity"],
                name="post_target_newest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.group} {self.responsibility_id}"


class Mark(models.Model):
    """That somebody read an item, and whether they put it away. Who did neither has no row.

    ``read_at`` is when they did first, ``seen_at`` when last. ``school`` is that of the place, so that the
    authority finds soon which schools opened it.
    """

    place = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="marks", db_index=False)
    read_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "posting"], name="post_marked_once")]
        indexes = [models.Index(fields=["posting", "school", "read_at"])]

    def __str__(self) -> str:
        return f"{self.place_id} {self.posting_id}"


class Watermark(models.Model):
    """That somebody has read everything that was published until ``until``, while their reach is ``reach``.

    Only to find what is unread sooner: it counts for nothing once their reach is another.
    """

    place = models.OneToOneField("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    reach = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.place_id} {self.until}"


class Redirect(models.Model):
    """That somebody let a colleague (``place``) have an item, whatever that one is responsible for."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="redirects")
    place = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirmed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "posting"], name="post_redirected_once")]

    def __str__(self) -> str:
        return f"Redirect {self.pk}"


class Forward(models.Model):
    """That somebody forwarded an item by email; ``whole``: the email held its words, not only a link."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    to = models.EmailField(max_length=254)
    whole = models.BooleanField()
    confirmed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "at"])]

    def __str__(self) -> str:
        return f"Forward {self.pk}"


class ReturnedFile(models.Model):
    """A file that a school returned from an item. One that took its place is a row of its own."""

    class State(models.TextChoices):
        RETURNED = "returned"
        REPLACED = "replaced"
        ACCEPTED = "accepted"
        SENT_BACK = "sent-back"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="returned")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RETURNED)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("decided_at", "decided_by"),
            models.UniqueConstraint(
                fields=["posting", "school"],
                condition=models.Q(state__in=["returned", "accepted"]),
                name="post_one_file_counts",
            ),
        ]
        indexes = [models.Index(fields=["school", "posting"])]

    def __str__(self) -> str:
        return f"Return {self.pk}"


class Done(models.Model):
    """That a school has done what an item asks."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="done")
    school = models.ForeignKey("organisations.Establishment", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("membership.SchoolPlace", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["posting", "school"], name="post_done_once")]

    def __str__(self) -> str:
        return f"Done {self.pk}"


class Correction(models.Model):
    """One correction of a published posting. Never changed. ``note`` tells schools what is otherwise now.

    ``before`` holds what it had said, by field, and the names of files that were taken off.
    """

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField()
    note_en = models.CharField(max_length=500)
    note_cy = models.CharField(max_length=500, blank=True)
    before = models.JSONField()
    by = somebody()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["posting", "number"], name="post_correction_number")]

    def __str__(self) -> str:
        return f"Correction {self.pk}"

    @property
    def note(self) -> str:
        """What is otherwise now, in the language of the page."""
        return (self.note_cy if active_language() == "cy" else "") or self.note_en


class Chase(models.Model):
    """That the schools that were late with a posting were reminded, and how many they were."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="chases")
    by = somebody()
    at = models.DateTimeField()
    schools = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"Chase {self.pk}"


class Round(models.Model):
    """The daily round of emails about new post: what was new between ``since`` and ``until``.

    ``after`` is the last place whose turn has come, so that a round that broke off goes on from there.
    """

    day = models.DateField(unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    after = models.BigIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Round {self.day}"
