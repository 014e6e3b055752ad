from django.db import models


class Establishment(models.Model):
    """A school or setting of the register."""

    urn = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=120)
    la_code = models.CharField(max_length=3, blank=True)
    number = models.CharField(max_length=4, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    town = models.CharField(max_length=60, blank=True)
    closed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of the authority. ``key`` is what a form's destination names: send, safeguarding, early-help."""

    key = models.CharField(max_length=40, primary_key=True)
    name = models.JSONField()
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.key
