"""The authority says from which probability on a pair is what."""

from collections.abc import Mapping
from datetime import datetime

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.authority import services as settings
from guildhall.foundation.authority.models import SettingChange
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..thresholds import BOUNDS, KEYS, problems_of


class WrongThresholds(Refusals):
    """The thresholds are no numbers, out of bounds, or not in their order; by name."""


def check_thresholds(percents: Mapping[str, float | None]) -> dict[str, float]:
    """``percents`` if they can be used. Raises WrongThresholds."""
    if found := problems_of(percents):
        raise WrongThresholds({name: _words(name, problem) for name, problem in found.items()})
    return {name: float(percents[name] or 0) for name in KEYS}


def set_thresholds(
    percents: Mapping[str, float | None], *, seen: int | None, by: User, now: datetime
) -> list[str]:
    """Use ``percents`` (by name) from the next request on; returns the settings that changed.

    What was decided stays. Raises WrongThresholds, and authority's ChangedMeanwhile when the revision
    ``seen`` has moved.
    """
    values = {KEYS[name]: value for name, value in check_thresholds(percents).items()}
    words = texts.say("administration.Linkage_Error_Meanwhile")
    return settings.change_settings(values, seen=seen, words=words, by=by, now=now)


def put_back_thresholds(change: SettingChange, *, by: User, now: datetime) -> list[str]:
    """Use the thresholds again that were in use before ``change`` and what was saved with it.

    Raises WrongThresholds when they do not fit the others any more.
    """
    together = authority.history_of(KEYS.values()).filter(changed_at=change.changed_at)
    before = {each.key: each.before for each in together}
    percents = {name: before.get(key, authority.kept_value(key)) for name, key in KEYS.items()}
    return set_thresholds(percents, seen=None, by=by, now=now)


def _words(name: str, problem: str) -> str:
    label = texts.say(f"administration.Linkage_At_{name}")
    if problem == "order":
        return texts.say("administration.Linkage_Error_order")
    least, most = BOUNDS[name]
    return texts.say("administration.Linkage_Error_bounds", label=label, least=f"{least:g}", most=f"{most:g}")
