"""The collections of a school year with their days and times, as the authority has them now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from .census import days
from .census.days import LIVE_FROM, PRACTICE_KEPT, PRACTICE_UNTIL
from .models import Changed, Key, Return

Area = Return.Area


@dataclass(frozen=True)
class Collection:
    """One collection of a school year. ``changed``: the authority set its census day itself."""

    key: str
    year: int
    census_on: date
    changed: bool = False

    @property
    def live_from(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.census_on, LIVE_FROM))

    @property
    def practice_from(self) -> date:
        return days.practice_opens(self.census_on)

    @property
    def practice_until(self) -> datetime:
        return timezone.make_aware(datetime.combine(days.practice_closes(self.census_on), PRACTICE_UNTIL))

    @property
    def forgotten_on(self) -> date:
        """The day on which what was sent for practice is deleted."""
        return self.census_on + PRACTICE_KEPT

    def opens(self, area: str) -> datetime:
        if area == Area.LIVE:
            return self.live_from
        return timezone.make_aware(datetime.combine(self.practice_from, datetime.min.time()))

    def is_open(self, area: str, now: datetime) -> bool:
        """Whether files are taken now. A live collection stays open for those who come late."""
        if area == Area.LIVE:
            return now >= self.live_from and now < self.live_from + LIVE_FOR
        return self.opens(area) <= now < self.practice_until

    @property
    def is_school_census(self) -> bool:
        return self.key in days.TERMS


LIVE_FOR = timedelta(days=300)
"""After that a live collection takes nothing more: the next year's is near."""


def of_year(year: int) -> list[Collection]:
    """The collections of a school year, by day."""
    changed = dict(Changed.objects.filter(year=year).values_list("key", "census_on"))
    found = [
        Collection(key, year, changed.get(key) or days.census_day(key, year), key in changed)
        for key in Key.values
    ]
    return sorted(found, key=lambda one: one.census_on)


def collection(key: str, year: int) -> Collection:
    """One of them."""
    return next(one for one in of_year(year) if one.key == key)


def before(one: Collection) -> Collection:
    """The collection of the same family that came last before this one."""
    return collection(*days.before(one.key, one.year))


def near(today: date) -> list[Collection]:
    """What schools are shown: the collections of this school year, and those of last year's end."""
    year = days.school_year(today)
    earlier = [one for one in of_year(year - 1) if today - one.census_on < timedelta(days=180)]
    return [*earlier, *of_year(year)]
