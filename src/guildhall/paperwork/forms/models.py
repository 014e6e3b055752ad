from django.conf import settings
from django.db import models
from django.db.models.functions import Upper


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
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"
