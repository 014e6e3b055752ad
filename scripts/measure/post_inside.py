"""Fills a database with schools, their people and ever more post, and prints how long each thing takes.

Beside our tables stands the reference: a table with a row for each reader, filled for the newest items only.
Statements are timed as the database answers them, without the program around; whole services are told so.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection, transaction
from tests.standing import an_officer

from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.asked import Asked
from guildhall.mail.post.models import Mark, Posting, Target
from guildhall.mail.post.queries.own import unread
from guildhall.mail.post.reach import EVERYBODY, phase_group, reach_of, school_group
from guildhall.mail.post.told import Told
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import JobTitle, Membership, SchoolPlace
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities.models import Assignment, Responsibility

STAFF, TRUST, HELD, AT_ONCE = 5, 40, 5_000, 5_000
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PHASES = ("Primary", "Secondary", "Special", "Nursery")
LEVELS = ("unrestricted", "context-sensitive", "protected", "controlled")
READER_ROWS = """CREATE TABLE reader_row (place_id bigint, published_at timestamp, posting_id bigint,
    is_read boolean, PRIMARY KEY (place_id, posting_id))"""
READER_INDEX = "CREATE INDEX reader_row_newest ON reader_row (place_id, is_read, posting_id DESC)"
FAN_OUT = """INSERT INTO reader_row SELECT DISTINCT a.place_id, t.published_at, t.posting_id, {read}
    FROM post_target t JOIN responsibilities_assignment a ON a.responsibility_id = t.responsibility_id
    JOIN membership_schoolplace p ON p.id = a.place_id
    JOIN organisations_establishment s ON s.id = p.school_id
    WHERE t.posting_id > %s AND t.posting_id <= %s
    AND (a.level = 'lead' OR t.sensitivity IN ('unrestricted', 'context-sensitive'))
    AND (t."group" = 'all' OR t."group" = 'phase:' || s.phase OR t."group" = 'school:' || s.id)"""
PAGE_OF_ROWS = """SELECT p.id, p.title_en FROM reader_row r JOIN post_posting p ON p.id = r.posting_id
    WHERE r.place_id = %s AND NOT r.is_read ORDER BY r.posting_id DESC LIMIT 20"""
COUNT_OF_ROWS = "SELECT COUNT(*) FROM reader_row WHERE place_id = %s AND NOT is_read"


def people(schools: int, chance: random.Random) -> None:
    """Schools, each with STAFF people who have one to three responsibilities."""
    job = JobTitle.objects.order_by("pk").first()
    known = list(Responsibility.objects.order_by("pk")[:12])
    made = Establishment.objects.bulk_create(
        Establishment(urn=f"{number:06d}", name=f"School {number}", phase=PHASES[number % 4])
        for number in range(schools)
    )
    for start in range(0, schools * STAFF, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, schools * STAFF))
        users = User.objects.bulk_create(_user(number) for number in numbers)
        held = Membership.objects.bulk_create(
            Membership(user=user, role="school-user", establishment=made[number // STAFF], began_at=BEGAN)
            for user, number in zip(users, numbers, strict=True)
        )
        places = SchoolPlace.objects.bulk_create(
            SchoolPlace(
                membership=one,
                user=one.user,
                school=one.establishment,
                forename="Measured",
                surname="Person",
                job_title=job,
            )
            for one in held
        )
        Assignment.objects.bulk_create(
            Assignment(
                place=place, responsibility=one, level=chance.choice(("lead", "interested")), given_at=BEGAN
            )
            for place in places
            for one in chance.sample(known, chance.randint(1, 3))
        )


def _user(number: int) -> User:
    return User(
        email=f"person{number}@school.example.org",
        password="!",
        state=User.State.ACTIVE,
        forename="Measured",
        surname="Person",
        registered_at=BEGAN,
    )


def items(first: int, last: int, *, schools: list[int], chance: random.Random) -> None:
    """Postings number ``first`` up to ``last``: some to all schools or a phase, most to a few schools."""
    known = list(Responsibility.objects.order_by("pk").values_list("pk", flat=True)[:12])
    by = an_officer()
    for start in range(first, last, AT_ONCE):
        rows = [_posting(number, by, chance) for number in range(start, min(start + AT_ONCE, last))]
        Posting.objects.bulk_create(rows)
        Target.objects.bulk_create(
            Target(
                group=group,
                responsibility_id=chance.choice(known),
                posting=row,
                sensitivity=row.sensitivity,
                published_at=row.published_at,
            )
            for row in rows
            for group in _groups(schools, chance)
        )


def _posting(number: int, by: User, chance: random.Random) -> Posting:
    at = BEGAN + timedelta(minutes=20 * number)
    return Posting(
        number=f"M-{number}",
        title_en=f"Item {number}",
        body_en="Words of the length that an item has. " * 20,
        sensitivity=chance.choice(LEVELS),
        audience="all",
        state=Posting.State.PUBLISHED,
        drafted_at=at,
        drafted_by=by,
        published_at=at,
        published_by=by,
    )


def _groups(schools: list[int], chance: random.Random) -> list[str]:
    kind = chance.random()
    if kind < 0.02:
        return [EVERYBODY]
    if kind < 0.10:
        return [phase_group(chance.choice(PHASES))]
    return [school_group(pk) for pk in chance.sample(schools, 3 if kind < 0.7 else 1)]


def fan_out(first: int, last: int) -> None:
    """The reference's rows of these postings; all but the newest tenth read."""
    tenth = last - (last - first) // 10
    true, false = ("TRUE", "FALSE") if connection.vendor == "postgresql" else ("1", "0")
    with connection.cursor() as cursor:
        cursor.execute(FAN_OUT.format(read=true), [first, tenth])
        cursor.execute(FAN_OUT.format(read=false), [tenth, last])


