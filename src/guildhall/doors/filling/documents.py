"""A submission as a document."""

from django.utils import timezone, translation

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.documents.services import Document
from guildhall.foundation.documents.services import Section as DocumentSection
from guildhall.foundation.kit import speech
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.submissions.models import Submission
from guildhall.work.intake.titles import shown_title
from guildhall.work.keying import queries as keyed
from guildhall.work.keying import speaking
from guildhall.work.keying.models import Keyed

from .answers import Section, sections_of_submission


def document_of(submission: Submission, definition: Definition, *, seal: str) -> Document:
    """What was sent, in the language it was sent in, with its sender (CP-059) and ``seal``, its SHA-256."""
    language = submission.language
    with translation.override(language):
        sections = [
            on_paper(each)
            for each in sections_of_submission(submission, definition, language, formatted=False)
        ]
        agreed = [str(each["words"]) for each in submission.texts.get("declarations", [])]
        sections.append(
            DocumentSection(heading=texts.say("send.Document_Declarations"), rows=[], note="\n".join(agreed))
        )
        return Document(
            title=shown_title(definition, language),
            reference=submission.reference,
            language=language,
            front=_front(submission),
            sections=sections,
            footer=texts.say(
                "send.Document_Seal", seal=seal, authority=authority.name_of_authority(language)
            ),
        )


def _front(submission: Submission) -> list[tuple[str, str]]:
    sender = submission.sender
    entered = keyed.keyed_of_reference(submission.reference)
    if entered and (entered.person_id is None or entered.school_id):
        return [*_sent(submission), *_entered(entered)]
    known = [
        ("Document_FirstName", sender.forename),
        ("Document_LastName", sender.surname),
        ("Document_Role", sender.job_role),
        ("Document_Organisation", sender.organisation),
        ("Document_Email", sender.email or ""),
    ]
    rows = [(texts.say(f"send.{key}"), value) for key, value in known if value]
    return [*_sent(submission), *rows, *(_entered(entered) if entered else [])]


def _sent(submission: Submission) -> list[tuple[str, str]]:
    sent = timezone.localtime(submission.sent_at)
    return [
        (texts.say("send.Document_Reference"), submission.reference),
        (texts.say("send.Document_Sent"), f"{speech.day(sent)}, {speech.clock(sent)}"),
    ]


def _entered(entered: Keyed) -> list[tuple[str, str]]:
    """Who entered the form for whom."""
    return [(row["key"], row["value"]) for row in speaking.rows(entered)]


def on_paper(section: Section) -> DocumentSection:
    """A section of answers in words, as a section of a document."""
    heading = f"{section.title}: {section.row}" if section.row else section.title
    rows = [(str(row["key"]), _lines(row["value"])) for row in section.rows]
    note = texts.say("send.Document_NoRows") if section.empty else ""
    return DocumentSection(heading=f"{section.number}. {heading}", rows=rows, note=note)


def _lines(value: object) -> list[str]:
    return [str(line) for line in value] if isinstance(value, list) else [str(value)]
