"""How many tries are allowed. Pure: a guard's numbers in, its numbers out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from guildhall.foundation.authority.queries import setting

from .models import Guard

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """``tries`` wrong ones in a row shut for ``shut``; ``most``: (how many, within what time) besides."""

    tries: int
    shut: timedelta
    most: tuple[tuple[int, timedelta], ...] = ()


def password_limit() -> Limit:
    """Of one account: ten, then locked; never more than a hundred in a day."""
    return Limit(
        setting("password.failures_before_lock"),
        timedelta(minutes=setting("password.lock_minutes")),
        ((100, DAY),),
    )


def address_limit() -> Limit:
    """Of one network address over all accounts: a school has one address for everybody."""
    return Limit(45, timedelta(minutes=10))


def code_limit() -> Limit:
    """Of one account's sign-in codes, however often sign-in is started again."""
    return Limit(
        setting("sign_in_code.tries"),
        timedelta(minutes=setting("sign_in_code.lock_minutes")),
        ((20, timedelta(hours=1)), (60, DAY)),
    )


def mail_limit() -> Limit:
    """Codes and links that may be sent to one person in an hour."""
    return Limit(10_000, timedelta(), ((12, timedelta(hours=1)), (50, DAY)))


def registration_limit() -> Limit:
    """Registrations from one network address."""
    return Limit(10_000, timedelta(), ((30, timedelta(hours=1)),))


def is_shut(guard: Guard, now: datetime) -> bool:
    return guard.shut_until is not None and now < guard.shut_until


def count_try(guard: Guard, limit: Limit, now: datetime) -> None:
    """Count one more try, and shut the guard when it was the last one allowed."""
    moment = now.timestamp()
    guard.tries = [*(t for t in guard.tries if moment - DAY.total_seconds() < t <= moment), moment]
    guard.run += 1
    if guard.run >= limit.tries:
        guard.run = 0
        guard.shut_until = now + limit.shut
    for most, within in limit.most:
        recent = [t for t in guard.tries if t > moment - within.total_seconds()]
        if len(recent) >= most:
            opens = now + timedelta(seconds=recent[-most] + within.total_seconds() - moment)
            guard.shut_until = max(guard.shut_until or opens, opens)


def take_back_try(guard: Guard, limit: Limit) -> None:
    """The try counted last was never checked: the guard is as it was before."""
    guard.tries = guard.tries[:-1]
    if guard.run:
        guard.run -= 1
    else:
        guard.run, guard.shut_until = limit.tries - 1, None


def forgive_try(guard: Guard) -> None:
    """The try counted last was right after all."""
    guard.tries = guard.tries[:-1]
    guard.run = 0
    guard.shut_until = None


def age_on(born_on: date, day: date) -> int:
    """Whole years; somebody born on 29 February has the birthday on 1 March in other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
