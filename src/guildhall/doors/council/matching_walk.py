"""The queue as one person walks it: their filters and order, carried in the address from child to child."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.typed import one_line
from guildhall.records.linkage import finding, opinions, queries
from guildhall.records.linkage.models import Mention
from guildhall.records.linkage.order import Order
from guildhall.work.cases import queries as cases

SORTS = {"child": "name", "born": "born_on", "outcome": "outcome", "waiting": "reported_at"}
STATES = [state.value for state in Mention.State]
OUTCOMES = [outcome.value for outcome in Mention.Outcome]
# What somebody may look for by second opinions: theirs to give, any that is waited for, those given to them.
OPINIONS: dict[str, Callable[[Holder], Q]] = {
    "mine": opinions.asked_of,
    "asked": lambda _holder: opinions.asked(),
    "answered": opinions.answered_to,
}


@dataclass(frozen=True)
class Walk:
    """The filters and the order in an address; what is not known counts as not asked for."""

    state: str = "waiting"
    outcome: str = ""
    opinion: str = ""
    find: str = ""
    sort: str = "waiting"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What differs from the plain queue, as names and values of an address."""
        names = ("find", "state", "outcome", "opinion", "sort")
        asked = {name: getattr(self, name) for name in names}
        return [(name, value) for name, value in asked.items() if value != getattr(Walk, name)]

    @property
    def query(self) -> str:
        """What an address ends in to stay on this walk."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def more(self) -> str:
        """What follows the "?" of an address that says more."""
        return f"{urlencode(self.pairs)}&" if self.pairs else ""

    @property
    def is_filtered(self) -> bool:
        return any(name != "sort" for name, _ in self.pairs)

    @property
    def is_narrow(self) -> bool:
        """Is somebody looked for in a part of all that was ever written?"""
        return bool(self.find) and (self.state, self.outcome, self.opinion) != ("all", "", "")

    @property
    def order(self) -> Order:
        return Order(SORTS[self.sort.removeprefix("-")], descending=self.sort.startswith("-"))

    def rows(self, holder: Holder) -> QuerySet[Mention]:
        """Everything that the filters let through, in order."""
        found = queries.mentions_seen_by(holder)
        if self.state != "all":
            found = found.filter(state=self.state)
        if self.outcome:
            found = found.filter(outcome=self.outcome)
        if self.opinion:
            found = found.filter(OPINIONS[self.opinion](holder))
        if self.find:
            found = found.filter(_like(holder, self.find))
        return self.order.of(found)

    def following(self, holder: Holder, mention: Mention) -> Mention | None:
        """What comes after ``mention``; from the end, the first of what is left."""
        rows = self.rows(holder).exclude(pk=mention.pk)
        return self.order.after(rows, mention).first() or rows.first()

    def previous(self, holder: Holder, mention: Mention) -> Mention | None:
        """What came before ``mention``; None at the beginning."""
        return self.order.before(self.rows(holder), mention).first()

    def around(self, holder: Holder, mention: Mention, *, before: int, after: int) -> list[Mention]:
        """``mention`` among its neighbours."""
        rows = self.rows(holder)
        earlier = list(self.order.before(rows, mention)[:before])
        return [*reversed(earlier), mention, *self.order.after(rows, mention)[:after]]

    def left(self, holder: Holder, mention: Mention) -> int:
        """How many others wait on this walk."""
        return self.rows(holder).exclude(pk=mention.pk).count()

    def to(self, mention: Mention | None) -> str:
        """The address of ``mention`` on this walk; of the list when there is none."""
        if mention is None:
            return reverse("council:matching") + self.query
        return reverse("council:mention", args=[mention.pk]) + self.query


def walk_in(query: QueryDict) -> Walk:
    """The walk that the query of an address asks for."""
    state, outcome, opinion, sort = (query.get(name, "") for name in ("state", "outcome", "opinion", "sort"))
    return Walk(
        state=state if state in [*STATES, "all"] else Walk.state,
        outcome=outcome if outcome in OUTCOMES else Walk.outcome,
        opinion=opinion if opinion in OPINIONS else Walk.opinion,
        find=one_line(query.get("find", ""))[: finding.MOST_TYPED],
        sort=sort if sort.removeprefix("-") in SORTS else Walk.sort,
    )


def _like(holder: Holder, typed: str) -> Q:
    """Those with the names, the date of birth, or the reference of a form or record that somebody typed."""
    sought = finding.sought(typed)
    found = sought.alike()
    for reference in sought.references:
        record = finding.record_in(reference)
        forms = cases.cases_seen_by(holder).filter(reference=reference).order_by()
        tied = Q(pk__in=forms.values("mention_id"))
        found &= tied | Q(child_id=record) if record else tied
    return found
