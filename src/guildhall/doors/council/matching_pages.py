"""What the pages of matching show, put together from the rooms that know it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.pagination import Page, page_of, sorting_of
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.records.children import queries as children
from guildhall.records.children.models import Child
from guildhall.records.linkage import opinions, queries
from guildhall.records.linkage.models import Decision, Mention, Opinion
from guildhall.records.linkage.queries import Candidate

from .comparing import Choice, compared, written
from .matching_family import map_written
from .matching_walk import OPINIONS, OUTCOMES, SORTS, STATES, Walk
from .told import KIND, forms_by_id, title_for

COLOURS = {
    "match": "green",
    "potential": "blue",
    "low": "yellow",
    "many": "purple",
    "none": "grey",
    "error": "red",
}
BEFORE, AFTER = 2, 9
SIBLING = "sibling"
CHOICE = "choice-"
# What the keys of a child's page do, in the order in which the page says it: to decide, and to go on.
KEYS_TO_DECIDE, KEYS = ("1", "2", "3", "n", "w", "r", "c", "o"), ("s", "b", "u", "q")


@dataclass(frozen=True)
class Row:
    """A line of the queue."""

    mention: Mention
    outcome: str
    colour: str
    why: list[str]
    form: str
    state: str
    sibling: bool
    opinion: str


@dataclass(frozen=True)
class Done:
    """A line of the history of a mention."""

    decision: Decision
    words: str
    choices: list[str]


def queue_page(request: HttpRequest, walk: Walk) -> dict[str, Any]:
    """The list, its filters, the officer's progress and last decisions."""
    holder = holder_of(request)
    page = page_of(walk.rows(holder), request)
    rows = rows_of(page.items, holder)
    return {
        "page": Page(rows, page.number, page.count, page.total, page.size, page.query),
        "sorting": sorting_of(request, among=list(SORTS), default="waiting"),
        "walk": walk,
        "states": [(state, say(f"matching.State_of_{state}")) for state in [*STATES, "all"]],
        "outcomes": [
            ("", say("matching.AnyOutcome")),
            *((each, say(f"matching.Outcome_{each}")) for each in OUTCOMES),
        ],
        "opinions": [
            ("", say("matching.Opinion_Any")),
            *((each, say(f"matching.Opinion_Filter_{each}")) for each in OPINIONS),
        ],
        "anywhere": replace(walk, state="all", outcome="", opinion="").query if walk.is_narrow else "",
        "for_me": Walk(opinion="mine").rows(holder).count(),
        "undoable": [_done(decision) for decision in queries.last_decisions_of(holder)],
        "breadcrumbs": crumbs(),
    } | progress(holder)


def rows_of(mentions: Any, holder: Holder) -> list[Row]:
    """Mentions in words; one query for the titles of all of them, one for their second opinions."""
    mentions = list(mentions)
    told = forms_by_id(each.source_id for each in mentions if each.source_kind == KIND)
    asked = opinions.newest_by_mention(mentions)
    return [_row(each, title_for(holder, told.get(each.source_id)), asked.get(each.pk)) for each in mentions]


