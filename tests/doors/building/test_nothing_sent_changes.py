"""Whatever is done to a form while it is built: what is published and what was sent stay as they are."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guildhall.foundation.kit.refusals import Refusal
from guildhall.paperwork.forms import editing, services
from guildhall.paperwork.forms.models import FormVersion, Publication, WorkingForm
from guildhall.paperwork.forms.problems import texts_of
from guildhall.paperwork.forms.queries import definition_of
from guildhall.paperwork.forms.services import importing, releasing
from guildhall.paperwork.forms.translating import changed
from guildhall.paperwork.submissions.models import Submission
from guildhall.work.intake import services as intake
from guildhall.work.intake.declarations import declarations_for
from tests.definitions import a_full_draft, every_kind, question, words
from tests.standing import NOON

pytestmark = pytest.mark.django_db
KEYS = [group["key"] for group in every_kind()["groups"]]
CODES = [one["code"] for one in editing.questions_in(every_kind())]

EDITS: dict[str, Any] = {
    "retitle": lambda content, key, code: editing.change_group(content, key, {"title": words("Other")}),
    "delete group": lambda content, key, code: editing.delete_group(content, key),
    "add": lambda content, key, code: editing.add_question(content, question("ADDED"), to=key),
    "reword": lambda content, key, code: editing.change_question(content, code, question(code, "memo")),
    "delete": lambda content, key, code: editing.delete_question(content, code),
    "move": lambda content, key, code: editing.move_question(content, code, to=key, at=0),
    "up": lambda content, key, code: editing.shift_question(content, code, by=-1),
    "group up": lambda content, key, code: editing.shift_group(content, key, by=-1),
    "renumber": lambda content, key, code: editing.renumber(content, changed=key)[0],
    "translate": lambda content, key, code: changed(
        content, [[*place, "cy", "Newydd"] for place, _ in texts_of(content)]
    ),
}
KEEPS: dict[str, Any] = {
    "save": services.save_working,
    "undo": services.undo_edit,
    "discard": services.discard_edits,
}
RELEASES: dict[str, Any] = {
    "publish": lambda working, **common: releasing.publish_working(working, note="", **common),
    "plan": lambda working, **common: releasing.plan_publication(
        working, note="", due_at=NOON + timedelta(days=1), **common
    ),
    "planned": lambda working, revision, by, now: releasing.publish_planned(
        Publication.objects.filter(version=None).latest("pk").pk, now=now
    ),
    "again": lambda working, revision, by, now: releasing.publish_again(
        working.based_on, note="", by=by, now=now
    ),
    "withdraw": lambda working, revision, by, now: services.withdraw(working.based_on.form, by=by, now=now),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*EDITS, *KEEPS, *RELEASES, "revise", "import", "remove"]),
        st.sampled_from(KEYS),
        st.sampled_from(CODES),
    ),
    min_size=1,
    max_size=8,
)


def sent() -> Submission:
    draft = a_full_draft()
    agreed = {one.key for one in declarations_for(definition_of(draft.version_id), "en")}
    return intake.submit(draft.pk, sender=draft.owner, key=draft.key, declarations=agreed, now=NOON)


def kept_of(versions: set[int]) -> str:
    """``versions`` and all that was sent, as the database has them."""
    rows = [
        *FormVersion.objects.filter(pk__in=versions).order_by("pk").values(),
        *Submission.objects.order_by("pk").values(),
    ]
    return json.dumps(rows, default=str, sort_keys=True)


def do(version: FormVersion, act: str, key: str, code: str) -> None:
    working = services.work_on(version.form, by=None, now=NOON)
    common: dict[str, Any] = {"revision": working.revision, "by": None, "now": NOON}
    if act in KEEPS | RELEASES:
        (KEEPS | RELEASES)[act](working, **common)
    elif act == "revise":
        services.revise_question(question(code, "memo"), seen=1, to=[working.code], by=None, now=NOON)
    elif act == "import":
        importing.take_in(every_kind(style="tabs"), seen=working.revision, by=None, now=NOON)
    elif act == "remove":
        services.remove_working(working, **common)
    else:
        services.edit_working(working, content=EDITS[act](working.shown, key, code), **common)


def nothing_changes(acts: list[tuple[str, str, str]]) -> None:
    submission = sent()
    versions = set(FormVersion.objects.values_list("pk", flat=True))
    before, meant = kept_of(versions), repr(definition_of(submission.version_id))
    for act in acts:
        try:
            do(submission.version, *act)
        except (Refusal, Publication.DoesNotExist):
            continue  # what is not there any more cannot be edited
        assert kept_of(versions) == before
        versions |= set(FormVersion.objects.values_list("pk", flat=True))
        before = kept_of(versions)
    assert repr(definition_of(submission.version_id)) == meant
    WorkingForm.objects.all().delete()


any_acts = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-131", "GH-019")
@settings(max_examples=4, **any_acts)
@given(STEPS)
def test_no_edits_change_what_is_published_or_was_sent(acts: list[tuple[str, str, str]]):
    nothing_changes(acts)


@pytest.mark.slow
@settings(max_examples=60, **any_acts)
@given(STEPS)
def test_no_many_edits_change_what_is_published_or_was_sent(acts: list[tuple[str, str, str]]):
    nothing_changes(acts)
