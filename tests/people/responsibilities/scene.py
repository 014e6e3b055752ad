"""What tests of responsibilities stand on."""

from guildhall.foundation.outbox.mailbox import Letter, letters
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.first import RESPONSIBILITIES
from guildhall.people.responsibilities.models import ChangeRequest, Level, Responsibility

from ...mailbox import deliver
from ...standing import NOON
from ..membership.schools import holder

LEAD, INTERESTED = Level.LEAD, Level.INTERESTED


def the(name: str) -> Responsibility:
    """A responsibility of the first list, which a test with real transactions has emptied."""
    known = Responsibility.objects.filter(name__en=name).first()
    first = next(one for one in RESPONSIBILITIES if one["name"]["en"] == name)
    return known or Responsibility.objects.create(position=99, **first)


def give(place: SchoolPlace, by: SchoolPlace, **levels: str) -> list[Responsibility]:
    """Let supervisor ``by`` make ``place`` responsible for exactly these, such as ``Finance=LEAD``."""
    return responsibilities.assign(
        place,
        levels={the(name.replace("_", " ")).pk: level for name, level in levels.items()},
        seen=queries.stamp_of(queries.levels_of(place)),
        holder=holder(by),
        by=by.user,
        now=NOON,
    )


def ask(place: SchoolPlace, *names: str, now=NOON, **levels: str) -> ChangeRequest:
    """Let the person of ``place`` ask for exactly these responsibilities, those of ``levels`` as named."""
    wanted = {the(name).pk: "" for name in names} | {the(name).pk: one for name, one in levels.items()}
    return responsibilities.ask_for_change(place, wanted=wanted, by=place.user, now=now)


def decide(asked: ChangeRequest, by: SchoolPlace, *answers: str, reason: str = "") -> list[Responsibility]:
    """Let supervisor ``by`` answer the wishes, in the order of the list."""
    wishes = asked.wishes.order_by("responsibility__position")
    return responsibilities.decide_request(
        asked,
        answers=dict(zip([wish.pk for wish in wishes], answers, strict=False)),
        reason=reason,
        holder=holder(by),
        by=by.user,
        now=NOON,
    )


def held(place: SchoolPlace) -> dict[str, str]:
    """What the person of ``place`` is responsible for, by English name."""
    names = {one.pk: str(one) for one in Responsibility.objects.all()}
    return {names[pk]: level for pk, level in queries.levels_of(place).items()}


def letters_to(email: str) -> list[Letter]:
    """The letters to an address, newest first, after delivering what waits."""
    deliver()
    return letters(to=email)
