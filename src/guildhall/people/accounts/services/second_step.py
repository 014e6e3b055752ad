"""The second step by an authenticator app or a recovery code, and losing all of it."""

import secrets
from datetime import datetime
from typing import cast

import pyotp
from django.db import transaction
from django.db.models import F

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import codes, sealing
from ..models import Authenticator, Device, Passkey, RecoveryCode, User
from ..queries import must_keep_a_way
from . import guards, proofs

RECOVERY_CODES = 10
DRIFT = 1  # half minutes that somebody's clock may be wrong, either way
STEP_SECONDS = 30
MOST_OF_A_KIND = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is easily taken for another


class WrongCode(Refusal):
    """The code is not the app's code now, or was used before."""


class LastWay(Refusal):
    """Whoever must have an app or a passkey keeps at least one."""


class TooMany(Refusal):
    """Nobody needs more than ten apps or ten passkeys."""


@transaction.atomic
def begin_authenticator(user: User, *, now: datetime) -> Authenticator:
    """A new app with its secret, which counts for nothing before ``confirm_authenticator``."""
    refuse_too_many(user)
    Authenticator.objects.filter(user=user, confirmed_at=None).delete()
    secret = sealing.seal(pyotp.random_base32())
    return Authenticator.objects.create(user=user, name="", secret=secret, made_at=now)


def confirm_authenticator(user: User, *, code: str, name: str, by: User, now: datetime) -> Authenticator:
    """Take the app that is being set up into use, because ``code`` is its code. Raises WrongCode."""
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update()
        app = rows.filter(user=user, confirmed_at=None).first()
        step = _step_of(app, code, now) if app else None
        if app is None or step is None:
            raise WrongCode(texts.say("account.Error_Code_App"), field="code")
        app.confirmed_at, app.last_step, app.name = now, step, name
        app.save(update_fields=["confirmed_at", "last_step", "name"])
        note_added(user, kind="app", key=f"app-{app.pk}", by=by, now=now)
    return app


def note_added(user: User, *, kind: str, key: str, by: User, now: datetime) -> None:
    """A way to sign in was added: the second step is on from now on, and its owner is told."""
    if user.two_step == User.TwoStep.NONE:
        user.two_step = User.TwoStep.EMAIL
        user.save(update_fields=["two_step"])
    proofs.tell(user, "SignInWay_Added", key=f"way-{key}", now=now)
    audit.record("account.way_added", by=by, about=user, now=now, detail={"kind": kind})


def refuse_too_many(user: User) -> None:
    """Raise TooMany when ``user`` has ten of a kind."""
    apps = Authenticator.objects.filter(user=user).exclude(confirmed_at=None).count()
    if max(apps, Passkey.objects.filter(user=user).count()) >= MOST_OF_A_KIND:
        raise TooMany(texts.say("account.Error_TooManyWays", most=MOST_OF_A_KIND))


def takes_app_code(user: User, code: str, now: datetime) -> bool:
    """Whether ``code`` is that of an app of ``user`` now; the same code never counts twice."""
    for app in Authenticator.objects.filter(user=user).exclude(confirmed_at=None):
        step = _step_of(app, code, now)
        if step is not None:
            rows = Authenticator.objects.filter(pk=app.pk, last_step__lt=step)
            return rows.update(last_step=step, used_at=now) == 1
    return False


def _step_of(app: Authenticator, code: str, now: datetime) -> int | None:
    """The half minute whose code this is, around ``now``."""
    secret, typed = pyotp.TOTP(sealing.unseal(app.secret)), codes.tidy(code)
    if not (typed.isascii() and typed.isdigit()):
        return None
    present = int(now.timestamp()) // STEP_SECONDS
    for step in range(present - DRIFT, present + DRIFT + 1):
        if step > app.last_step and secrets.compare_digest(secret.generate_otp(step), typed):
            return step
    return None


def takes_recovery_code(user: User, code: str, now: datetime) -> bool:
    """Whether ``code`` is an unused one of the ten; it is used from now on and its owner is told."""
    digest = _recovery_digest(user, code)
    if not RecoveryCode.objects.filter(user=user, digest=digest, used_at=None).update(used_at=now):
        return False
    left = RecoveryCode.objects.filter(user=user, used_at=None).count()
    proofs.tell(user, "RecoveryCode_Used", key=f"recovery-{digest[:40]}", now=now, left=str(left))
    audit.record("account.recovery_code_used", by=user, about=user, now=now, detail={"left": left})
    return True


@transaction.atomic
def make_recovery_codes(user: User, *, by: User, now: datetime) -> list[str]:
    """Ten new codes; earlier ones count no longer. Only the caller ever sees them."""
    RecoveryCode.objects.filter(user=user).delete()
    made = {_new_recovery_code() for _ in range(RECOVERY_CODES)}
    while len(made) < RECOVERY_CODES:
        made.add(_new_recovery_code())
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_recovery_digest(user, code), made_at=now) for code in made
    )
    audit.record("account.recovery_codes_made", by=by, about=user, now=now)
    return sorted(made)


def _new_recovery_code() -> str:
    """Ten marks in two groups: 49 random bits."""
    marks = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{marks[:5]}-{marks[5:]}"


def _recovery_digest(user: User, code: str) -> str:
    return codes.code_digest(codes.tidy(code).lower(), about=f"recovery.{user.pk}")


@transaction.atomic
def rename_way(way: Authenticator | Passkey, *, name: str) -> None:
    """What its owner calls it."""
    way.name = name
    way.save(update_fields=["name"])


@transaction.atomic
def remove_way(way: Authenticator | Passkey, *, by: User, now: datetime) -> None:
    """Forget an app or a passkey, and tell its owner. Raises LastWay.

    With the last of them the recovery codes go too.
    """
    user = cast(User, User.objects.select_for_update().get(pk=way.user_id))
    if must_keep_a_way(user):
        raise LastWay(texts.say("account.Error_LastWay"))
    key, kind = f"{way._meta.model_name}-{way.pk}", str(way._meta.model_name)
    way.delete()
    if not (Passkey.objects.filter(user=user).exists() or _apps(user)):
        RecoveryCode.objects.filter(user=user).delete()
    proofs.tell(user, "SignInWay_Removed", key=f"gone-{key}", now=now)
    audit.record("account.way_removed", by=by, about=user, now=now, detail={"kind": kind})


def _apps(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exclude(confirmed_at=None).exists()


@transaction.atomic
def reset_second_step(user: User, *, by: User | None, now: datetime) -> None:
    """Forget every app, passkey, recovery code and remembered device of ``user``, whose phone is lost.

    Every session ends. Staff set up a new app or passkey at their next sign-in, after a code by email.
    """
    for model in (Authenticator, Passkey, RecoveryCode):
        model.objects.filter(user=user).delete()
    forget_devices(user)
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    guards.open_again("code", f"user:{user.pk}")
    proofs.tell(user, "SecondStep_Reset", key=f"second-step-{user.pk}-{user.session_epoch}", now=now)
    audit.record("account.second_step_reset", by=by, about=user, now=now)


def forget_devices(user: User) -> None:
    """No device goes without the second step from now on."""
    Device.objects.filter(user=user).update(remembered_until=None)
