"""Notices that the demonstration's schools placed: shown, ended, waiting and reported."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.work.notices import services
from guildhall.work.notices.models import Notice

from .cast import Cast, script
from .responsibilities import place_of


@transaction.atomic
def place_notices(cast: Cast, *, now: datetime) -> None:
    """Let schools place what the cast says; one is taken down and placed again, one is reported."""
    made = [_place(row, now) for row in script()["notices"]]
    (taken, owner), (reported, _) = made[0], made[1]
    joe = cast.staff["joe"]
    officer: dict[str, Any] = {"holder": holder_for(joe, verified=True), "by": joe}
    services.remove_notice(taken, reason="Say what it costs to collect it.", now=now, **officer)
    told = _told(script()["notices"][0], now) | {"words": "Collect it from us; there is no other cost."}
    services.change_notice(taken, services.Told(**told), place=owner, by=owner.user, now=now)
    elsewhere = place_of(*script()["notice_reported_by"])
    how: dict[str, Any] = {"place": elsewhere, "by": elsewhere.user, "now": now}
    services.report_notice(reported, words="This has been sold, I think.", **how)


def _place(row: list[Any], now: datetime) -> tuple[Notice, SchoolPlace]:
    urn, email, kind, *_ = row
    place, at = place_of(email, urn), now - timedelta(days=row[7])
    told = services.Told(**_told(row, at))
    return services.place_notice(kind, told, place=place, key=uuid4(), by=place.user, now=at), place


def _told(row: list[Any], at: datetime) -> dict[str, Any]:
    _, email, _, title, words, price, venue, _, ends = row
    return {
        "title": title,
        "words": words,
        "price": price,
        "venue": venue,
        "held_on": at.date() + timedelta(days=ends) if venue else None,
        "contact": "School office",
        "email": email,
        "ends_on": at.date() + timedelta(days=ends),
    }
