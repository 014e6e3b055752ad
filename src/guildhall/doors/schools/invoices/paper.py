"""A batch as a document."""

from guildhall.foundation.documents.document import Document, Section
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.speech import active_language, money
from guildhall.foundation.texts.queries import say
from guildhall.work.invoices import queries
from guildhall.work.invoices.models import Batch, Line
from guildhall.work.invoices.reading import heading

from . import shown


def document_of(batch: Batch) -> Document:
    """What was sent, what happened to it, and every invoice."""
    facts = shown.facts(batch)
    state = (say("schools.Invoices_State"), shown.state_name(batch.state))
    rows = [_row(line) for line in queries.lines_of(batch)]
    return Document(
        title=say("schools.Invoices_Paper", school=batch.school.name),
        reference=batch.reference,
        language=active_language(),
        front=[*((one["key"], one["value"]) for one in facts), state],
        sections=[
            Section(
                say("schools.Invoices_History"),
                [(str(number), [words]) for number, words in enumerate(shown.history(batch, names=False), 1)],
            ),
            Section(say("schools.Invoices_Lines"), rows),
        ],
    )


def _row(line: Line) -> tuple[str, list[str]]:
    said = [
        f"{line.supplier}, {line.number}, {speech.day(line.dated_on)}",
        f"{heading('cost_code')} {line.cost_code}",
        f"{heading('net')} {money(line.net)}, {heading('vat')} {money(line.vat)}, "
        f"{heading('gross')} {money(line.gross)}",
    ]
    return f"{say('schools.Invoices_Line')} {line.position}", [
        *said,
        *([line.problem] if line.problem else []),
    ]
