"""A mention beside a record, in words: what agrees, what differs, and how much each field says."""

from dataclasses import dataclass
from datetime import date

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.speech import day
from guildhall.foundation.texts.queries import say
from guildhall.records.children.models import Child
from guildhall.records.children.rules import may_see_address
from guildhall.records.linkage.differences import Difference
from guildhall.records.linkage.identity import Identity, identity_of
from guildhall.records.linkage.queries import Candidate
from guildhall.records.linkage.rules import needs_confirming
from guildhall.records.linkage.scoring import FieldScore, Score

from .waterfall import Waterfall, level_words, say_or, waterfall

_AGREE = frozenset({"exact", "known", "nickname", "swapped", "old"})
_WRITTEN = (
    "forename",
    "midname",
    "surname",
    "known_as",
    "former_surname",
    "born_on",
    "gender",
    "upn",
    "nhs_number",
    "uln",
    "school",
    "postcode",
)
_PLACES = frozenset({"address", "postcode"})
# In what was chosen: for every field.
ALL = "*"


@dataclass(frozen=True)
class Line:
    """One field of the two columns. ``state``: same, close, differs, new (only written), ours or silent."""

    label: str
    theirs: str
    ours: str
    state: str
    words: str

    @property
    def mark(self) -> str:
        return {"same": "✓", "close": "≈", "differs": "✗", "new": "+"}.get(self.state, "–")


@dataclass(frozen=True)
class Choice:
    """What an officer decides about one field: options as (value, text)."""

    field: str
    label: str
    options: list[tuple[str, str]]
    value: str
    conflict: bool


@dataclass(frozen=True)
class Compared:
    """One candidate, ready for the page."""

    child: Child
    outcome: str
    verdict: str
    lines: list[Line]
    choices: list[Choice]
    alerts: list[str]
    confirm: bool
    waterfall: Waterfall


def compared(theirs: Identity, candidate: Candidate, holder: Holder, chosen: dict[str, str]) -> Compared:
    """Everything the page says of ``candidate``; ``chosen`` keeps what was chosen before a refusal."""
    child, hidden = candidate.child, not may_see_address(candidate.child, holder)
    return Compared(
        child=child,
        outcome=say(f"matching.Outcome_{candidate.outcome}"),
        verdict=say(f"matching.Verdict_{candidate.outcome}", child=child.name),
        lines=_lines(theirs, identity_of(child), candidate.score, hidden=hidden),
        choices=[_choice(each, chosen, hidden=hidden) for each in candidate.differences],
        alerts=[say(f"matching.Alert_{veto}", child=child.name) for veto in candidate.score.vetoes],
        confirm=needs_confirming(candidate),
        waterfall=waterfall(candidate.score),
    )


def written(who: Identity) -> list[tuple[str, str]]:
    """Everything that was written of a child, as (label, value)."""
    values = {name: str(getattr(who, name) or "") for name in _WRITTEN}
    values["born_on"] = who.born_on.isoformat() if who.born_on else ""
    values["address"] = ", ".join(who.address_lines)
    return [
        (say(f"matching.Field_{field}"), spoken(field, values.get(field, "")))
        for field in (*_WRITTEN, "address")
    ]


def spoken(field: str, value: str) -> str:
    """A value of an identity as people read it."""
    if field == "born_on" and value:
        return day(date.fromisoformat(value))
    if field == "gender" and value:
        return say_or(f"matching.Gender_{value}", value)
    return value


def _lines(theirs: Identity, ours: Identity, score: Score, *, hidden: bool) -> list[Line]:
    lines = [_line(each, hidden=hidden) for each in score.fields if each.field != "sibling"]
    more = [
        ("known_as", theirs.known_as, ""),
        ("former_surname", theirs.former_surname, ""),
        ("other_names", "", "; ".join(f"{name.forename} {name.surname}" for name in ours.other_names)),
        ("school", theirs.school, ""),
    ]
    return lines + [_quiet(*each) for each in more if each[1] or each[2]]


def _line(each: FieldScore, *, hidden: bool) -> Line:
    ours = spoken(each.field, each.ours)
    if hidden and each.field in _PLACES and ours:
        ours = say("matching.Hidden")
    return Line(
        say(f"matching.Field_{each.field}"), spoken(each.field, each.theirs), ours, _state(each), _words(each)
    )


def _quiet(field: str, theirs: str, ours: str) -> Line:
    return Line(say(f"matching.Field_{field}"), theirs, ours, "ours" if ours else "silent", "")


def _state(each: FieldScore) -> str:
    if each.level == "missing":
        return "new" if each.theirs and not each.ours else "ours" if each.ours else "silent"
    if each.level in _AGREE:
        return "same" if each.level == "exact" else "close"
    return "differs" if each.level == "different" else "close"


def _words(each: FieldScore) -> str:
    if each.level == "missing":
        return say(f"matching.State_{_state(each)}")
    return level_words(each.field, each.level)


def _choice(each: Difference, chosen: dict[str, str], *, hidden: bool) -> Choice:
    label = say(f"matching.Field_{each.field}")
    ours = (
        say("matching.Hidden")
        if hidden and each.field == "address" and each.ours
        else spoken(each.field, each.ours)
    )
    values = {"theirs": spoken(each.field, each.theirs), "ours": ours or say("matching.Nothing")}
    options = [(choice, say(f"matching.Keep_{choice}", **values)) for choice in each.choices]
    value = chosen.get(each.field, chosen.get(ALL, ""))
    if value not in each.choices:
        value = "" if each.conflict else "theirs"
    return Choice(each.field, label, options, value, each.conflict)
