from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or '').lower())


class User(AbstractBaseUser):
    """One person's account, at every door.

    ``email``, in lower case, is how citizens and professionals sign in, ``user_name`` how the council's
    staff do. A withdrawn account keeps its address in ``former_email``, so that it can register again.
    ``session_epoch`` grows to end every open session at once.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        ACTIVE = "active"
        LOCKED = "locked"
        DISABLED = "disabled"
        WITHDRAWN = "withdrawn"

    email = models.EmailField(max_length=254, unique=True, null=True)
    former_email = models.EmailField(max_length=254, blank=True)
    user_name = models.CharField(max_length=60, null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    title = models.CharField(max_length=20, blank=True)
    forename = models.CharField(max_length=60)
    midname = models.CharField(max_length=60, blank=True)
    surname = models.CharField(max_length=60)
    born_on = models.DateField(null=True)
    gender = models.CharField(max_length=20, blank=True)
    address = models.JSONField(default=dict, blank=True)
    home_phone = models.CharField(max_length=20, blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    work_phone = models.CharField(max_length=20, blank=True)
    job_role = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=2, default="en")
    two_step = models.CharField(max_length=10, default="email")
    secret_question = models.CharField(max_length=200, blank=True)
    secret_answer = models.CharField(max_length=200, blank=True)
    session_epoch = models.PositiveIntegerField(default=0)
    registered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["forename", "surname"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_lower_case"),
            models.UniqueConstraint(Lower("user_name"), name="one_account_a_user_name"),
        ]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE
