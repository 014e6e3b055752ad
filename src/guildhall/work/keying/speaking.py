"""Who entered a form for a family, in words, for the case, the receipt and the document."""

from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say

from .models import Keyed


def rows(keyed: Keyed) -> list[dict[str, str]]:
    """Who told whom, how and when, and where updates go, as lines of a summary in the active language.

    Nothing of it says whether the person has an account: a school does not learn that.
    """
    told = say("send.Keyed_Row_told_by_Value", name=keyed.told_by, relation=keyed.relation)
    values = {
        "told_by": told,
        "how": say(f"send.Keyed_how_{keyed.how}"),
        "told_on": day(keyed.told_on),
        "updates": say(f"send.Keyed_Row_updates_{keyed.updates}"),
        "entered_by": _entered_by(keyed),
    }
    if keyed.updates != Keyed.Updates.NONE:
        values["language"] = say(f"send.Keyed_language_{keyed.language}")
    return [{"key": say(f"send.Keyed_Row_{name}"), "value": value} for name, value in values.items()]


def _entered_by(keyed: Keyed) -> str:
    if keyed.school is None:
        return str(keyed.entered_by)
    return say("send.Keyed_Row_entered_by_School", name=keyed.entered_by, school=keyed.school.name)
