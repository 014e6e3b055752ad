"""Who works at which school, for whoever may know it."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .models import (
    AccountRequest,
    Duty,
    JobTitle,
    Keyfob,
    NetworkAnswer,
    SchoolChange,
    SchoolPlace,
    UserImport,
)

Places = QuerySet[SchoolPlace]
SORTS = {
    "email": (Lower("user__email"),),
    "forename": (Lower("forename"), Lower("surname")),
    "surname": (Lower("surname"), Lower("forename")),
    "job": (Lower(KeyTextTransform("en", "job_title__name")), Lower("surname")),
    "mobile": (F("mobile"), Lower("surname")),
    "admin": (F("is_admin"), Lower("surname")),
    "lock": (F("membership__locked_at"), Lower("surname")),
}


def _open() -> Places:
    rows = SchoolPlace.objects.filter(membership__ended_at=None)
    return rows.select_related("user", "job_title", "membership", "school")


def places_kept(holder: Holder) -> Places:
    """Everybody with access to a school whose users ``holder`` keeps, locked ones too."""
    if holder.may(Permission.MANAGE_USERS):
        return _open()
    return _open().filter(school_id__in=holder.administered)


def users_of(holder: Holder, school_id: int, *, sort: str = "surname") -> Places:
    """The users of one school, sorted by a key of SORTS, with "-" before it for the other way round."""
    columns = SORTS.get(sort.removeprefix("-"), SORTS["surname"])
    order = [column.desc() if sort.startswith("-") else column.asc() for column in columns]
    return places_kept(holder).filter(school_id=school_id).order_by(*order, "pk")


def own_places(user: User) -> Places:
    """Where ``user`` works now, by name of the school; locked places are left out."""
    return _open().filter(user=user, membership__locked_at=None).order_by("school__name", "school_id")


def schools_kept(holder: Holder) -> QuerySet[Establishment]:
    """The open schools whose users ``holder`` keeps, by name."""
    rows = Establishment.objects.filter(closed_on=None).order_by("name", "pk")
    return rows if holder.may(Permission.MANAGE_USERS) else rows.filter(pk__in=holder.administered)


def other_schools_kept(holder: Holder, user: User) -> set[int]:
    """The schools among those that ``holder`` keeps where ``user`` works."""
    return set(places_kept(holder).filter(user=user).values_list("school_id", flat=True))


def operators_of(school_id: int) -> list[SchoolPlace]:
    """Who keeps the accounts of the school and can be asked for help, by name."""
    rows = _open().filter(school_id=school_id, is_admin=True, membership__locked_at=None)
    return list(rows.filter(user__state=User.State.ACTIVE).order_by("surname", "forename", "pk"))


def clerks_of(school_id: int) -> list[SchoolPlace]:
    """The clerks to the school's governors, by name."""
    rows = _open().filter(school_id=school_id, kind=SchoolPlace.Kind.CLERK, membership__locked_at=None)
    return list(rows.order_by("surname", "forename", "pk"))


def supervisors_of(school_id: int) -> list[SchoolPlace]:
    """The supervisors of a school, by seat."""
    return list(_open().filter(school_id=school_id, seat__isnull=False).order_by("seat"))


def schools_with_supervisors(words: str = "", *, without: bool = False) -> QuerySet[Establishment]:
    """Every open school with ``users`` and ``supervisors`` counted; ``without``: only those with none."""
    open_places = Q(places__membership__ended_at=None)
    rows = Establishment.objects.filter(closed_on=None, name__icontains=words).annotate(
        users=Count("places", filter=open_places),
        supervisors=Count("places", filter=open_places & Q(places__seat__isnull=False)),
    )
    return (rows.filter(supervisors=0) if without else rows).order_by("name", "pk")


def changes(*, school_id: int | None = None, act: str = "") -> QuerySet[SchoolChange]:
    """Changes to the users of schools, newest first, for the council's officers."""
    rows = SchoolChange.objects.select_related("school", "user", "by").order_by("-at", "-pk")
    if school_id is not None:
        rows = rows.filter(school_id=school_id)
    return rows.filter(act=act) if act else rows


