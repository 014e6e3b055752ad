from typing import Any

from django.db import models
from django.db.models.functions import Upper

from guildhall.people.accounts.fields import somebody


class Form(models.Model):
    """A form that people can fill in. Its questions are in its versions; ``live_version`` is offered."""

    code = models.CharField(max_length=40, unique=True)
    live_version = models.ForeignKey("FormVersion", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(Upper("code"), name="one_form_a_code_in_any_case")]

    def __str__(self) -> str:
        return self.code


class FormVersion(models.Model):
    """A published definition. It never changes: drafts and submissions point at it.

    ``definition`` is the readable file as JSON; ``digest`` is the SHA-256 of its canonical form, hex.
    The columns repeat what lists filter by.
    """

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    portal = models.CharField(max_length=12)
    audience = models.CharField(max_length=20)
    destination = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    published_by = somebody(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"


class Question(models.Model):
    """A question of the bank. Its code never changes; its words and rules are in its revisions."""

    code = models.CharField(max_length=60, unique=True)
    latest = models.ForeignKey("QuestionRevision", null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Upper("code"), name="one_question_a_code_in_any_case"),
            models.CheckConstraint(condition=~models.Q(code__istartswith="z"), name="question_code_not_z"),
        ]

    def __str__(self) -> str:
        return self.code


class QuestionRevision(models.Model):
    """One state of a question, as it stands in a definition file but for what belongs to a form.

    The conditions ``when`` and ``mandatory`` of a question belong to the form it is on. Never changes.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = somebody(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="one_revision_a_number")]

    def __str__(self) -> str:
        return f"{self.question_id} r{self.number}"


class WorkingForm(models.Model):
    """A form being built. ``content`` has the shape of a definition file and may be incomplete.

    ``edited`` is the content with edits that are not saved yet, or None; ``undo`` the contents before the
    latest edits, oldest first. ``revision`` grows with every change of either, so that two builders
    cannot overwrite each other. ``shared``: question code → number of the bank's revision that it was
    taken from; a question that is not there stands on this form alone.
    """

    code = models.CharField(max_length=40, unique=True)
    content = models.JSONField()
    edited = models.JSONField(null=True)
    undo = models.JSONField(default=list)
    shared = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    based_on = models.ForeignKey(FormVersion, null=True, on_delete=models.PROTECT, related_name="+")
    internal = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = somebody(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(Upper("code"), name="one_working_form_a_code_in_any_case")]

    def __str__(self) -> str:
        return self.code

    @property
    def shown(self) -> dict[str, Any]:
        """The content with its unsaved edits, if there are any."""
        return self.content if self.edited is None else self.edited


class Publication(models.Model):
    """A publication that somebody asked for, at once or for a later moment, with a note why.

    ``content`` is what is or will be published, as it stood when it was asked for. ``version`` is what
    came of it; without one and not cancelled, it still waits for ``due_at``.
    """

    code = models.CharField(max_length=40)
    content = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = somebody(null=True)
    version = models.ForeignKey(FormVersion, null=True, on_delete=models.PROTECT, related_name="publications")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(version=None, cancelled_at=None),
                name="one_planned_publication_a_form",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due_at:%Y-%m-%d %H:%M}"
