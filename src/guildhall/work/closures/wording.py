"""How the days of a closure are said."""

from django.utils import translation

from guildhall.foundation.kit.speech import day as spoken
from guildhall.foundation.texts.queries import say
from guildhall.people.calendars.models import Closure


def dates_of(closure: Closure, language: str) -> str:
    """From when until when the school is closed, in ``language``."""
    with translation.override(language):
        first, last = _first(closure), _last(closure)
        if closure.first_on == closure.last_on and not (closure.from_afternoon or closure.until_midday):
            return first
        return say("schools.Closure_FromUntil", first=first, last=last)


def _first(closure: Closure) -> str:
    day = spoken(closure.first_on)
    return say("schools.Closure_Afternoon", day=day) if closure.from_afternoon else day


def _last(closure: Closure) -> str:
    day = spoken(closure.last_on)
    return say("schools.Closure_Midday", day=day) if closure.until_midday else day
