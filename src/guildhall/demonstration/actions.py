"""What a demonstration school has to do: in every state, from every source, on time and overdue."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from guildhall.mail.post import queries as post
from guildhall.mail.post.queries import Asked
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.actions import services
from guildhall.work.actions.models import Action
from guildhall.work.actions.told import Told
from guildhall.work.schoolcases.models import SchoolCase

from .cast import Cast
from .responsibilities import place_of

SCHOOL = 990001
NERYS, ELIN, BRYN, MAIR = (f"{name}@ysgol.example.org" for name in ("nerys", "elin", "bryn", "mair"))
NAMESPACE = UUID("6f2a9d4e-2f0c-4b59-9a1d-3a7f4c1e5b20")
# Who makes it, who owns it, what, how many days ago, and how many days after that it is due.
ROWS = (
    (ELIN, BRYN, "Order the new register sheets", 30, 14),
    (BRYN, BRYN, "Ask the cleaners about the hall", 6, 20),
    (ELIN, MAIR, "Bring the reading list up to date", 12, 30),
    (NERYS, ELIN, "Check the plan for fire drills", 25, 10),
    (BRYN, MAIR, "Book the coach for the museum", 40, 20),
    (ELIN, NERYS, "Choose a day for staff training", 15, 40),
)


@transaction.atomic
def fill_tracker(cast: Cast, *, now: datetime) -> None:
    """Let people of the school make actions and go on with them, and an officer give one after a visit."""
    made = [_make(*row, now=now) for row in ROWS]
    elin, bryn, mair = (place_of(email, SCHOOL) for email in (ELIN, BRYN, MAIR))
    day = timedelta(days=1)
    services.start_action(made[2], place=mair, now=now - 4 * day)
    _note(made[2], mair, "Half of the classes have answered.", now=now - 2 * day)
    services.finish_action(made[4], place=mair, now=now - 22 * day)
    reason = "The training is online now."
    services.cancel_action(made[5], reason=reason, revision=1, place=elin, now=now - 3 * day)
    _note(made[0], bryn, "The supplier has none until next week.", now=now - 5 * day)
    _from_post(place_of(NERYS, SCHOOL), now=now)
    _from_case(now=now)
    officer = cast.staff["angharad"]
    told = Told(
        "Show how pupils are taught to be safe online",
        due_on=(now + 45 * day).date(),
        source=Action.Source.VISIT,
        visited_on=(now - 5 * day).date(),
    )
    how: dict[str, Any] = {"holder": holder_for(officer, verified=True), "by": officer}
    services.give_to_school(elin.school, told, key=_key(told.title), now=now - 4 * day, **how)


def _make(maker: str, owner: str, title: str, days: int, due: int, *, now: datetime) -> Action:
    at = now - timedelta(days=days)
    told = Told(title, due_on=(at + timedelta(days=due)).date(), owner=place_of(owner, SCHOOL).user_id)
    return services.make_action(place_of(maker, SCHOOL), told, key=_key(title), now=at)


def _from_post(place: SchoolPlace, *, now: datetime) -> None:
    """What the newest item of somebody's post asks."""
    found = post.inbox(place, asked=Asked(view="all"), now=now)
    if not len(found):
        return
    title = "Do what this item asks"
    due = (now + timedelta(days=9)).date()
    told = Told(title, due, place.user_id, Action.Source.POST, posting=found[0].posting)
    services.make_action(place, told, key=_key(title), now=now - timedelta(hours=2))


def _from_case(*, now: datetime) -> None:
    """Something to do about a case that the school raised."""
    case = SchoolCase.objects.filter(school__urn=str(SCHOOL)).order_by("pk").first()
    if case is None:
        return
    place, title = place_of(NERYS, SCHOOL), "Send the papers that the council asked for"
    told = Told(title, (now + timedelta(days=5)).date(), place.user_id, Action.Source.CASE, case=case)
    services.make_action(place, told, key=_key(title), now=now - timedelta(hours=3))


def _note(action: Action, place: SchoolPlace, words: str, *, now: datetime) -> None:
    services.add_note(action, words, key=_key(words), place=place, now=now)


def _key(words: str) -> UUID:
    return uuid5(NAMESPACE, words)
