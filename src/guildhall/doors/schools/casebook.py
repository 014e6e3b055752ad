"""What one case of a school shows: its steps with their dates, and its answers in words or on paper."""

from datetime import datetime

from django.utils import timezone

from guildhall.doors.filling.answers import Section, sections_of_submission
from guildhall.doors.filling.documents import document_of, on_paper
from guildhall.foundation.documents.services import Document
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.submissions.proof import fingerprint
from guildhall.work.cases.moves import Move
from guildhall.work.cases.queries import history_of
from guildhall.work.schoolcases import queries as cases
from guildhall.work.schoolcases.models import SchoolCase

# What the school is told of a case's history; the rest is the council's own.
_STEPS = {
    Move.OPEN: "Opened",
    Move.REQUEST: "Asked",
    Move.ANSWER: "Answered",
    Move.CORRECT: "SentAgain",
    Move.TAKE_UP: "TakenUp",
    Move.MOVE_TEAM: "Moved",
    Move.APPROVE: "Approved",
    Move.REJECT: "Rejected",
}


def steps_of(case: SchoolCase) -> list[tuple[str, datetime]]:
    """What happened to the case, each with when, first one first (SC-118)."""
    known = [("Raised", case.raised_at), ("Submitted", case.submitted_at), *_at_the_council(case)]
    known.append(("Abandoned", case.abandoned_at))
    return [(say(f"schools.CaseStep_{name}"), at) for name, at in known if at]


def _at_the_council(case: SchoolCase) -> list[tuple[str, datetime | None]]:
    council = cases.council_case(case)
    happened = [event for event in history_of(council) if event.verb in _STEPS] if council else []
    first = next((event for event in happened if event.verb == Move.OPEN), None)
    return [
        (_STEPS[Move(event.verb)], event.at)
        for event in happened
        if event.verb != Move.OPEN or event is first
    ]


def paper_of(case: SchoolCase) -> Document:
    """The case as a document: what was sent with its seal, or as far as it was filled in (SC-115)."""
    if sent := cases.submission_of(case):
        return document_of(sent, forms.definition_of(sent.version_id), seal=fingerprint(sent))
    state, until = ("Abandoned", case.abandoned_at) if case.abandoned_at else ("NotSent", timezone.now())
    return Document(
        title=forms.definition_of(case.version_id).title.in_(active_language()),
        reference=case.reference,
        language=active_language(),
        front=[
            (say("schools.Case_Reference"), case.reference),
            (say("schools.Case_Status"), say(f"schools.Case_{state}_Paper")),
        ],
        sections=[on_paper(each) for each in answers_of(case, formatted=False)],
        footer=say("schools.Case_Paper_Footer", date=speech.day(timezone.localtime(until))),
    )


def answers_of(case: SchoolCase, *, formatted: bool = True) -> list[Section]:
    """What was sent; before that what is filled in so far, or what an abandoned case had."""
    if sent := cases.submission_of(case):
        return sections_of_submission(
            sent, forms.definition_of(sent.version_id), active_language(), formatted=formatted
        )
    draft = cases.draft_of(case)
    definition = forms.definition_of(draft.version_id if draft else case.version_id)
    answers = draft.answers if draft else case.kept
    parts = spoken.sections(
        definition, answers, active_language(), today=timezone.localdate(), formatted=formatted
    )
    return [
        Section(
            part.number,
            part.title,
            part.rows_heading,
            [
                {"key": label, "value": lines or say("send.Summary_NotAnswered")}
                for label, lines, _ in part.pairs
            ],
            "",
            not part.pairs,
        )
        for part in parts
    ]
