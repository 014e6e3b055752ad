"""What officers enter of a process, as plain values. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

# The stages of the diagram in order (SP-325). Each is reached when its date is entered.
STAGES = ("received", "assess", "advice", "issue", "draft", "final")
# Every date in the order in which they must follow each other; that of asking for advice is no stage.
DATES = ("received", "assess", "asked", "advice", "issue", "draft", "final")
# The stages whose decision is yes or no.
DECISIONS = ("assess", "issue")
YES, NO = "yes", "no"
# Why a process ended before its time. One entered by mistake is shown to no family.
WITHDRAWN, MOVED, MISTAKE = "withdrawn", "moved", "mistake"
ENDS = (WITHDRAWN, MOVED, MISTAKE)
# What may stand beside a stage (SP-327).
MEDIATION, CERTIFICATE, AGREEMENT = "mediation", "certificate", "agreement"
TRIBUNAL, REGISTERED, RESPONSE, ORDER = "tribunal", "registered", "response", "order"
ASSESSING, DECIDED, DRAFTED, CARRIED_OUT = "assessing", "decided", "drafted", "done"
# A marker → those of which one must stand beside the same stage before it.
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    MEDIATION: (),
    CERTIFICATE: (),
    AGREEMENT: (),
    TRIBUNAL: (),
    REGISTERED: (),
    RESPONSE: (REGISTERED,),
    ORDER: (),
    ASSESSING: (ORDER, AGREEMENT),
    DECIDED: (ORDER, AGREEMENT),
    DRAFTED: (ORDER, AGREEMENT),
    CARRIED_OUT: (ORDER, AGREEMENT),
}
MARKERS = tuple(FOLLOWS)
# What a tribunal orders, or is agreed in mediation, about each stage. DISMISSED: nothing has to be done.
DISMISSED, OTHER = "dismissed", "other"
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "assess": ("assess",),
    "issue": ("plan", "reconsider"),
    "final": ("amend", "name"),
}
# A family can disagree with these stages.
DISPUTED = ("assess", "issue", "final")
MOST_MARKERS = 20


@dataclass(frozen=True, order=True)
class Marker:
    """Mediation or tribunal, on the stage that it is about; ``what`` was ordered or agreed, if it says so."""

    on: date
    stage: str
    kind: str
    what: str = ""


@dataclass(frozen=True)
class Facts:
    """The dates of a process by name, its decisions, its end, its markers, and who has it."""

    dates: Mapping[str, date] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    ended_on: date | None = None
    ended: str = ""
    markers: tuple[Marker, ...] = ()
    owner: int | None = None

    @property
    def received_on(self) -> date:
        """Raises KeyError before the request was received."""
        return self.dates["received"]

    @property
    def refused(self) -> str:
        """The stage at which the authority said no; "" where it did not."""
        return next((stage for stage in DECISIONS if self.decisions.get(stage) == NO), "")

    @property
    def closed(self) -> bool:
        """Whether no stage is still to come."""
        return bool(self.ended or self.refused or "final" in self.dates)

    @property
    def reached(self) -> str:
        """The last stage that was reached."""
        return next(stage for stage in reversed(STAGES) if stage in self.dates)

    @property
    def coming(self) -> str:
        """The stage that comes next; "" when none does."""
        if self.closed:
            return ""
        return STAGES[STAGES.index(self.reached) + 1]

    def with_marker(self, marker: Marker) -> "Facts":
        return replace(self, markers=tuple(sorted({*self.markers, marker})))

    def without_marker(self, marker: Marker) -> "Facts":
        return replace(self, markers=tuple(one for one in self.markers if one != marker))


# What was ordered or agreed → the markers that say how far it was done; of the others, only that it was.
DONE_BY: Mapping[str, tuple[str, ...]] = {
    "assess": (ASSESSING, DECIDED, CARRIED_OUT),
    "plan": (DRAFTED, CARRIED_OUT),
}


def plain(facts: Facts) -> dict[str, Any]:
    """``facts`` as JSON."""
    told = asdict(facts) | {"markers": [asdict(one) for one in facts.markers]}
    return dict(_iso(told))


def facts_from(told: Mapping[str, Any]) -> Facts:
    """The other way round."""
    return Facts(
        dates={name: date.fromisoformat(day) for name, day in told["dates"].items()},
        decisions=dict(told["decisions"]),
        ended_on=date.fromisoformat(told["ended_on"]) if told["ended_on"] else None,
        ended=told["ended"],
        markers=tuple(
            Marker(date.fromisoformat(one["on"]), one["stage"], one["kind"], one.get("what", ""))
            for one in told["markers"]
        ),
        owner=told["owner"],
    )


def _iso(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _iso(one) for name, one in told.items()}
    if isinstance(told, list):
        return [_iso(one) for one in told]
    return told.isoformat() if isinstance(told, date) else told
