"""A retention schedule like a real authority's, and a list of old things that waits for a second person."""

from datetime import date, datetime, timedelta

from django.db import transaction

from guildhall.people.accounts.codes import new_key
from guildhall.people.membership import services as membership
from guildhall.records.children import services as children
from guildhall.records.linkage.identity import Identity
from guildhall.work.privacy import services as privacy

from .cast import Cast

YEAR = timedelta(days=365)
# class, what the time counts from, months, what happens then
SCHEDULE = (
    ("forms", "decided", 84, "review"),
    ("messages", "sent", 36, "delete"),
    ("records", "born", 312, "delete"),
    ("accounts", "used", 36, "delete"),
    ("audit", "written", 84, "delete"),
)
# forename, surname, date of birth, how many years ago the record was opened
GROWN_UP = (
    ("Rhodri", "Beynon", date(1997, 3, 14), 6),
    ("Leon", "Novotny", date(1998, 7, 2), 6),
    ("Catrin", "Mathias", date(1999, 1, 23), 5),
)
# email, forename, surname, how many years ago they were here last
NOT_SEEN = (
    ("gwenda@example.org", "Gwenda", "Mathias", 5),
    ("viktor@example.org", "Viktor", "Novotny", 4),
    ("alun@example.org", "Alun", "Beynon", 4),
)
WHY_HELD = "A complaint to the Ombudsman is open. Keep everything until it is decided."


@transaction.atomic
def keep_for_a_time(cast: Cast, *, now: datetime) -> None:
    """Set the schedule, open what is older than it allows, hold one person's, and list what is due."""
    officer = cast.staff["helen"]
    for key, start, months, action in SCHEDULE:
        privacy.change_class(
            key, start=start, months=months, action=action, revision=0, by=officer, now=now - YEAR
        )
    for forename, surname, born_on, years in GROWN_UP:
        identity = Identity(forename=forename, surname=surname, born_on=born_on)
        record = children.add_child(identity, by=None, now=now - years * YEAR)
    for email, forename, surname, years in NOT_SEEN:
        details = {"forename": forename, "surname": surname, "born_on": date(1971, 5, 17)}
        long_ago = now - years * YEAR
        membership.make_member(email, details=details, password=new_key(), by=None, now=long_ago)
    privacy.place_hold("child", str(record.pk), reason=WHY_HELD, by=officer, now=now - timedelta(days=30))
    run = privacy.begin_run(by=officer, now=now - timedelta(days=1))
    while privacy.step(run, now=now - timedelta(days=1)):
        pass
