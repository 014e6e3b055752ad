"""Giving and ending roles."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Proof, User
from guildhall.people.accounts.queries import current_statement
from guildhall.people.accounts.rules import age_on
from guildhall.people.groups import queries as groups

from ..models import Membership

YOUNG_YEARS = (16, 25)


class NoSuchRole(Refusal):
    """The role is not one of access.permissions.ROLES, nor a group of the authority's own."""


class NameTaken(Refusal):
    """Another account has this user name or email address."""


@transaction.atomic
def give_role(user: User, *, role: str, by: User | None, now: datetime, team: str = "") -> Membership:
    """Let ``user`` hold ``role`` from now on. Giving a role that is held changes nothing."""
    group = groups.standing(role)
    if role not in ROLES and (group is None or group.ended):
        raise NoSuchRole(f"There is no role called {role}.")
    membership, made = Membership.objects.get_or_create(
        user=user, role=role, team=team, establishment=None, ended_at=None, defaults={"began_at": now}
    )
    if made and group is not None:
        accounts.require_authenticator(user)
    if made:
        audit.record("membership.given", by=by, about=user, now=now, detail={"role": role, "team": team})
    return membership


@transaction.atomic
def end_role(membership: Membership, *, by: User | None, now: datetime) -> None:
    """End ``membership``; it counts from the person's next request."""
    Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=now)
    audit.record("membership.ended", by=by, about=membership.user, now=now, detail={"role": membership.role})


def join_by_code(user: User, *, code: str, now: datetime) -> User:
    """Confirm a registration by its emailed code. Raises accounts.WrongRegistrationCode, AddressTaken."""
    return _join(accounts.check_registration_code(user, code, now=now), now)


def join_by_link(key: str, *, now: datetime) -> User:
    """Confirm a registration by its emailed link. Raises accounts.LinkNoLongerCounts, AddressTaken."""
    return _join(accounts.proof_of_link(key, Proof.Purpose.REGISTER, now=now), now)


@transaction.atomic
def _join(proof: Proof, now: datetime) -> User:
    user = accounts.confirm(proof, now=now)
    for role in _own_roles(user, now.date()):
        give_role(user, role=role, by=None, now=now)
    return user


def _own_roles(user: User, today: date) -> list[str]:
    """A professional, or a parent; a young person of 16 to 25 is one besides, and may have children too."""
    if user.job_role:
        return ["professional"]
    young = user.born_on is not None and YOUNG_YEARS[0] <= age_on(user.born_on, today) <= YOUNG_YEARS[1]
    return ["parent", "young-person"] if young else ["parent"]


@transaction.atomic
def make_staff(
    user_name: str,
    *,
    email: str,
    forename: str,
    surname: str,
    roles: Iterable[tuple[str, str]],
    by: User | None,
    now: datetime,
    password: str = "",
    job_role: str = "",
) -> tuple[User, str]:
    """An account of the council's staff with ``roles`` (role key, team key or "").

    Returns it with the single-use link by which its owner sets a password (also emailed), or with "" when
    ``password`` was given, as the demonstration does. Raises NameTaken, NoSuchRole.
    """
    user = User(
        user_name=user_name,
        email=email.lower(),
        forename=forename,
        surname=surname,
        job_role=job_role,
        state=User.State.ACTIVE,
        registered_at=now,
        confirmed_at=now,
        terms_agreed_at=now,
    )
    user.set_password(password or None)
    _keep_made(user, by=by, now=now)
    for role, team in roles:
        give_role(user, role=role, team=team, by=by, now=now)
    link = "" if password else accounts.invite_to_set_password(user, mail="Invitation", now=now)
    return user, link and settings.SITE_URL + link


@transaction.atomic
def make_member(
    email: str, *, details: Mapping[str, Any], password: str, by: User | None, now: datetime
) -> User:
    """A confirmed account of a citizen or, with a ``job_role``, of a professional, made by the program.

    ``details`` are fields of User. For the demonstration and for tests: people make their own by
    registering. Raises NameTaken.
    """
    user = User(
        email=email.lower(),
        state=User.State.ACTIVE,
        registered_at=now,
        confirmed_at=now,
        terms_agreed_at=now,
        **details,
    )
    user.set_password(password)
    _keep_made(user, by=by, now=now)
    accounts.answer(user, current_statement(now), answer="agreed", by=user, now=now)
    for role in _own_roles(user, now.date()):
        give_role(user, role=role, by=by, now=now)
    return user


def _keep_made(user: User, *, by: User | None, now: datetime) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        taken = texts.say("account.Error_NameTaken", name=user.user_name or user.email)
        raise NameTaken(taken) from None
    audit.record("account.made", by=by, about=user, now=now)
