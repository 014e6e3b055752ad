"""The same form sent by several threads at once, on a real database with real commits."""

from datetime import timedelta

import pytest

from guildhall.foundation.outbox.models import Task
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from tests import at_once
from tests.at_once import a_database_of_its_own  # noqa: F401 (every test here is on a file)
from tests.definitions import a_draft, a_full_draft
from tests.standing import NOON

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


def together(work):
    return at_once.together(THREADS, work)


@pytest.mark.req("GH-020")
def test_a_form_sent_many_times_at_once_is_one_submission():
    for _ in range(3):
        draft = a_full_draft()

        def send(_number, draft=draft):
            sender = User.objects.get(pk=draft.owner_id)
            return intake.submit(
                draft.pk, sender=sender, key=draft.key, declarations={"first", "second"}, now=NOON
            ).reference

        assert len(set(together(send))) == 1
        assert Submission.objects.filter(key=draft.key).count() == 1

    assert Submission.objects.count() == Case.objects.count() == 3
    assert Task.objects.filter(key__startswith="form-received").count() == 3


def test_answers_saved_at_once_are_all_kept_or_asked_about():
    draft = a_draft()
    codes = ["CHILD_FORENAME", "CHILD_SURNAME", "VISITS", "HOURS", "COST", "EMAIL"]

    def save(number):
        mine = Draft.objects.get(pk=draft.pk)
        saved = 0
        for turn in range(200):
            try:
                mine = submissions.save_answers(
                    mine,
                    answers={codes[number]: f"{turn}"},
                    revision=mine.revision,
                    place="child",
                    by=draft.owner,
                    now=NOON + timedelta(seconds=turn),
                )
            except submissions.Conflict as conflict:
                mine = conflict.current
            else:
                saved += 1
            if saved == 5:
                break
        return saved

    assert together(save) == [5] * THREADS
    kept = Draft.objects.get()
    assert all(kept.answers.get(code) for code in codes)
    assert kept.revision == len([*kept.touched]) or kept.revision >= len(codes)


def test_the_schedule_run_twice_at_once_warns_once():
    a_draft()

    warned = together(lambda _number: intake.warn_and_expire_drafts(now=NOON + timedelta(days=23))["warned"])

    assert sum(warned) == 1
