from django.db import models

from guildhall.people.accounts.fields import somebody


class Child(models.Model):
    """The authority's record of a child or young person.

    ``surname_key``, ``forename_key`` and ``postcode_key`` are folded copies (lower case, no marks, one
    word) that search and the linkage room find records by, ``surname_sound`` and ``forename_sound`` how the
    names sound; ``AlsoKey`` holds the keys of other names and addresses. ``other_names``: list of
    {forename, midname, surname, kind}, kind former or known-as. ``address``: {lines, town, postcode,
    uprn}; ``other_addresses``: list of the same. ``born_on`` is empty for a child whose date of birth
    nobody knows yet. The address of a ``restricted`` record is shown only to safeguarding. A record that
    was taken away again keeps its row (``removed_at``).
    """

    forename = models.CharField(max_length=100, blank=True)
    midname = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True)
    gender = models.CharField(max_length=20, blank=True)
    address = models.JSONField(default=dict, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    uln = models.CharField(max_length=10, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    other_addresses = models.JSONField(default=list, blank=True)
    establishment = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    restricted = models.BooleanField(default=False)
    surname_key = models.CharField(max_length=100, db_index=True)
    forename_key = models.CharField(max_length=100, db_index=True)
    postcode_key = models.CharField(max_length=8, blank=True, db_index=True)
    surname_sound = models.CharField(max_length=5, blank=True)
    forename_sound = models.CharField(max_length=5, blank=True)
    added_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = somebody(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["born_on", "surname_key"]),
            models.Index(fields=["born_on", "forename_key"]),
            models.Index(fields=["surname_key", "forename_key"]),
            models.Index(fields=["surname_sound", "forename_sound"], name="child_sounds"),
            models.Index(fields=["surname_sound", "born_on"], name="child_surname_sound"),
            models.Index(fields=["forename_sound", "born_on"], name="child_forename_sound"),
            models.Index(fields=["upn"], condition=~models.Q(upn=""), name="child_upn"),
            models.Index(fields=["nhs_number"], condition=~models.Q(nhs_number=""), name="child_nhs"),
            models.Index(fields=["uln"], condition=~models.Q(uln=""), name="child_uln"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(forename="", surname=""), name="child_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.forename, self.midname, self.surname) if part)

    @property
    def reference(self) -> str:
        """How officers name the record to each other: CH and at least six digits."""
        return f"CH{self.pk:06d}"


class AlsoKey(models.Model):
    """A folded name or postcode by which a child is also found: a part of a double surname, a former
    surname, an old address. ``initial``: a surname with the initial of a forename, where the record's own
    columns do not say the two together. Follows the record; written only with it."""

    class Kind(models.TextChoices):
        SURNAME = "surname"
        FORENAME = "forename"
        INITIAL = "initial"
        POSTCODE = "postcode"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="also_keys")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["kind", "value"])]
        constraints = [models.UniqueConstraint(fields=["child", "kind", "value"], name="one_also_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Restriction(models.Model):
    """The child, or somebody for them, had the use of the record restricted. It stands until it is lifted.

    ``reason`` is a code, such as the number of the request; no words about the child.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="restrictions")
    reason = models.CharField(max_length=40)
    begun_at = models.DateTimeField()
    begun_by = somebody(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = somebody(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=models.Q(lifted_at=None), name="one_restriction_a_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.reason}"
