"""Adding, changing, locking and removing the people of a school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import Proof, User
from guildhall.people.accounts.queries import user_by_email
from guildhall.people.organisations.models import Establishment

from .. import rules
from ..models import JobTitle, Membership, SchoolPlace
from . import records, seats


class NotYours(Refusal):
    """Only somebody who keeps the users of that school may do this."""


class AlreadyHere(Refusal):
    """The person works at this school already, or the address is somebody else's."""


@dataclass(frozen=True)
class Given:
    """What is typed about one person. ``schools`` None means: leave the schools as they are."""

    email: str
    forename: str
    surname: str
    job_title: JobTitle
    mobile: str = ""
    kind: str = SchoolPlace.Kind.STANDARD
    is_admin: bool = False
    locked: bool = False
    schools: frozenset[int] | None = None


DETAILS = ("forename", "surname", "mobile", "kind", "job_title", "is_admin")


@transaction.atomic
def add_person(
    given: Given, *, holder: Holder, by: User | None, now: datetime, password: str = "", reason: str = ""
) -> list[SchoolPlace]:
    """Let a person work at each of ``given.schools`` from now on, and send the sign-up email.

    An account that exists with this address is used as it is. With ``password`` (the demonstration) no email
    is sent. Raises NotYours, AlreadyHere.
    """
    schools = _held_schools(given.schools or ())
    if not schools:
        raise NotYours(texts.say("schools.Error_Schools_Required"), field="schools")
    _refuse_unless(all(rules.keeps(holder, school.pk) for school in schools))
    user = user_by_email(given.email)
    if user and Membership.objects.filter(user=user, ended_at=None, establishment__in=schools).exists():
        raise AlreadyHere(texts.say("schools.Error_Email_Here"), field="email")
    new = user is None or not user.has_usable_password()
    user = user or _new_account(given, password, now)
    places = [_place(user, school, given, by=by, now=now, reason=reason) for school in schools]
    records.settle_account(user)
    if not password:
        _invite(user, places, new=new, now=now)
    return places


def _held_schools(ids: Iterable[int]) -> list[Establishment]:
    """The schools, locked in one order so that two changes at once never wait for each other."""
    rows = Establishment.objects.select_for_update().filter(pk__in=set(ids), closed_on=None)
    return list(rows.order_by("pk"))


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise NotYours(texts.say("schools.Error_NotYours"))


def _refuse_unless_supervises(holder: Holder, place: SchoolPlace) -> None:
    """An administrator who is no supervisor keeps the school's users, but not its supervisors."""
    if not rules.supervises(holder, place.school_id):
        raise NotYours(texts.say("schools.Error_OfSupervisor"))


def _new_account(given: Given, password: str, now: datetime) -> User:
    user = User(
        email=given.email.lower(),
        forename=given.forename,
        surname=given.surname,
        mobile=given.mobile,
        job_role=given.job_title.name["en"][:100],
        state=User.State.ACTIVE,
        registered_at=now,
        confirmed_at=now,
        terms_agreed_at=now,
    )
    user.set_password(password or None)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise AlreadyHere(texts.say("schools.Error_Email_Taken"), field="email") from None
    return user


def _place(
    user: User, school: Establishment, given: Given, *, by: User | None, now: datetime, reason: str = ""
) -> SchoolPlace:
    _outdate(user)
    place = SchoolPlace(
        user=user, school=school, **{name: getattr(given, name) for name in DETAILS}, invited_at=now
    )
    place.membership = Membership.objects.create(
        user=user, role=place.role, establishment=school, began_at=now
    )
    place.save()
    records.note(place, "added", by=by, now=now, reason=reason)
    return place


def _outdate(user: User) -> None:
    """Pages that show ``user`` at any school show an address, or schools, that are theirs no longer."""
    rows = SchoolPlace.objects.filter(user=user, membership__ended_at=None)
    rows.update(revision=F("revision") + 1)


def _sign_up(user: User, now: datetime) -> None:
    """The email with the username, a link that sets a password, and the way to the portal (SC-001)."""
    portal = f"{reverse('account:sign-in')}?door=schools"
    accounts.invite_to_set_password(user, mail="SchoolInvitation", now=now, portal_link=portal)


