"""Which form a child was written about on, for pages that know the submission by its number only."""

from collections.abc import Iterable
from dataclasses import dataclass

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.chronology.models import Entry
from guildhall.records.chronology.rules import may_read
from guildhall.work.intake.destinations import destination_of

KIND = "submission"


@dataclass(frozen=True)
class Told:
    """A form by what lists say of it; ``team`` received it."""

    title: str
    reference: str
    team: str


def forms_by_id(ids: Iterable[str]) -> dict[str, Told]:
    """Submission number → what to say of it, in the active language. One query, however many."""
    rows = Submission.objects.filter(pk__in=[number for number in ids if number.isdigit()])
    return {
        str(pk): _told(version, reference)
        for pk, version, reference in rows.values_list("pk", "version_id", "reference")
    }


def title_for(holder: Holder, told: Told | None) -> str:
    """The form's title, or only that it is one when ``holder`` may not know which."""
    if told is None:
        return ""
    return told.title if may_read(holder, told.team) else say("matching.Form_OfAnotherTeam")


def readable(holder: Holder, entries: Iterable[Entry]) -> list[Entry]:
    """Those of ``entries`` that ``holder`` may read, in their order."""
    entries = list(entries)
    told = forms_by_id(entry.source_id for entry in entries if entry.kind == KIND)
    return [entry for entry in entries if may_read(holder, _team(entry, told))]


def _team(entry: Entry, told: dict[str, Told]) -> str:
    form = told.get(entry.source_id) if entry.kind == KIND else None
    return form.team if form else str(entry.detail.get("team", ""))


def _told(version_id: int, reference: str) -> Told:
    definition = forms.definition_of(version_id)
    title = definition.title.in_(active_language())
    return Told(title, reference, destination_of(definition.destination).team)
