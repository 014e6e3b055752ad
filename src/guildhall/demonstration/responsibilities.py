"""Who answers for what at the demonstration's schools, what some ask for, and a responsibility proposed."""

from datetime import datetime, timedelta

from django.db import transaction

from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.models import Level, Responsibility

from .cast import Cast, script


@transaction.atomic
def give_responsibilities(cast: Cast, *, now: datetime) -> None:
    """Let supervisors give, people ask, and headteachers be consulted, over the last ten days."""
    for giver, email, urn, lead, interested in script()["responsibilities"]:
        place, by = place_of(email, urn), place_of(giver, urn)
        levels = dict.fromkeys(_ids(lead), Level.LEAD) | dict.fromkeys(_ids(interested), Level.INTERESTED)
        seen = queries.stamp_of(queries.levels_of(place))
        holder = holder_for(by.user, verified=True)
        responsibilities.assign(
            place, levels=levels, seen=seen, holder=holder, by=by.user, now=now - timedelta(days=10)
        )
    _ask(now)
    _propose(cast, now)


def _ask(now: datetime) -> None:
    """One request that was approved, and one that waits."""
    bryn, mair = (place_of(f"{name}@ysgol.example.org", 990001) for name in ("bryn", "mair"))
    elin = place_of("elin@ysgol.example.org", 990001)
    wanted = {**queries.levels_of(bryn), **dict.fromkeys(_ids(["Catering"]), Level.LEAD)}
    asked = responsibilities.ask_for_change(bryn, wanted=wanted, by=bryn.user, now=now - timedelta(days=4))
    responsibilities.decide_request(
        asked,
        answers={wish.pk: Level.LEAD for wish in asked.wishes.all()},
        reason="",
        holder=holder_for(elin.user, verified=True),
        by=elin.user,
        now=now - timedelta(days=3),
    )
    wanted = dict.fromkeys(_ids(["Curriculum", "Sport and Physical Education"]), "")
    responsibilities.ask_for_change(mair, wanted=wanted, by=mair.user, now=now - timedelta(days=2))


def _propose(cast: Cast, now: datetime) -> None:
    """One school would like a responsibility; the heads of the others are asked, and one agrees."""
    harri = place_of("harri@school.example.org", 990009)
    asked = responsibilities.propose_category(
        harri,
        name="Outdoor Learning",
        why="Several schools now have a forest school, and its post goes to the wrong people.",
        by=harri.user,
        now=now - timedelta(days=9),
    )
    responsibilities.ask_heads(asked, by=cast.staff["owen"], now=now - timedelta(days=8))
    kofi = place_of("kofi@school.example.org", 990008)
    opinion = queries.opinions_asked(kofi).get(proposal=asked)
    responsibilities.give_opinion(
        opinion, agrees=True, words="", place=kofi, by=kofi.user, now=now - timedelta(days=5)
    )


def place_of(email: str, urn: int) -> SchoolPlace:
    rows = SchoolPlace.objects.select_related("user", "membership")
    return rows.get(user__email=email, school__urn=str(urn))


def _ids(names: list[str]) -> set[int]:
    known = {str(one): one.pk for one in Responsibility.objects.all()}
    return {known[name] for name in names}