def read_most(place: SchoolPlace, last: int) -> None:
    """Let somebody have read all but what the newest tenth of HELD holds, and ours know until when."""
    rows = list(reach_of(place).postings().filter(pk__lte=last - HELD // 10).values_list("pk", flat=True))
    marks = [
        Mark(place=place, school_id=place.school_id, posting_id=pk, read_at=NOW, seen_at=NOW)
        for pk in rows[1:]
    ]
    Mark.objects.bulk_create(marks)
    post.read_some(rows[:1], place=place, now=NOW)  # the last of them as the service does it


def best(act: Callable[[], object], times: int) -> float:
    """The least seconds of doing it."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)


def statement(sql: str, values: Any) -> Callable[[], object]:
    def ask() -> object:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    return ask


def published(told: Told, times: int) -> float:
    """The least seconds of publishing such a draft, with everything that the service does."""
    by = an_officer()
    drafts = iter([post.draft_posting(told=told, by=by, now=NOW) for _ in range(times)])
    return best(lambda: post.publish(next(drafts), by=by, now=NOW), times)


def figures(places: list[SchoolPlace], times: int) -> dict[str, float]:
    """What takes how long now, the middle of several people."""
    newest = Posting.objects.order_by("-pk").values_list("pk", flat=True)[0]
    found: dict[str, list[float]] = {
        "page": [],
        "page of rows": [],
        "count": [],
        "count of rows": [],
        "inbox": [],
    }
    for place in places:
        read_most(place, newest)
        rows = unread(reach_of(place))
        page = rows.order_by("-published_at", "-pk").values_list("pk", "title_en")[:20]
        found["page"].append(best(statement(*page.query.sql_with_params()), times))
        found["page of rows"].append(best(statement(PAGE_OF_ROWS, [place.pk]), times))
        counted = rows.values("pk").query.sql_with_params()
        found["count"].append(best(statement(f"SELECT COUNT(*) FROM ({counted[0]}) x", counted[1]), times))
        found["count of rows"].append(best(statement(COUNT_OF_ROWS, [place.pk]), times))
        asked = Asked(view="unread")
        found["inbox"].append(best(lambda: list(queries.inbox(place, asked=asked, now=NOW)[:20]), times))  # noqa: B023
    return {name: sorted(values)[len(values) // 2] for name, values in found.items()}


def publishing(schools: list[int], times: int) -> dict[str, float]:
    """Publishing to all and to one trust, and the rows that readers would need."""
    one = Responsibility.objects.order_by("pk").values_list("pk", flat=True)[0]
    told = Told("Measured", body_en="Words.", sensitivity="unrestricted", responsibilities=frozenset([one]))
    trust = Told(
        "Measured",
        body_en="Words.",
        sensitivity="unrestricted",
        responsibilities=frozenset([one]),
        audience="schools",
        schools=frozenset(schools[:TRUST]),
    )
    taken = {"publish all": published(told, times), "publish trust": published(trust, times)}
    posting = Posting.objects.order_by("-pk").filter(audience="all")[0]
    target = {"group": EVERYBODY, "responsibility_id": one, "posting": posting, "published_at": NOW}

    posting.targets.all().delete()
    new = [Target(sensitivity="unrestricted", **target)]
    taken["targets"] = written(lambda: Target.objects.bulk_create(new), times)
    Target.objects.bulk_create([Target(sensitivity="unrestricted", **target)])
    taken["rows for readers"] = written(lambda: fan_out(posting.pk - 1, posting.pk), 3)
    return taken


def written(act: Callable[[], object], times: int) -> float:
    """The least seconds of writing it, which is taken back each time: without the wait for the disk."""
    taken = []
    for _ in range(times):
        with transaction.atomic():
            taken.append(best(act, 1))
            transaction.set_rollback(True)
    return min(taken)


def main(schools: int, times: int, sizes: list[int]) -> None:
    chance = random.Random(1)
    people(schools, chance)
    pks = list(Establishment.objects.order_by("pk").values_list("pk", flat=True))
    rows = SchoolPlace.objects.select_related("user", "school", "membership").order_by("pk")
    samples = [list(rows[start : start + 5]) for start in (10, 500)]
    cursor = connection.cursor()
    cursor.execute(READER_ROWS)
    cursor.execute(READER_INDEX)
    found, made = {}, 0
    for size, places in zip(sizes, samples, strict=True):
        items(made, size, schools=pks, chance=chance)
        made = size
        newest = Posting.objects.order_by("-pk").values_list("pk", flat=True)[0]
        cursor.execute("DELETE FROM reader_row")
        fan_out(newest - min(HELD, size), newest)
        cursor.execute("ANALYZE")
        found[size] = figures(places, times)
    found[sizes[-1]] |= publishing(pks, times)
    found[sizes[-1]]["readers"] = Assignment.objects.values("place").distinct().count()
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [int(size) for size in sys.argv[3:]])
