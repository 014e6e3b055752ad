"""What one case of a school shows: its steps with their dates, and its answers in words."""

from datetime import datetime

from django.utils import timezone

from guildhall.doors.filling.answers import Section, sections_of_submission
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import spoken
from guildhall.work.schoolcases import queries as cases
from guildhall.work.schoolcases.models import SchoolCase

from .showing import language


def steps_of(case: SchoolCase) -> list[tuple[str, datetime]]:
    """What happened to the case, each with when, first one first (SC-118)."""
    council = cases.council_case(case)
    known = [
        ("Raised", case.raised_at),
        ("Submitted", case.submitted_at),
        ("Opened", council.opened_at if council else None),
        ("Decided", council.decided_at if council else None),
        ("Abandoned", case.abandoned_at),
    ]
    return [(say(f"schools.CaseStep_{name}"), at) for name, at in known if at]


def answers_of(case: SchoolCase) -> list[Section]:
    """What was sent; before that what is filled in so far, or what an abandoned case had."""
    if sent := cases.submission_of(case):
        return sections_of_submission(sent, forms.definition_of(sent.version_id), language())
    draft = cases.draft_of(case)
    definition = forms.definition_of(draft.version_id if draft else case.version_id)
    answers = draft.answers if draft else case.kept
    parts = spoken.sections(definition, answers, language(), today=timezone.localdate(), formatted=True)
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
