"""A sent version of a review as a PDF."""

from guildhall.foundation.documents import services as documents
from guildhall.foundation.documents.document import Document, Section
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.work.annualreviews.content import VIEWS, Content
from guildhall.work.annualreviews.models import Report

from . import shown


def pdf_of(report: Report) -> bytes:
    """The version with everything that it says, and the authority's decision where there is one."""
    content = Content.of(report.content)
    sections = [_people(content), _views(content), _outcomes(content), _advice(content), _files(report)]
    if decision := shown.decision_facts(report.review):
        rows = [(row["key"], _lines(row["value"])) for row in decision]
        sections.append(Section(say("schools.SenReview_Decision"), rows))
    return documents.pdf(
        Document(
            title=say("schools.SenReview_Paper", name=report.content["pupil"]["name"]),
            reference=say("schools.SenReview_Version", number=report.number),
            language=active_language(),
            sections=[one for one in sections if one.rows],
            front=[(row["key"], row["value"]) for row in shown.report_facts(report)],
            footer=say("schools.SenReview_Paper_Footer"),
        )
    )


def _people(content: Content) -> Section:
    rows = [
        (one.name, [words for words in (one.role, shown.came_words(one.came)) if words])
        for one in content.people
    ]
    return Section(say("schools.SenReview_Part_People"), rows)


def _views(content: Content) -> Section:
    rows = [
        (say(f"schools.SenReview_View_{shown.word_of(name)}"), _lines(content.views[name]))
        for name in VIEWS
        if content.views[name]
    ]
    return Section(say("schools.SenReview_Part_Views"), rows)


def _outcomes(content: Content) -> Section:
    rows = []
    for number, one in enumerate(content.outcomes, start=1):
        lines = [*_lines(one.hoped), *_lines(one.progress), shown.progress_words(one.what)]
        rows.append((say("schools.SenReview_Outcome_Number", number=number), lines))
    return Section(say("schools.SenReview_Part_Outcomes"), rows)


def _advice(content: Content) -> Section:
    rows = [(row["key"], _lines(row["value"])) for row in shown.content_page(content)["advice"]]
    return Section(say("schools.SenReview_Part_Advice"), rows)


def _files(report: Report) -> Section:
    rows = [(str(number), [one["name"]]) for number, one in enumerate(report.files, start=1)]
    return Section(say("schools.SenReview_Part_Documents"), rows)


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line]
