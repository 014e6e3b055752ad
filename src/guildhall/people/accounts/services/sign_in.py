"""The two steps of signing in. Tries are counted before anything is checked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial

from django.contrib.auth.hashers import check_password as password_matches
from django.contrib.auth.hashers import is_password_usable, make_password
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit import statements
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import codes, rules
from ..hashers import Busy, refuse_crowd
from ..models import Guard, Proof, User
from ..queries import devices_of, known_device, user_by_name
from . import guards, proofs, recovering, second_step


class WrongPassword(Refusal):
    """Nobody signs in with this name and password now. Says nothing about which of them is wrong."""


class WrongCode(Refusal):
    """The code is not the last one sent for this sign-in, or it is older than five minutes."""


class CodesLocked(Refusal):
    """Four wrong codes: signing in must start again, after some minutes."""


@dataclass(frozen=True)
class Right:
    """Whose password was right, and the tries that were counted before it was looked at."""

    user: User
    tries: tuple[tuple[str, str], ...]


def check_password(name: str, password: str, *, address: str, now: datetime, device: str = "") -> Right:
    """The person whose email address or user name, and password, these are; ``forgive`` comes next.

    ``address`` is the network address of the browser, ``device`` its cookie: a browser in which the person
    signed in before has its own count of wrong tries, so that nobody else can lock them out there. Raises
    WrongPassword, and guards.Shut when too many tries came from that address, and hashers.Busy. An unknown
    name costs the same time as a wrong password.
    """
    refuse_crowd()
    user = user_by_name(name)
    whose = counted_as(user, name, device)
    network = codes.name_digest(address)
    try:
        _, guard = guards.spend_each(
            guards.Wanted("address", network, rules.address_limit()),
            guards.Wanted("password", whose, rules.password_limit()),
            now=now,
        )
    except guards.Shut as shut:
        if shut.what == "password":
            raise _wrong() from None
        raise
    try:
        right = _matches(user, password)
    except Busy:
        guards.take_back("password", whose, limit=rules.password_limit())
        guards.take_back("address", network, limit=rules.address_limit())
        raise
    if not right:
        note_wrong(user, whose, guard, now)
        raise _wrong()
    assert user is not None
    return Right(user, (("address", network), ("password", whose)))


def forgive(right: Right) -> None:
    """The tries before a right password were no guesses. In the transaction of what follows from it."""
    guards.forgive(*right.tries)


def counted_as(user: User | None, name: str, device: str = "") -> str:
    """Whose count a wrong password (or secret answer) for ``name`` goes to."""
    known, digest = known_device(user, device), codes.name_digest(name.strip().lower())
    if user is None:
        return f"name:{digest}"
    return f"device:{known.pk}" if known else f"user:{user.pk}"


def _wrong() -> WrongPassword:
    return WrongPassword(texts.say("account.Error_SignIn"))


@cache
def nobodys_hash() -> str:
    """A password hash that matches nothing, for names that nobody has."""
    return make_password(codes.new_key())


def _matches(user: User | None, password: str) -> bool:
    if user is None or not is_password_usable(user.password):
        return password_matches(password, nobodys_hash()) and False
    right = password_matches(password, user.password, setter=partial(_hash_anew, user))
    return right and user.is_active


def _hash_anew(user: User, password: str) -> None:
    """A right password whose hash is of cheaper days is kept as passwords are now, unless many wait."""
    try:
        anew = make_password(password)
    except Busy:
        return
    if User.objects.filter(pk=user.pk, password=user.password).update(password=anew):
        user.password = anew


@transaction.atomic
def note_wrong(user: User | None, whose: str, guard: Guard, now: datetime) -> None:
    """Keep that a wrong password or secret answer was given; tell the owner when it was the last allowed."""
    about = user or ("accounts.name", whose)
    audit.record("account.sign_in_failed", by=None, about=about, now=now)
    if rules.is_shut(guard, now):
        audit.record("account.locked", by=None, about=about, now=now)
        if user is not None and user.is_active:
            _tell_locked(user, now)


def _tell_locked(user: User, now: datetime) -> None:
    try:
        with transaction.atomic():
            sent = proofs.make(
                user,
                Proof.Purpose.UNLOCK,
                email=user.email or "",
                now=now,
                link_for=proofs.hours("links.reset_hours"),
            )
    except guards.Shut:
        return  # the owner has had a dozen of these within the hour
    proofs.mail(sent, "AccountLocked", now=now, minutes=str(setting("password.lock_minutes")))


def unlock(key: str, *, now: datetime) -> User:
    """Open the account that too many wrong passwords locked, by the link its owner got."""
    with transaction.atomic():
        proof = proofs.proof_of_link(key, Proof.Purpose.UNLOCK, now=now)
        proofs.use(proof, now=now)
        guards.open_for(proof.user_id, devices_of(proof.user))
        recovering.hold_back(proof.user, now=now)
        audit.record("account.unlocked", by=proof.user, about=proof.user, now=now)
    return proof.user


@transaction.atomic
def send_code(user: User, *, bound_to: str, now: datetime) -> None:
    """Email a sign-in code that counts only in the browser session ``bound_to``; earlier ones end.

    Raises guards.Shut when too many were sent, CodesLocked after too many wrong ones.
    """
    refuse_locked(user, now=now)
    sent = proofs.make(
        user,
        Proof.Purpose.SIGN_IN,
        email=user.email or "",
        now=now,
        digits=proofs.SIGN_IN_DIGITS,
        code_for=timedelta(minutes=setting("sign_in_code.minutes")),
        bound_to=codes.key_digest(bound_to),
    )
    proofs.mail(sent, "SignInCode", now=now)
    audit.record("account.code_sent", by=user, about=user, now=now)


def refuse_locked(user: User, *, now: datetime) -> None:
    """Raise CodesLocked while wrong codes keep this account shut."""
    guard = statements.first(Guard, what="code", whose=f"user:{user.pk}")
    if guard and guard.shut_until and rules.is_shut(guard, now):
        raise _locked(guards.Shut(guard.shut_until, now))


def _locked(shut: guards.Shut) -> CodesLocked:
    tries = setting("sign_in_code.tries")
    return CodesLocked(texts.say("account.Error_Code_Locked", tries=tries, minutes=shut.minutes))


def check_code(user: User, code: str, *, now: datetime, bound_to: str = "", way: str = "email") -> None:
    """Return when ``code`` is right for ``way``: "email", "app" or "recovery".

    All of them share one count. Raises WrongCode, or CodesLocked after the fourth wrong one.
    """
    whose = f"user:{user.pk}"
    with transaction.atomic():
        try:
            guard = guards.spend("code", whose, limit=rules.code_limit(), now=now)
        except guards.Shut as shut:
            raise _locked(shut) from None
        if right := _takes(user, code, codes.key_digest(bound_to), way, now):
            guards.forgive(("code", whose))
        else:
            audit.record("account.code_failed", by=user, about=user, now=now)
    if right:
        return
    if guard.shut_until and rules.is_shut(guard, now):
        raise _locked(guards.Shut(guard.shut_until, now))
    raise WrongCode(_why_wrong(way), field="code")


def _why_wrong(way: str) -> str:
    name = {"app": "App", "recovery": "Recovery"}.get(way, "SignIn")
    limits = {what: setting(f"sign_in_code.{what}") for what in ("minutes", "tries", "lock_minutes")}
    return texts.say(f"account.Error_Code_{name}", **limits)


def _takes(user: User, code: str, bound_to: str, way: str, now: datetime) -> bool:
    if way == "app":
        return second_step.takes_app_code(user, code, now)
    if way == "recovery":
        return second_step.takes_recovery_code(user, code, now)
    return _takes_code(user, code, bound_to, now)


def _takes_code(user: User, code: str, bound_to: str, now: datetime) -> bool:
    rows = Proof.objects.filter(user=user, purpose=Proof.Purpose.SIGN_IN, bound_to=bound_to, ended_at=None)
    proof = rows.first()
    return proof is not None and proofs.matches(proof, code, now=now) and proofs.use(proof, now=now)


@transaction.atomic
def note_entry(user: User, *, verified: bool, language: str = "", now: datetime) -> None:
    """Keep that ``user`` has signed in, and the ``language`` (en or cy) they chose before, if any."""
    spoken = {"language": language} if language else {}
    User.objects.filter(pk=user.pk).update(last_login=now, **spoken)
    audit.record("account.signed_in", by=user, about=user, now=now, detail={"verified": verified})


@transaction.atomic
def note_leaving(user: User, *, how: str, now: datetime) -> None:
    """Keep that ``user`` signed out (``how``: "asked", "idle" or "absolute")."""
    audit.record("account.signed_out", by=user, about=user, now=now, detail={"how": how})
