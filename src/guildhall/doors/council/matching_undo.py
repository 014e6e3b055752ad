"""What the page shows that takes a decision back though its record was changed since."""

from typing import Any

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.texts.queries import say
from guildhall.records.children.rules import may_see_address
from guildhall.records.linkage.models import Decision
from guildhall.records.linkage.taken_back import changed_since

from .matching_pages import crumbs, done_words
from .matching_walk import Walk
from .merging_pages import changed_rows


def undo_page(holder: Holder, decision: Decision, walk: Walk, *, query: str) -> dict[str, Any]:
    """Each field that the decision changed and that was changed again, to go back or to stay."""
    child = decision.child
    asks = child is not None and decision.verb == Decision.Verb.MATCHED and not decision.undone_at
    hides = child is not None and not may_see_address(child, holder)
    found = changed_since(decision, child) if asks and child else {}
    return {
        "decision": decision,
        "words": done_words(decision),
        "changed": changed_rows(found, hides=hides, stays="matching.Undo_Stays_"),
        "walk": walk,
        "query": query,
        "key_yes": {"data-key": "y"},
        "breadcrumbs": crumbs(
            (decision.mention.name or say("matching.NoName"), walk.to(decision.mention)),
            (say("matching.Undo"), ""),
        ),
    }