def job_titles(*, also: JobTitle | None = None) -> list[JobTitle]:
    """The jobs that are offered, in the authority's order; ``also`` one that somebody has already."""
    wanted = Q(retired_at=None) | Q(pk=also.pk if also else None)
    return list(JobTitle.objects.filter(wanted).order_by("position", "pk"))


def all_job_titles() -> QuerySet[JobTitle]:
    """The whole list with ``used``, whether anybody has the job, retired ones too."""
    someone = SchoolPlace.objects.filter(job_title=OuterRef("pk"), membership__ended_at=None)
    return JobTitle.objects.annotate(used=Exists(someone)).order_by("position", "pk")


def duties_at(school_id: int, *, on: date) -> list[Duty]:
    """Duties and covers of a school that run or will run, by duty and first day."""
    rows = Duty.objects.filter(school_id=school_id, ended_at=None).filter(
        Q(last_on=None) | Q(last_on__gte=on)
    )
    return list(rows.select_related("place").order_by("key", "covers", "first_on", "pk"))


def unended_duty(school_id: int, pk: int) -> Duty | None:
    """The duty or cover ``pk`` at a school, unless somebody ended it."""
    return Duty.objects.select_related("place").filter(school_id=school_id, ended_at=None, pk=pk).first()


def answering(school_id: int, key: str, *, on: date) -> list[SchoolPlace]:
    """Who answers for the duty ``key`` on a day: its cover and its holder; nobody left, the supervisors.

    What is given to a duty reaches these people, so that it is never stranded when one of them leaves.
    """
    running = Q(duties__ended_at=None, duties__key=key, duties__first_on__lte=on) & (
        Q(duties__last_on=None) | Q(duties__last_on__gte=on)
    )
    found = _open().filter(running, school_id=school_id, membership__locked_at=None).distinct()
    return list(found.order_by("pk")) or [
        one for one in supervisors_of(school_id) if one.membership.locked_at is None
    ]


def request_of(pk: int) -> AccountRequest | None:
    """What was asked of the helpline under ``pk``, answered or not."""
    return AccountRequest.objects.select_related("school", "by").filter(pk=pk).first()


def open_requests() -> QuerySet[AccountRequest]:
    """Accounts asked of the helpline that nobody answered yet, oldest first."""
    rows = AccountRequest.objects.filter(answered_at=None)
    return rows.select_related("school", "by").order_by("asked_at", "pk")


def requests_from(place: SchoolPlace) -> Sequence[AccountRequest]:
    """The newest twenty requests of the school of ``place``."""
    rows = AccountRequest.objects.filter(school_id=place.school_id)
    return list(rows.order_by("-asked_at", "-pk")[:20])


def import_with(pk: int) -> UserImport | None:
    """For the worker."""
    return UserImport.objects.filter(pk=pk).first()


def running_import_of(user: User) -> UserImport | None:
    """The spreadsheet that ``user`` applied last, while a worker still goes on with it."""
    last = UserImport.objects.filter(by=user).exclude(applied_at=None).order_by("-pk").first()
    return last if last and last.is_running else None


def imports_of(user: User) -> QuerySet[UserImport]:
    """The spreadsheets that ``user`` uploaded."""
    return UserImport.objects.filter(by=user).select_related("school")


def keyfobs_at(school_id: int) -> QuerySet[Keyfob]:
    """Every keyfob that somebody of a school has or had: those not returned first, then the newest."""
    rows = Keyfob.objects.filter(place__school_id=school_id).select_related("place__membership")
    return rows.order_by(F("returned_at").desc(nulls_first=True), "-assigned_at", "-pk")


def network_answer(school_id: int) -> NetworkAnswer | None:
    """What the school said last about the helpline and its network accounts; None while it said nothing."""
    return NetworkAnswer.objects.filter(school_id=school_id).order_by("-at", "-pk").first()
