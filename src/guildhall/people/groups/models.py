from django.db import models

from guildhall.people.accounts.fields import somebody


class Group(models.Model):
    """A group of the council's staff: one the authority made, or a supplied one that it changed.

    ``key`` is the role of the people in it. A supplied group's words come from the texts, its ``name`` is
    empty; it has no row until somebody changes what it may do. ``revision`` grows with every change, so
    that two people who edit at once notice each other.
    """

    key = models.SlugField(max_length=40, primary_key=True)
    name = models.JSONField(default=dict)
    why = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class Grant(models.Model):
    """Where a group differs from what is supplied: a business process that it was given or lost."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="grants")
    process = models.CharField(max_length=40)
    allowed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "process"], name="one_grant_a_process")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.process} {self.allowed}"


class Change(models.Model):
    """One save of the table: for each group that it changed, the processes before and after.

    ``undoes`` is the change that this one took back.
    """

    at = models.DateTimeField()
    by = somebody(null=True)
    before = models.JSONField()
    after = models.JSONField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    def __str__(self) -> str:
        return f"change {self.pk}"
