"""Drafts that nobody finished: two warnings, then gone."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.work.intake import services as intake
from guildhall.work.intake import tasks
from tests.definitions import a_draft, a_full_draft
from tests.standing import NOON

pytestmark = pytest.mark.django_db


def run(**after):
    return intake.warn_and_expire_drafts(now=NOON + timedelta(**after))


@pytest.mark.req("CP-046", "CP-048")
def test_a_draft_is_warned_of_twice_and_then_deleted():
    a_draft()

    assert run(days=22, hours=23) == {"warned": 0, "deleted": 0}
    assert run(days=23) == {"warned": 1, "deleted": 0}
    assert run(days=23, hours=1) == {"warned": 0, "deleted": 0}
    assert run(days=29) == {"warned": 1, "deleted": 0}
    assert run(days=29, hours=23) == {"warned": 0, "deleted": 0}
    assert run(days=30) == {"warned": 0, "deleted": 1}

    subjects = list(Message.objects.order_by("sent_at").values_list("subject", flat=True))
    assert subjects == ["A saved form will be deleted in 7 days", "A saved form will be deleted tomorrow"]
    assert Task.objects.filter(kind="email").count() == 2
    assert not Draft.objects.exists()


@pytest.mark.req("CP-048", "GH-049")
def test_the_warning_names_no_form_and_no_child():
    a_full_draft()
    run(days=23)

    email = str(Task.objects.get(kind="email").payload)
    assert "Mali" not in email and "assessment" not in email


@pytest.mark.req("CP-047")
def test_a_draft_saved_a_second_before_the_job_stays():
    draft = a_draft()
    run(days=23)
    run(days=29)
    submissions.save_answers(
        draft,
        answers={"CHILD_FORENAME": "Non"},
        revision=0,
        place="child",
        by=draft.owner,
        now=NOON + timedelta(days=29, hours=23, minutes=59, seconds=59),
    )

    assert run(days=30) == {"warned": 0, "deleted": 0}
    assert run(days=52, hours=23) == {"warned": 0, "deleted": 0}
    assert run(days=53) == {"warned": 1, "deleted": 0}


@pytest.mark.req("CP-048")
def test_nothing_is_deleted_without_its_warnings_however_long_the_schedule_stood_still():
    a_draft()

    assert run(days=45) == {"warned": 1, "deleted": 0}
    assert Draft.objects.get().expires_at == NOON + timedelta(days=52)
    assert run(days=51) == {"warned": 1, "deleted": 0}
    assert run(days=52) == {"warned": 0, "deleted": 1}


def test_the_bytes_of_a_deleted_draft_go_too(django_capture_on_commit_callbacks, settings):
    draft = a_draft()
    upload = SimpleUploadedFile("letter.txt", b"words")
    submissions.add_file(draft, upload=upload, question="LETTERS", by=draft.owner, now=NOON)
    kept = [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]
    assert kept
    run(days=23)
    run(days=29)

    with django_capture_on_commit_callbacks(execute=True):
        run(days=31)

    assert not StoredFile.objects.exists()
    assert not [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]


@pytest.mark.req("CP-056")
def test_what_was_sent_and_what_was_returned_never_expire():
    draft = a_full_draft()
    sent = intake.submit(
        draft.pk, sender=draft.owner, key=draft.key, declarations={"first", "second"}, now=NOON
    )
    submissions.reopen(sent, now=NOON)
    Message.objects.all().delete()

    tasks.warn_and_expire_drafts(NOON + timedelta(days=400))

    assert Submission.objects.count() == 1 and Draft.objects.count() == 1
    assert not Message.objects.exists()