def _invite(user: User, places: list[SchoolPlace], *, new: bool, now: datetime) -> None:
    if new:
        _sign_up(user, now)
        return
    theirs = SchoolPlace.objects.filter(user=user, membership__ended_at=None)
    what = "SchoolAdded" if theirs.count() > len(places) else "SchoolFirst"
    put_email(
        user.email or "",
        subject=f"account.EmailSubject_{what}",
        body=f"text-blocks.Email_{what}",
        language=user.language,
        key=f"school-added-{places[0].pk}",
        now=now,
        portal_link="/schools/",
    )


@transaction.atomic
def change_person(
    place: SchoolPlace,
    *,
    given: Given,
    revision: int | None,
    holder: Holder,
    by: User,
    now: datetime,
    reason: str = "",
) -> SchoolPlace:
    """Make ``place`` as ``given``, at once; ``revision`` is the one that was changed, None for any.

    Locking counts at every school of the person that ``holder`` keeps. Raises NotYours, ChangedMeanwhile,
    AlreadyHere, seats.LastSupervisor, and changes nothing then.
    """
    theirs = _their_places(place, holder)
    _held_schools({one.school_id for one in theirs} | (given.schools or frozenset()))
    place = _open(place)
    _refuse_unless(rules.keeps(holder, place.school_id))
    if revision is not None and revision != place.revision:
        raise ChangedMeanwhile(texts.say("schools.Error_Changed"))
    theirs = _their_places(place, holder)
    _change_email(place, given.email.lower(), holder=holder, by=by, now=now)
    _change_details(place, given, holder=holder, by=by, now=now, reason=reason)
    for one in theirs:
        _lock(one, given.locked, holder=holder, by=by, now=now, reason=reason)
    _change_schools(place, given, theirs, holder=holder, by=by, now=now)
    records.settle_account(User.objects.get(pk=place.user_id))
    return SchoolPlace.objects.get(pk=place.pk)


def _open(place: SchoolPlace) -> SchoolPlace:
    place = hold(place)
    if place.membership.ended_at is not None:
        raise ChangedMeanwhile(texts.say("schools.Error_Gone"))
    return place


def _their_places(place: SchoolPlace, holder: Holder) -> list[SchoolPlace]:
    """The open places of the same person at schools that ``holder`` keeps."""
    rows = SchoolPlace.objects.filter(user_id=place.user_id, membership__ended_at=None)
    found = rows.select_related("membership", "user", "school").order_by("school_id")
    return [one for one in found if rules.keeps(holder, one.school_id)]


def _change_email(place: SchoolPlace, email: str, *, holder: Holder, by: User, now: datetime) -> None:
    user = place.user
    if email == user.email:
        return
    held = Membership.objects.filter(user=user, ended_at=None).values_list("establishment_id", flat=True)
    if not all(school and rules.keeps(holder, school) for school in held):
        raise NotYours(texts.say("schools.Error_Email_Elsewhere"), field="email")
    if place.is_supervisor:
        _refuse_unless_supervises(holder, place)
    before = user.email or ""
    user.email = email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:
        raise AlreadyHere(texts.say("schools.Error_Email_Taken"), field="email") from None
    _outdate(user)
    place.refresh_from_db(fields=["revision"])
    records.end_access(user)
    for number, address in enumerate((before, email)):
        put_email(
            address,
            subject="account.EmailSubject_SchoolEmail",
            body="text-blocks.Email_SchoolEmail",
            language=user.language,
            key=f"school-email-{place.pk}-{place.revision}-{number}",
            now=now,
        )
    Proof.objects.filter(user=user, ended_at=None).update(ended_at=now)
    records.note(place, "changed", by=by, now=now, fields=["email"])


def _change_details(
    place: SchoolPlace, given: Given, *, holder: Holder, by: User, now: datetime, reason: str
) -> None:
    wanted = {name: getattr(given, name) for name in DETAILS}
    # A supervisor is an administrator whatever is ticked.
    wanted["is_admin"] = given.is_admin or place.is_supervisor
    changed = [name for name in DETAILS if getattr(place, name) != wanted[name]]
    if not changed:
        return
    if place.is_supervisor and not set(changed) <= {"mobile", "job_title"}:
        _refuse_unless_supervises(holder, place)
    if "job_title" in changed:
        _follow_job(place, given.job_title)
    for name in changed:
        setattr(place, name, wanted[name])
    place.revision += 1
    place.save()
    Membership.objects.filter(pk=place.membership_id).update(role=place.role)
    records.note(place, "changed", by=by, now=now, fields=changed, reason=reason)


