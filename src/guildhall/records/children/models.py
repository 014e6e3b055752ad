from django.conf import settings
from django.db import models


class Child(models.Model):
    """The authority's record of a child or young person.

    ``surname_key``, ``forename_key`` and ``postcode_key`` are folded copies (lower case, no marks) that
    the linkage room finds candidates by.
    """

    forename = models.CharField(max_length=100)
    midname = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100)
    born_on = models.DateField()
    gender = models.CharField(max_length=20, blank=True)
    address = models.JSONField(default=dict, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    other_addresses = models.JSONField(default=list, blank=True)
    establishment = models.ForeignKey("organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+")
    restricted = models.BooleanField(default=False)
    surname_key = models.CharField(max_length=100, db_index=True)
    forename_key = models.CharField(max_length=100)
    postcode_key = models.CharField(max_length=8, blank=True, db_index=True)
    added_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["born_on", "surname_key"]),
            models.Index(fields=["surname_key", "forename_key"]),
            models.Index(fields=["upn"], condition=~models.Q(upn=""), name="child_upn"),
            models.Index(fields=["nhs_number"], condition=~models.Q(nhs_number=""), name="child_nhs"),
        ]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"
