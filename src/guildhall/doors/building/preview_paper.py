"""The form on paper while it is built: as it will be printed, with the answers that were tried out."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from guildhall.foundation.documents import Document, Section
from guildhall.foundation.documents import services as documents
from guildhall.foundation.documents.media import MEDIA
from guildhall.foundation.kit.markdown import to_lines
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.forms.walk import Walk
from guildhall.work.intake.titles import shown_title

from .preview import language_of, shown_form, walk_of
from .way import DOOR


@require_safe
@DOOR
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The form as a PDF that opens in the browser."""
    return _paper(request, code, "pdf", documents.pdf)


@require_safe
@DOOR
def word(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a Word file."""
    return _paper(request, code, "docx", documents.word)


def _paper(request: HttpRequest, code: str, kind: str, compose: Callable[[Document], bytes]) -> HttpResponse:
    walk = walk_of(request, shown_form(code))
    language = language_of(request)
    with translation.override(language):
        content = compose(document_of(walk, language))
    response = HttpResponse(content, content_type=MEDIA[kind])
    way = "inline" if kind == "pdf" else "attachment"
    name = f"{walk.definition.code.lower()}-{language}.{kind}"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def document_of(walk: Walk, language: str) -> Document:
    """The route of the answers, its panels numbered one after the other, with their guidance."""
    form = walk.definition
    sections = list(_sections(walk, language))
    if declaration := form.declaration.in_(language):
        heading = say("send.Document_Declarations", language)
        sections.append(Section(heading, note="\n".join(to_lines(declaration))))
    return Document(
        title=shown_title(form, language),
        reference=form.code,
        language=language,
        sections=sections,
        guidance="\n".join(to_lines(form.guidance.in_(language))),
        footer=say("send.Preview_Paper", language),
    )


def _sections(walk: Walk, language: str) -> Iterator[Section]:
    parts = spoken.sections(walk.definition, walk.answers, language, today=timezone.localdate())
    none = [say("send.Summary_NotAnswered", language)]
    numbers: dict[str, int] = {}
    for part in parts:
        first = part.place not in numbers
        number = numbers.setdefault(part.place, len(numbers) + 1)
        title = f"{part.title}: {part.rows_heading}" if part.rows_heading else part.title
        guidance = walk.definition.group_by_key[part.place].guidance.in_(language) if first else ""
        yield Section(
            f"{number}. {title}",
            rows=[(pair.label, pair.lines or none) for pair in part.pairs],
            note="" if part.pairs else say("send.Document_NoRows", language),
            guidance="\n".join(to_lines(guidance)),
        )
