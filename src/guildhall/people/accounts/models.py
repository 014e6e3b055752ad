from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from .ways import Authenticator, Device, Identity, Passkey, Provider, RecoveryCode

__all__ = [
    "Authenticator",
    "BrowserSession",
    "ConsentGiven",
    "ConsentStatement",
    "Device",
    "Guard",
    "HeldPost",
    "Identity",
    "Passkey",
    "Proof",
    "Provider",
    "RecoveryCode",
    "User",
]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """One person's account, at every door.

    ``email``, in lower case, is how citizens and professionals sign in, ``user_name`` how the council's
    staff do. An unconfirmed account has no ``email`` yet: the address it asks for is in its Proof, so nobody
    can keep another person's address busy. A withdrawn account keeps its address in ``former_email``, so
    that it can register again. ``session_epoch`` grows to end every open session at once.
    ``secret_question`` is the key of an offered one, or words; ``secret_answer`` a hash. ``counted_from``:
    when an account that was disabled for not being used was enabled again. ``recovered_at``: when a link by
    email opened the account anew; until ``held_until`` who came by that email alone is kept from records.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        ACTIVE = "active"
        LOCKED = "locked"
        DISABLED = "disabled"
        WITHDRAWN = "withdrawn"

    class TwoStep(models.TextChoices):
        """The second step at sign-in. AUTHENTICATOR: it must be an app or a passkey, as staff's must.

        With EMAIL an app or a passkey serves as well, once somebody has one.
        """

        EMAIL = "email"
        NONE = "none"
        AUTHENTICATOR = "app"

    email = models.EmailField(max_length=254, unique=True, null=True)  # noqa: DJ001 (NULL while unconfirmed)
    former_email = models.EmailField(max_length=254, blank=True)
    user_name = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 (NULL: has none)
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
    two_step = models.CharField(max_length=10, choices=TwoStep.choices, default=TwoStep.EMAIL)
    prompt_dismissed_at = models.DateTimeField(null=True)
    secret_question = models.CharField(max_length=200, blank=True)
    secret_answer = models.CharField(max_length=200, blank=True)
    password_set_at = models.DateTimeField(null=True)
    counted_from = models.DateTimeField(null=True)
    recovered_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    session_epoch = models.PositiveIntegerField(default=0)
    registered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    terms_agreed_at = models.DateTimeField(null=True)

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
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == self.State.ACTIVE

    @property
    def is_citizen(self) -> bool:
        """Registered for themselves or their family, not for their work."""
        return not self.job_role and self.two_step != self.TwoStep.AUTHENTICATOR


class Proof(models.Model):
    """A code and a link sent to one address, to prove that its reader is the person who asks.

    Only digests are kept. ``bound_to`` is the digest of the browser session that may use the code.
    ``ended_at``: used, replaced by a newer one, or cancelled after too many wrong codes.
    """

    class Purpose(models.TextChoices):
        REGISTER = "register"
        SIGN_IN = "sign-in"
        CHANGE_EMAIL = "change-email"
        UNLOCK = "unlock"
        SET_PASSWORD = "set-password"  # noqa: S105

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="proofs")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    email = models.EmailField(max_length=254)
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    link_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 (NULL: no link)
    link_until = models.DateTimeField(null=True)
    bound_to = models.CharField(max_length=64, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "purpose", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    def code_counts(self, now: datetime) -> bool:
        return self.ended_at is None and self.code_until is not None and now < self.code_until

    def link_counts(self, now: datetime) -> bool:
        return self.ended_at is None and self.link_until is not None and now < self.link_until


class Guard(models.Model):
    """Wrong tries of one kind (``what``) by or against one thing (``whose``), and until when it is shut.

    ``run`` counts the wrong tries since the last right one or the last shutting; ``tries`` are the moments
    of all of the last day, as seconds since 1970.
    """

    what = models.CharField(max_length=12)
    whose = models.CharField(max_length=80)
    run = models.PositiveSmallIntegerField(default=0)
    tries = models.JSONField(default=list)
    shut_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "whose"], name="one_guard_a_thing")]

    def __str__(self) -> str:
        return f"{self.what} {self.whose}"


class ConsentStatement(models.Model):
    """What people are asked to agree to, in each language. The one published last is current; never changed.

    ``wording`` is Markdown; ``agreement`` the words beside the tick box.
    """

    wording = models.JSONField()
    agreement = models.JSONField()
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Statement {self.pk}"


class ConsentGiven(models.Model):
    """What a person answered to a statement, and in which language they read it."""

    class Answer(models.TextChoices):
        AGREED = "agreed"
        WITHHELD = "withheld"
        WITHDRAWN = "withdrawn"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    statement = models.ForeignKey(ConsentStatement, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    language = models.CharField(max_length=2)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "at"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.answer}"


class HeldPost(models.Model):
    """What somebody sent after their session had ended, kept for an hour until they are signed in again.

    ``key_digest`` is the digest of a cookie: only the same person in the same browser gets it back.
    ``fields`` are pairs of name and value.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key_digest = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=500)
    fields = models.JSONField()
    held_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return self.path


class BrowserSession(AbstractBaseSession):
    """A session with the person it belongs to, so that one statement reads both."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"session of {self.user_id}"
