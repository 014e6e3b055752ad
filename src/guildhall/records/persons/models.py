import uuid

from django.conf import settings
from django.db import models

from guildhall.foundation.kit.constraints import both_or_neither
from guildhall.people.accounts.fields import somebody


class Details(models.Model):
    """What officers write of a person: how they are called, what they do, and how they are reached."""

    forename = models.CharField(max_length=100, blank=True)
    surname = models.CharField(max_length=100)
    role = models.CharField(max_length=100, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)

    class Meta:
        abstract = True


class Person(Details):
    """An adult in the authority's records: of a child's family, or at work with the child.

    ``key`` is that of the page it was entered on. ``name_key`` and ``email_key`` are folded copies that
    search and suggestions find the person by. ``version`` is that of the newest ``Change``, in which every
    earlier state is kept. Who was removed keeps the row.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name_key = models.CharField(max_length=201, db_index=True)
    email_key = models.CharField(max_length=254, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by = somebody()
    removed_at = models.DateTimeField(null=True)
    removed_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("removed_at", "removed_by"),
            models.CheckConstraint(condition=~models.Q(surname=""), name="person_has_a_surname"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}".strip()

    @property
    def reference(self) -> str:
        """How officers name the record to each other: PN and at least six digits."""
        return f"PN{self.pk:06d}"


class Relation(models.Model):
    """What a person is to a child, in the officer's words: mother, foster carer, social worker."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="+")
    relation = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    added_by = somebody()
    ended_at = models.DateTimeField(null=True)
    ended_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("ended_at", "ended_by"),
            models.CheckConstraint(condition=~models.Q(relation=""), name="relation_in_words"),
            models.UniqueConstraint(
                fields=["person", "child"],
                condition=models.Q(ended_at=None),
                name="one_relation_a_child",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.relation} of {self.child_id}"


class Change(Details):
    """A person as an officer left them at that time. The database refuses to change it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    by = somebody()
    at = models.DateTimeField()
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="one_change_a_persons_version")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} version {self.version}"


class Link(models.Model):
    """That an officer said that a portal account is this person's (SP-349). Undone, it stays as history."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    linked_by = somebody()
    undone_at = models.DateTimeField(null=True)
    undone_by = somebody(null=True)

    class Meta:
        constraints = [
            both_or_neither("undone_at", "undone_by"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(undone_at=None), name="one_person_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} is {self.person_id}"
