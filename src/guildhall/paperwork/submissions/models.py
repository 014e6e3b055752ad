import uuid

from django.conf import settings
from django.db import models

REMOVED_FILE = "file:"  # no group is called so: their keys have no colon


class Draft(models.Model):
    """A form being filled in. ``revision`` grows with every save, so that two tabs cannot overwrite.

    ``answers``: question code → value; a repeating group's key → list of rows, each with ``_id``.
    ``touched``: unit of an answer (see ``merging``) → the revision that changed it last.
    ``key`` becomes the submission's idempotency key; a draft that an older portal began has another ``id``.
    ``corrects`` is the submission that was returned for more information, if this draft reopens one; such a
    draft has no ``expires_at``.
    ``warned``: the lowest number of days left that its owner was warned of; 0 for not yet.
    ``removed``: key of a repeating group → {row, place}, the row of it that was removed last; and
    ``REMOVED_FILE`` → the id of the file that was removed last, which is kept until another takes its place.
    ``inherited``: answers of earlier forms, with who gave them and when (see ``reuse``).
    ``set_aside``: answers that a newer version of the form does not ask for, in words, to be read on.
    ``school``: the one for which it is filled in; then it opens only to who works there, and while it is
    ``shared`` to every colleague with a right to the school's forms, not the owner alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts")
    version = models.ForeignKey("forms.FormVersion", on_delete=models.PROTECT, related_name="+")
    family_child = models.ForeignKey(
        "families.FamilyChild", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(default=dict)
    touched = models.JSONField(default=dict)
    inherited = models.JSONField(default=dict)
    removed = models.JSONField(default=dict)
    set_aside = models.JSONField(default=list)
    school = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    shared = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    corrects = models.OneToOneField("Submission", null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="en")
    place = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["owner", "saved_at"]), models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return str(self.id)


class Presence(models.Model):
    """Where somebody was last seen in a shared draft. Kept for an hour at most; the draft may be gone."""

    draft_id = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seen_at"])]
        constraints = [models.UniqueConstraint(fields=["draft_id", "user"], name="one_place_in_a_draft")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.place}"


class Submission(models.Model):
    """A form somebody sent. The database refuses to change it; a correction is a new one that ``follows`` it.

    ``files``: list of {id, question, row, name, kind, bytes, sha256}. ``texts``: the words that were shown
    and agreed to (declarations). ``subject``: the child as written (Identity fields), for lists.
    ``school``: the one for which it was filled in; a colleague there may send the correction.
    """

    reference = models.CharField(max_length=40)
    version = models.ForeignKey("forms.FormVersion", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions")
    family_child = models.ForeignKey(
        "families.FamilyChild", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField()
    school = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    files = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    subject = models.JSONField(default=dict)
    language = models.CharField(max_length=2)
    key = models.UUIDField(unique=True)
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sender", "sent_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=models.Q(follows=None),
                name="one_first_submission_a_reference",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class ReportableAnswer(models.Model):
    """A typed copy of an answer that figures are counted from, written with its submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reportable")
    question = models.CharField(max_length=60)
    value = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["question", "value"])]

    def __str__(self) -> str:
        return f"{self.question}={self.value}"
