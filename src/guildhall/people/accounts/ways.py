"""What is kept of the ways to sign in beside a password and an emailed code."""

from datetime import datetime

from django.conf import settings
from django.db import models

from guildhall.foundation.kit.speech import active_language


class Authenticator(models.Model):
    """An app that shows a new code every half minute. ``secret`` is sealed.

    It counts from ``confirmed_at``, when its owner typed its first code. ``last_step`` is the half minute
    of the code used last: that code, and every earlier one, is refused from then on.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authenticators"
    )
    name = models.CharField(max_length=60)
    secret = models.TextField()
    last_step = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(confirmed_at=None), name="one_app_being_set_up"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Passkey(models.Model):
    """A key that a phone, computer or security key keeps; we have its public half.

    ``handle`` is what all keys of one person carry instead of a name. ``sign_count`` may only grow: a key
    that was copied shows by its falling back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential = models.CharField(max_length=1400, unique=True)
    handle = models.CharField(max_length=64)
    public_key = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    transports = models.JSONField(default=list)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One of ten codes on paper, for when the phone is lost. Each works once; only a digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_recovery_code")]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class Device(models.Model):
    """A browser in which somebody signed in, known by a cookie of which we keep the digest.

    Until ``remembered_until`` it is not asked for the second step. ``ended_at``: its owner signed it out.
    ``proved_at``: when somebody first passed both steps there, not just after the account was recovered.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    key_digest = models.CharField(max_length=64)
    browser = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    remembered_until = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key_digest"], name="one_device_a_browser")]

    def __str__(self) -> str:
        return f"{self.browser}, {self.system}"

    def is_remembered(self, now: datetime) -> bool:
        return self.ended_at is None and self.remembered_until is not None and now < self.remembered_until


class Provider(models.Model):
    """A directory (of the council, of a school) that people may sign in with, by OpenID Connect.

    ``domains``: whose email addresses it may speak for. ``trusted_acr`` and ``trusted_amr``: what it says
    when it has asked for a second step itself; with none of them we ask for ours. ``client_secret`` is
    sealed. ``tested_at`` and ``trouble``: what came of the last test.
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.JSONField()
    door = models.CharField(max_length=20)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    client_secret = models.TextField()
    domains = models.JSONField(default=list)
    trusted_acr = models.JSONField(default=list)
    trusted_amr = models.JSONField(default=list)
    on = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    tested_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.key

    @property
    def named(self) -> str:
        """Its name in the active language."""
        return str(self.name.get(active_language()) or self.name["en"])


class Identity(models.Model):
    """Somebody in a provider's directory (``subject``), who proved that this account is theirs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="one_account_a_subject"),
            models.UniqueConstraint(fields=["provider", "user"], name="one_subject_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.user_id}"
