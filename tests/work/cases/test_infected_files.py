"""A virus found in a file of a case: its team hears of it, and nobody else's work is touched."""

import pytest

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox.models import Task
from guildhall.work.cases import queries, tasks
from guildhall.work.cases.models import Case, CaseEvent
from tests.standing import NOON, a_parent

from .scene import LATER, a_case_in, a_correction_of, an_open_case, emails

pytestmark = pytest.mark.django_db


def a_file_of(kind: str, key: object) -> StoredFile:
    return StoredFile.objects.create(
        owner=a_parent(),
        held_by_kind=kind,
        held_by_id=str(key),
        question="REPORT",
        name="Mali Pugh report.pdf",
        kind="pdf",
        bytes=10,
        sha256="0" * 64,
        storage_key=f"{kind}-{key}",
        state=StoredFile.State.INFECTED,
        uploaded_at=NOON,
    )


def tell(file: StoredFile) -> None:
    tasks.tell_of_infected_file({"file": str(file.pk)}, task_key="k", now=LATER)


@pytest.mark.req("SP-102")
def test_the_team_that_has_the_case_is_told_once_and_without_details():
    case = an_open_case()
    file = a_file_of("submission", case.submission_id)
    Task.objects.all().delete()

    tell(file)
    tell(file)

    [email] = emails()
    assert email["to"] == "send@council.example.org"
    assert "Mali" not in str(email)
    assert case.reference not in str(email)
    event = CaseEvent.objects.get(verb="infected-file")
    assert event.case_id == case.pk
    assert event.by is None
    assert Case.objects.get().status == "opened"


@pytest.mark.req("SP-102")
def test_a_file_of_an_earlier_version_of_the_form_belongs_to_the_same_case():
    case = an_open_case()
    file = a_file_of("submission", case.submission_id)
    a_correction_of(case)

    assert queries.case_of_file(file) == case


def test_a_file_of_an_answer_belongs_to_the_case_that_was_answered():
    case = a_case_in("more-information")
    message = CaseEvent.objects.get(verb="request-information").message
    assert message

    assert queries.case_of_file(a_file_of("message", message.pk)) == case


def test_a_file_in_a_draft_tells_no_team():
    an_open_case()
    Task.objects.all().delete()

    tell(a_file_of("draft", "5b0c"))

    assert emails() == []
