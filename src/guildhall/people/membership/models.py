from django.conf import settings
from django.db import models


class Membership(models.Model):
    """A role that a person holds, in a team or at a school or by themselves, until it ends.

    While it is locked it counts for nothing. At one school a person holds one role at a time.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    team = models.CharField(max_length=40, blank=True)
    establishment = models.ForeignKey(
        "organisations.Establishment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "team"],
                condition=models.Q(ended_at=None, establishment=None),
                name="one_open_membership",
            ),
            models.UniqueConstraint(
                fields=["user", "establishment"],
                condition=models.Q(ended_at=None, establishment__isnull=False),
                name="one_open_membership_a_school",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.team}".strip()
