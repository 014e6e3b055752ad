"""What was asked for about the child whose form is shared: by message, by letter, answered and late."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.advice import services
from guildhall.work.advice.models import Requested
from guildhall.work.advice.services import Way
from guildhall.work.advice.told import Told
from guildhall.work.sharing.models import PortalUser

from .cast import Cast
from .sharing import READER

# Numbers of the pages on which all this was typed, the same on every run.
PAGES = UUID("5a1d2c7e-0000-4000-8000-000000000000")
SCHOOL = "How does the pupil learn in class, and what has helped so far? Please add the last two reports."
FAMILY = "What would you like your child to be able to do in a year's time?"
DOCTOR = "Is there anything about hearing or sight that the school should know?"
THERAPIST = "Please send your last assessment of speech and language."


@transaction.atomic
def ask_for_advice(cast: Cast, *, now: datetime) -> None:
    """Four requests that officers made of a teacher, a parent, a doctor and a therapist."""
    teacher = PortalUser.objects.select_related("involvement__child", "user").get(user__email=READER)
    child, officer = teacher.involvement.child, cast.staff["angharad"]
    parent = PortalUser.objects.select_related("user").get(
        involvement=teacher.involvement, authenticated=True, relation="Parent"
    )
    today = timezone.localdate(now)
    asked = _asked(child, Told(SCHOOL, today + timedelta(days=5), portal_user=teacher), officer, now, 1)
    _tell(asked, Way(frozenset({"message"})), officer, now, 1)
    asked = _asked(child, Told(FAMILY, today + timedelta(days=30), portal_user=parent), officer, now, 2)
    _tell(asked, Way(frozenset({"message", "letter"}), today), officer, now, 2)
    words = "We would like her to read short books by herself, and to have one good friend."
    services.answer(asked, words=words, uploads=[], key=uuid5(PAGES, "answer"), by=parent.user, now=now)
    _by_letter(child, "Dr Siân Morgan", "Paediatrician", DOCTOR, 50, officer, now)
    _by_letter(child, "Owain Rees", "Speech and language therapist", THERAPIST, 10, officer, now)


def _by_letter(
    child: Child, name: str, role: str, details: str, days: int, officer: User, now: datetime
) -> None:
    """Asked by letter so many days ago, with six weeks to answer."""
    sent_on = timezone.localdate(now) - timedelta(days=days)
    told = Told(details, sent_on + timedelta(weeks=6), name=name, role=role)
    asked = _asked(child, told, officer, now - timedelta(days=days), days)
    _tell(asked, Way(frozenset({"letter"}), sent_on), officer, now, days)


def _asked(child: Child, told: Told, officer: User, now: datetime, page: int) -> Requested:
    return services.add_request(child, told, key=uuid5(PAGES, f"request {page}"), by=officer, now=now)


def _tell(asked: Requested, way: Way, officer: User, now: datetime, page: int) -> None:
    services.notify(asked, way, key=uuid5(PAGES, f"telling {page}"), by=officer, now=now)
