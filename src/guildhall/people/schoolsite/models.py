from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.foundation.kit.meanwhile import stamp_of
from guildhall.people.accounts.fields import somebody


class SiteEntry(models.Model):
    """One line of the schools' site, with a page of its own or a link elsewhere.

    ``title``, ``words`` (Markdown) and ``transcript`` are {"en", "cy"}. It shows from ``first_on`` until
    ``last_on``. A guide names the ``screens`` that it describes; one with a ``video`` has it with
    captions, and what is said in it as the transcript.
    """

    class Kind(models.TextChoices):
        """In which column it stands; guides are on the help page."""

        SERVICE = "service"
        TASK = "task"
        JOB = "job"
        NEWS = "news"
        GUIDE = "guide"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.JSONField()
    words = models.JSONField(default=dict)
    link = models.URLField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    removed_at = models.DateTimeField(null=True)
    screens = models.JSONField(default=list, blank=True)
    video = models.URLField(max_length=300, blank=True)
    captioned = models.BooleanField(default=False)
    transcript = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(video="") | models.Q(captioned=True), name="video_has_captions"
            ),
            models.CheckConstraint(
                condition=models.Q(last_on=None)
                | models.Q(first_on=None)
                | models.Q(last_on__gte=models.F("first_on")),
                name="entry_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title["en"])

    @property
    def stamp(self) -> str:
        """A mark of what it says, whether or not it was removed."""
        said = [each.attname for each in self._meta.concrete_fields if each.attname != "removed_at"]
        return stamp_of([getattr(self, name) for name in said])


class Feedback(models.Model):
    """What somebody at a school said about the site."""

    by = somebody()
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Feedback {self.pk}"


class ServiceRequest(models.Model):
    """Help with an account that somebody at a school asked of the council when nothing else helped.

    Anybody may write, signed in or not, so nothing in it is proved.
    """

    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    school = models.CharField(max_length=120)
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = somebody(null=True)

    class Meta:
        constraints = [both_or_neither("answered_at", "answered_by")]

    def __str__(self) -> str:
        return f"Service request {self.pk}"
