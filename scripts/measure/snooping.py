"""A week of officers' readings with some that nothing at work leads to; prints how many of those are listed.

Officers read the children of their team's forms, a few children without a form on the telephone, and now and
then one who has their own surname. Each snoop is a reading of another kind: the own family, the own street,
a namesake, a colleague's child.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle, islice
from typing import Any

import django

django.setup()

from django.utils import timezone
from tests.records.linkage.register import fill
from tests.standing import a_parent, a_person

from guildhall.foundation.audit.models import Entry
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case
from guildhall.work.privacy import odd
from scripts.measure.listing import submission
from scripts.measure.population import Population
from scripts.measure.prepare import definition

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = [MONDAY + timedelta(days=day) for day in range(5)]
OFFICERS, CHILDREN, WITH_FORM = 150, 6_000, 4_000
# Of a hundred readings so many are of a child without a form.
WITHOUT_FORM = 2
AT_ONCE = 5_000
PLACES = count(1)


def officers(surnames: list[str]) -> list[User]:
    """People of one team, with surnames that children have too."""
    return [
        a_person(
            f"officer{number}@council.example.org",
            role="send-officer",
            team="send",
            surname=surnames[number],
            address={"postcode": f"QQ{number} 1QQ"},
        )
        for number in range(OFFICERS)
    ]


def give_forms(children: list[Child]) -> None:
    """A form of each child that the officers' team has not decided on."""
    sender = a_parent()
    version = forms.publish(definition("MEASURED-SNOOPS", 1), by=None, now=MONDAY)
    sent = [submission(number, version, sender) for number in range(len(children))]
    Submission.objects.bulk_create(sent, batch_size=500)
    mentions = [_mention(child, str(one.pk)) for child, one in zip(children, sent, strict=True)]
    Mention.objects.bulk_create(mentions, batch_size=500)
    Case.objects.bulk_create(map(_case, sent, mentions), batch_size=500)


def _mention(child: Child, source: str, **more: Any) -> Mention:
    told = {"name": str(child), "born_on": child.born_on, "source_kind": "submission", "source_id": source}
    linked = {"state": Mention.State.LINKED, "child": child, "settled_at": MONDAY, "reported_at": MONDAY}
    return Mention(identity={}, **told | linked | more)


def _case(sent: Submission, said: Mention) -> Case:
    return Case(
        reference=sent.reference,
        submission=sent,
        mention=said,
        team="send",
        status=Case.Status.OPENED,
        received_at=MONDAY,
        form_code="MEASURED-SNOOPS",
        form_title="Measured form",
        form_title_cy="Ffurflen",
        submitter_name="Sender",
        child_name=said.name,
        child_born_on=said.born_on,
    )


def ordinary(readings: int, staff: list[User], children: list[Child], chance: random.Random) -> None:
    """A week's work, spread over the hours in which people work."""
    for start in range(0, readings, AT_ONCE):
        entries = []
        for _ in range(min(AT_ONCE, readings - start)):
            others = chance.randrange(100) < WITHOUT_FORM
            among = children[WITH_FORM:] if others else children[:WITH_FORM]
            entries.append(_reading(chance.choice(staff), chance.choice(among), chance))
        Entry.objects.bulk_create(entries)


def _reading(reader: User, child: Child, chance: random.Random) -> Entry:
    at = chance.choice(DAYS) + timedelta(hours=8, minutes=chance.randrange(9 * 60))
    return Entry(
        at=at,
        verb="child.viewed",
        by_id=reader.pk,
        by_name=str(reader),
        by_roles="send-officer",
        about_kind="children.child",
        about_id=str(child.pk),
        child_id=child.pk,
        detail={"surface": "page"},
    )


def snoop(many: int, staff: list[User], children: list[Child], chance: random.Random) -> set[tuple[int, int]]:
    """Reader and child of ``many`` readings that nothing at work leads to, of each kind as many."""
    planted = set()
    strangers = chance.sample(children[WITH_FORM:], many)
    readers = chance.sample(staff, many)
    for kind, reader, child in zip(islice(cycle(range(4)), many), readers, strangers, strict=True):
        if kind == 0:
            _tell_of(child, reader)
        elif kind == 1:
            Child.objects.filter(pk=child.pk).update(postcode_key=reader.address["postcode"].replace(" ", ""))
        elif kind == 2:
            Child.objects.filter(pk=child.pk).update(surname_key=reader.surname.casefold())
        else:
            _tell_of(child, next(one for one in staff if one != reader))
        _reading(reader, child, chance).save()
        planted.add((reader.pk, child.pk))
    return planted


def _tell_of(child: Child, parent: User) -> None:
    own = FamilyChild.objects.create(
        added_by=parent,
        forename=child.forename,
        surname=child.surname,
        born_on=child.born_on,
        added_at=MONDAY,
    )
    _mention(child, f"family {next(PLACES)}", said_by=parent, family_child=own.pk).save()


def listed(days: list[date]) -> Iterator[odd.Found]:
    """What the rules find on ``days``."""
    for day in days:
        yield from odd.findings(odd.day_of(day))


def main(readings: int, many: int) -> None:
    chance = random.Random(1)
    children = fill(list(Population().people(CHILDREN)), MONDAY)
    staff = officers([child.surname for child in children[:OFFICERS]])
    give_forms(children[:WITH_FORM])
    ordinary(readings, staff, children, chance)
    planted = snoop(many, staff, children, chance)
    began = time.perf_counter()
    found = list(listed([timezone.localdate(day) for day in DAYS]))
    seconds = time.perf_counter() - began
    pairs = {(each.reader, each.child) for each in found if each.child}
    false = [each for each in found if (each.reader, each.child) not in planted]
    told = {"readings": readings + many, "seconds": seconds, "found": len(planted & pairs)}
    print(json.dumps(told | {"false": sum(each.count for each in false) / readings}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