def progress(holder: Holder) -> dict[str, int]:
    """How many wait, and how many this person has settled today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return {"waiting": queries.waiting_count(holder), "done": queries.decided_since(holder, midnight)}


def mention_page(
    request: HttpRequest,
    found: Mention,
    walk: Walk,
    *,
    child_id: str,
    words: str,
    chosen: dict[str, str],
    problems: dict[str, str],
) -> dict[str, Any]:
    """A mention, its candidates, the one compared with it, and its history."""
    holder = holder_of(request)
    identity = queries.identity_in(found)
    waiting = found.state == Mention.State.WAITING
    candidates = queries.candidates_for(identity) if waiting else []
    beside = _beside(found, candidates, child_id, holder)
    next_to = compared(identity, beside, holder, chosen) if beside else None
    history = [_done(decision) for decision in queries.decisions_of(found)]
    return {
        "mention": found,
        "row": _seen_now(rows_of([found], holder)[0], candidates),
        "identity": identity,
        "is_waiting": waiting,
        "candidates": candidates,
        "siblings": [candidate.child for candidate in candidates if candidate.score.sibling],
        "compared": next_to,
        "choices": [_radios(choice, problems) for choice in next_to.choices] if next_to else [],
        "written": written(identity),
        "version": found.version,
        "sure_query": f"?{walk.more}version={found.version}",
        "key_1": {"data-key": "1"},
        "key_2": {"data-key": "2"},
        "key_3": {"data-key": "3"},
        "key_c": {"data-key": "c"},
        "other_record": _other_record(candidates, beside),
        "problems": problems,
        "words": words,
        "found": children.search(holder, words) if words.strip() else [],
        "family": map_written(holder, found),
        "opinions": _opinions(found, holder),
        "history": history,
        "undoable": next((line.decision.pk for line in history if not line.decision.undone_at), None),
        "opinion_open": found.opinions.filter(answered_at=None, withdrawn_at=None).exists(),
        "breadcrumbs": crumbs((found.name or say("matching.NoName"), "")),
    } | _way_on(found, walk, holder)


def _seen_now(row: Row, candidates: Sequence[Any]) -> Row:
    """``row`` where a record like the child came since: that there was none is told as what it was then."""
    if row.mention.outcome != "none" or not candidates:
        return row
    reasons = [say(f"matching.Reason_{reason}") for reason in row.mention.reasons]
    return replace(row, why=[*([] if row.sibling else [say("matching.Reason_none_then")]), *reasons])


def _way_on(found: Mention, walk: Walk, holder: Holder) -> dict[str, Any]:
    """Where the person goes from here, and how far they have come."""
    waits = found.state == Mention.State.WAITING
    following, previous = walk.following(holder, found), walk.previous(holder, found)
    return {
        "walk": walk,
        "neighbours": walk.around(holder, found, before=BEFORE, after=AFTER),
        "skip": walk.to(following) if following else "",
        "back": walk.to(previous) if previous else "",
        "left": walk.left(holder, found),
        "mine": next(iter([_done(each) for each in queries.last_decisions_of(holder, most=1)]), None),
        "keys": [(key, say(f"matching.Key_{key}")) for key in ((*KEYS_TO_DECIDE, *KEYS) if waits else KEYS)],
    } | progress(holder)


def sure_page(found: Mention, verb: str, walk: Walk, *, typed: str) -> dict[str, Any]:
    """The page that asks once more; adding shows the records that the child may already have."""
    name = found.name or say("matching.NoName")
    likely = queries.candidates_for(queries.identity_in(found), limit=3) if verb == "add" else []
    return {
        "mention": found,
        "verb": verb,
        "heading": say(f"matching.Sure_{verb}", name=name),
        "what": say(f"matching.Sure_{verb}_What"),
        "button": say(f"matching.Sure_{verb}_Button", name=name),
        "likely": likely,
        "typed": typed,
        "walk": walk,
        "key_yes": {"data-key": "y"},
        "breadcrumbs": crumbs((name, walk.to(found))),
    }


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    first = [(say("shared.Menu_Home"), reverse("council:home"))]
    return [*first, (say("shared.Menu_Matching"), reverse("council:matching") if more else ""), *more]


def _row(mention: Mention, form: str, opinion: Opinion | None) -> Row:
    asked = mention.state == Mention.State.WAITING and opinion is not None
    return Row(
        mention=mention,
        outcome=say(f"matching.Outcome_{mention.outcome}"),
        colour=COLOURS[mention.outcome],
        why=[say(f"matching.Reason_{reason}") for reason in (mention.outcome, *mention.reasons)],
        form=form,
        state=say(f"matching.State_of_{mention.state}"),
        sibling=SIBLING in mention.reasons,
        opinion=say(f"matching.Opinion_Is_{'answered' if opinion.answered_at else 'asked'}")
        if asked and opinion
        else "",
    )


def _beside(found: Mention, candidates: list[Candidate], child_id: str, holder: Holder) -> Candidate | None:
    """The candidate to compare: the one asked for, the record it is tied to, else the best."""
    wanted = number(child_id, digits=18, otherwise=found.child_id or 0)
    if not wanted:
        return candidates[0] if candidates else None
    if known := next((candidate for candidate in candidates if candidate.child.pk == wanted), None):
        return known
    child: Child | None = children.children_seen_by(holder).filter(pk=wanted).first()
    return queries.compare(queries.identity_in(found), child) if child else None


def _other_record(candidates: list[Candidate], beside: Candidate | None) -> int | None:
    """The record after the one that is open, from the last the first; None where there is no other."""
    records = [candidate.child.pk for candidate in candidates]
    here = beside.child.pk if beside else None
    following = records[records.index(here) + 1 :] if here in records else []
    return next((each for each in (*following, *records) if each != here), None)


def _radios(choice: Choice, problems: dict[str, str]) -> dict[str, Any]:
    """A choice as the page draws it."""
    name = f"{CHOICE}{choice.field}"
    return {
        "name": name,
        "label": choice.label,
        "options": choice.options,
        "value": choice.value,
        "problem": problems.get(name, ""),
        "hint": say("matching.Choice_Conflict" if choice.conflict else "matching.Choice_New"),
    }


def _opinions(found: Mention, holder: Holder) -> list[dict[str, Any]]:
    """What was asked about ``found``, what was answered, and what this person may do about it."""
    waits = found.state == Mention.State.WAITING
    return [
        {
            "opinion": each,
            "view": _view_words(each) if each.answered_at else "",
            "may_give": waits and not each.answered_at and each.asked_by_id != holder.user_id,
            "may_withdraw": not each.answered_at and each.asked_by_id == holder.user_id,
        }
        for each in opinions.opinions_of(found)
    ]


def _view_words(opinion: Opinion) -> str:
    if opinion.child is None:
        return say(
            f"matching.View_{opinion.view}" if opinion.view != Opinion.View.MATCH else "matching.View_gone"
        )
    return say("matching.View_match", child=opinion.child.name, reference=opinion.child.reference)


def _done(decision: Decision) -> Done:
    choices = [
        say(f"matching.Chose_{choice}", field=say(f"matching.Field_{field}"))
        for field, choice in decision.choices.items()
        if field != "reason"
    ]
    return Done(decision, done_words(decision), choices)


def done_words(decision: Decision) -> str:
    """What was decided, in one sentence."""
    child = decision.child.name if decision.child else ""
    name = decision.mention.name or say("matching.NoName")
    return say(f"matching.Done_{decision.verb}", child=child, name=name)
