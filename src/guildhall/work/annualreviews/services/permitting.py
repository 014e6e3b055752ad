"""Who may write what. The doors ask first; the services hold it whatever a door forgot."""

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say

from .. import queries, rules


class NotTheirs(Refusal):
    """Somebody who neither keeps the school's reviews nor works in the authority's team."""


class GoneOn(Refusal):
    """The review is not where the page that was sent believed it to be."""


def must_keep(holder: Holder, school_id: int) -> None:
    """Raises NotTheirs unless ``holder`` keeps the reviews of the school."""
    if not queries.keeps(holder, school_id):
        raise NotTheirs(say("schools.Error_SenReview_NotTheirs"))


def must_decide(holder: Holder) -> None:
    """Raises NotTheirs unless ``holder`` is of the authority's team."""
    if not rules.works_for(holder):
        raise NotTheirs(say("schools.Error_SenReview_NotTheirs"))


def must(allowed: bool, why: str = "GoneOn", field: str | None = None) -> None:
    """Raises GoneOn in the words of ``why`` unless it is ``allowed``."""
    if not allowed:
        raise GoneOn(say(f"schools.Error_SenReview_{why}"), field=field)
