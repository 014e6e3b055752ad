"""What tests of census returns stand on."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from guildhall.demonstration.census_files import Plan, pupil, whole, xml
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.returns import collections, services, tasks
from guildhall.work.returns.collections import Collection
from guildhall.work.returns.models import Found, Return

from ...people.membership.schools import a_place, a_supervisor, holder
from ...standing import NOON, a_person

YEAR = 2026
EARLY, LIVE = datetime(2026, 9, 14, 9, 0), datetime(2026, 10, 1, 9, 0)


def moment(plain: datetime) -> datetime:
    return timezone.make_aware(plain)


def autumn() -> Collection:
    return collections.collection("AUT", YEAR)


def a_sender(email: str = "tracey@ysgol.example.org", by: SchoolPlace | None = None) -> SchoolPlace:
    """Somebody who has the data collections service at the school of ``by``."""
    by = by or a_supervisor()
    place = a_place(email, by.school)
    membership.choose_services(place, ["data-collections"], holder=holder(by), by=by.user, now=NOON)
    place.refresh_from_db()
    return place


def a_head(email: str = "elin@ysgol.example.org", **more: Any) -> SchoolPlace:
    return a_place(email, kind=SchoolPlace.Kind.HEADTEACHER, **more)


def an_officer() -> User:
    return a_person("joe@council.example.org", role="service-officer")


def officer_acting(now: datetime, by: User | None = None) -> dict[str, Any]:
    by = by or an_officer()
    return {"holder": holder_for(by, verified=True), "by": by, "now": moment(now)}


def file_with(*changes: Any, plan: Plan | None = None, count: int = 40) -> bytes:
    """A right file of ``count`` pupils and one more for each change to a pupil."""
    plan = plan or Plan()
    more = "".join(
        xml("PupilOnRoll", pupil(plan, count + number, change))
        for number, change in enumerate(changes, start=1)
    )
    return whole(plan, count).replace(b"</PupilsOnRoll>", more.encode() + b"</PupilsOnRoll>")


def sent(
    place: SchoolPlace, content: bytes, area: str = "live", at: datetime = LIVE, one: Collection | None = None
) -> Return:
    """A file that was uploaded and checked."""
    now = moment(at)
    own = services.upload_file(place, one or autumn(), area, "census.xml", content, now=now)
    assert own.upload is not None
    tasks.check_file({"upload": own.upload.pk}, task_key="", now=now)
    return Return.objects.get(pk=own.pk)


def rules_in(own: Return) -> list[str]:
    return list(Found.objects.filter(of=own).order_by("pk").values_list("rule", flat=True))


SURNAME_GONE = {"PupilIdentifiers": {"Surname": None}}
ODD_YEAR = {"PupilStatus": {"NCyearActual": "3"}}