def _follow_job(place: SchoolPlace, new: JobTitle) -> None:
    """Where the person's account has the job of ``place``, let it have the new one: forms begin with it."""
    old = place.job_title.name["en"][:100]
    User.objects.filter(pk=place.user_id, job_role=old).update(job_role=new.name["en"][:100])


def _lock(
    place: SchoolPlace, locked: bool, *, holder: Holder, by: User, now: datetime, reason: str = ""
) -> None:
    if locked == (place.membership.locked_at is not None):
        return
    _refuse_self(place, by)
    if place.is_supervisor:
        _refuse_unless_supervises(holder, place)
        if locked:
            seats.refuse_last(place)
    Membership.objects.filter(pk=place.membership_id).update(locked_at=now if locked else None)
    SchoolPlace.objects.filter(pk=place.pk).update(revision=F("revision") + 1)
    if locked:
        records.end_access(place.user)
    records.note(place, "locked" if locked else "unlocked", by=by, now=now, reason=reason)


@transaction.atomic
def lock_person(
    place: SchoolPlace, *, locked: bool, holder: Holder, by: User, now: datetime, reason: str = ""
) -> None:
    """Lock or unlock one person at every school of theirs that ``holder`` keeps.

    Raises NotYours, ChangedMeanwhile, seats.LastSupervisor.
    """
    _held_schools(one.school_id for one in _their_places(place, holder))
    place = _open(place)
    _refuse_unless(rules.keeps(holder, place.school_id))
    for one in _their_places(place, holder):
        _lock(one, locked, holder=holder, by=by, now=now, reason=reason)
    records.settle_account(User.objects.get(pk=place.user_id))


def _refuse_self(place: SchoolPlace, by: User | None) -> None:
    if by is not None and place.user_id == by.pk:
        raise NotYours(texts.say("schools.Error_Self"))


def _change_schools(
    place: SchoolPlace, given: Given, theirs: list[SchoolPlace], *, holder: Holder, by: User, now: datetime
) -> None:
    """Give and remove the schools that ``holder`` keeps; others of the person are left alone."""
    if given.schools is None:
        return
    if not given.schools:
        raise NotYours(texts.say("schools.Error_Schools_None"), field="schools")
    have = {one.school_id: one for one in theirs}
    for school in _held_schools(given.schools - set(have)):
        _refuse_unless(rules.keeps(holder, school.pk))
        _place(place.user, school, given, by=by, now=now)
    for school_id in set(have) - given.schools:
        _end(have[school_id], holder=holder, by=by, now=now)


@transaction.atomic
def remove_person(
    place: SchoolPlace, *, holder: Holder, by: User | None, now: datetime, reason: str = ""
) -> None:
    """End the person's access to this school, from their next request. What they sent is kept.

    Raises NotYours, ChangedMeanwhile, seats.LastSupervisor.
    """
    _held_schools([place.school_id])
    place = _open(place)
    _refuse_unless(rules.keeps(holder, place.school_id))
    _end(place, holder=holder, by=by, now=now, reason=reason)
    records.settle_account(User.objects.get(pk=place.user_id))


def _end(place: SchoolPlace, *, holder: Holder, by: User | None, now: datetime, reason: str = "") -> None:
    _refuse_self(place, by)
    if place.is_supervisor:
        _refuse_unless_supervises(holder, place)
        seats.refuse_last(place)
    Membership.objects.filter(pk=place.membership_id).update(ended_at=now)
    SchoolPlace.objects.filter(pk=place.pk).update(
        seat=None, recorded_as="", secure=[], revision=F("revision") + 1
    )
    _outdate(place.user)
    place.duties.filter(ended_at=None).update(ended_at=now)
    records.end_access(place.user)
    records.note(place, "removed", by=by, now=now, reason=reason)


@transaction.atomic
def send_password_link(
    place: SchoolPlace, *, holder: Holder, by: User, now: datetime, reason: str = ""
) -> None:
    """Email the person a link that works once, by which they set a password nobody else sees.

    Raises NotYours, ChangedMeanwhile, and accounts.Shut after too many.
    """
    place = _open(place)
    _refuse_unless(rules.keeps(holder, place.school_id))
    if not place.user.is_active:
        raise NotYours(texts.say("schools.Error_Reset_Locked"))
    if place.user.has_usable_password():
        accounts.reset_password_by_link(place.user, mail="SchoolReset", now=now)
    else:
        _sign_up(place.user, now)
    records.note(place, "reset", by=by, now=now, reason=reason)
