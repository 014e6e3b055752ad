"""What an officer types of a process, of a marker and of an exception."""

from datetime import date
from typing import Any

from django import forms

from guildhall.doors.families.tracker import stage_name
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.forms import DayField, Lines, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.organisations.queries import open_establishments
from guildhall.work.ehcprocess import queries
from guildhall.work.ehcprocess.facts import (
    DATES,
    DECISIONS,
    DISMISSED,
    DISPUTED,
    ENDS,
    NO,
    OTHER,
    OUTCOMES,
    YES,
    Facts,
    Marker,
)
from guildhall.work.ehcprocess.models import Process
from guildhall.work.ehcprocess.rules import kinds_that_fit
from guildhall.work.ehcprocess.services import Told

from .shown import date_name, kinds_of


class ProcessForm(WordedForm):
    area = "children"

    def _word(self, name: str) -> str:
        return f"children.Process_{''.join(part.capitalize() for part in name.split('_'))}"


class DatesForm(ProcessForm):
    """The dates of the stages in order, the decisions, the end, and who has the process."""

    received = DayField(required=False)
    assess = DayField(required=False)
    assess_decision = forms.ChoiceField(required=False)
    asked = DayField(required=False)
    advice = DayField(required=False)
    issue = DayField(required=False)
    issue_decision = forms.ChoiceField(required=False)
    draft = DayField(required=False)
    final = DayField(required=False)
    ended = forms.ChoiceField(required=False)
    ended_on = DayField(required=False)
    owner = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, holders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", say("children.Process_NotYet"))
        answers = [nothing, *((one, say(f"children.Process_{one.title()}")) for one in (YES, NO))]
        ends = [(one, say(f"children.Process_Ended_{one}")) for one in ENDS]
        self._offer("assess_decision", answers)
        self._offer("issue_decision", answers)
        self._offer("ended", [("", say("children.Process_GoesOn")), *ends])
        self._offer("owner", [("", say("children.Process_Owner_none")), *holders])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def label_of(self, name: str) -> str:
        return date_name(name) if name in DATES else super().label_of(name)

    @property
    def facts(self) -> Facts:
        told = self.cleaned_data
        return Facts(
            dates={name: told[name] for name in DATES if told[name]},
            decisions={one: told[f"{one}_decision"] for one in DECISIONS if told[f"{one}_decision"]},
            ended_on=told["ended_on"],
            ended=told["ended"],
            owner=int(told["owner"]) if told["owner"] else None,
        )


def begun(facts: Facts) -> dict[str, Any]:
    """What the form of dates starts with."""
    given = {f"{one}_decision": answer for one, answer in facts.decisions.items()}
    end = {"ended": facts.ended, "ended_on": facts.ended_on, "owner": str(facts.owner or "")}
    return {**facts.dates, **given, **end}


def holders(process: Process | None) -> list[tuple[str, str]]:
    """Who can have a process; whoever has it stays to choose, team or not."""
    people = {str(user.pk): str(user) for user in queries.officers()}
    if process and process.owner:
        people.setdefault(str(process.owner_id), str(process.owner))
    return list(people.items())


# "What" is the page's own word.
_MARKER_WORDS = {"what": "Outcome"}


class MarkerForm(ProcessForm):
    """Mediation or tribunal beside a stage that the family can disagree with."""

    radios = frozenset({"kind", "stage"})
    kind = forms.ChoiceField()
    stage = forms.ChoiceField()
    what = forms.ChoiceField(required=False)
    on = DayField()

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one, say(f"send.Ehc_Marker_{one}")) for one in kinds_that_fit(facts)]
        outcomes = [what for stage in DISPUTED if stage in facts.dates for what in OUTCOMES[stage]]
        outcomes += [DISMISSED, OTHER]
        said = [(one, say(f"send.Ehc_What_{one}")) for one in outcomes]
        nothing = ("", say("children.Process_Marker_Outcome_None"))
        self.fields["what"].choices = [nothing, *said]  # type: ignore[attr-defined]
        stages = [(one, stage_name(one)) for one in DISPUTED if one in facts.dates]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]

    def _word(self, name: str) -> str:
        return f"children.Process_Marker_{_MARKER_WORDS.get(name, name.title())}"

    @property
    def marker(self) -> Marker:
        told = self.cleaned_data
        return Marker(told["on"], told["stage"], told["kind"], told["what"])


def marker_from(value: str) -> Marker | None:
    """The marker whose value a button sent."""
    kind, stage, day, what = (*value.split(":", 3), "", "", "", "")[:4]
    try:
        return Marker(date.fromisoformat(day), stage, kind, what)
    except ValueError:
        return None


class ExcuseForm(ProcessForm):
    """An exception: kind, days, evidence, and who decided. A school's calendar says when it was closed."""

    radios = frozenset({"kind"})
    kind = forms.ChoiceField()
    school = forms.ChoiceField(required=False)
    first_on = DayField(required=False)
    last_on = DayField(required=False)
    evidence = forms.CharField(max_length=2000, widget=Lines(rows=4))
    decided_by = forms.CharField(max_length=150)
    decided_on = DayField()

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ehc, _ = queries.packs_of(process)
        self.schools = {str(one.pk): one for one in open_establishments()}
        nothing = ("", say("children.Process_Excuse_NoSchool"))
        named = [(key, one.name) for key, one in self.schools.items()]
        self.fields["kind"].choices = kinds_of(ehc)  # type: ignore[attr-defined]
        self.fields["school"].choices = [nothing, *named]  # type: ignore[attr-defined]

    def _word(self, name: str) -> str:
        return f"children.Process_Excuse_{''.join(part.capitalize() for part in name.split('_'))}"

    @property
    def told(self) -> Told:
        given = self.cleaned_data
        closed = given["kind"] == queries.SCHOOL_CLOSED
        return Told(
            kind=given["kind"],
            evidence=paragraphs(given["evidence"]),
            decided_by=one_line(given["decided_by"]),
            decided_on=given["decided_on"],
            first_on=None if closed else given["first_on"],
            last_on=None if closed else given["last_on"],
            school=self.schools.get(given["school"]) if closed else None,
        )


class LimitsForm(ProcessForm):
    """A day from which the limits of a rule pack are worked out, and a Welsh school whose days count."""

    pack = forms.ChoiceField(required=False)
    start = DayField(required=False)
    school = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, packs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), one.name) for one in open_establishments()]
        self.fields["pack"].choices = packs  # type: ignore[attr-defined]
        self.fields["school"].choices = [("", say("children.Process_Limits_NoSchool")), *named]  # type: ignore[attr-defined]

    def _word(self, name: str) -> str:
        return f"children.Process_Limits_{name.title()}"


def in_words(words: Any) -> str:
    """Words of a pack in the language of the page."""
    return str(words.in_(active_language()))
