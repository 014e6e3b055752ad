"""Whatever is done to a form while it is built: what is published and what was sent stay as they are."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guildhall.foundation.kit.refusals import Refusal
from guildhall.paperwork.forms import editing, services
from guildhall.paperwork.forms.models import FormVersion, WorkingForm
from guildhall.paperwork.forms.problems import texts_of
from guildhall.paperwork.forms.queries import definition_of
from guildhall.paperwork.forms.services import importing
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
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*EDITS, *KEEPS, "revise", "import", "remove"]),
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


def kept_of() -> str:
    """All that is published and sent, as the database has it."""
    rows = [*FormVersion.objects.order_by("pk").values(), *Submission.objects.order_by("pk").values()]
    return json.dumps(rows, default=str, sort_keys=True)


def do(version: FormVersion, act: str, key: str, code: str) -> None:
    working = services.work_on(version.form, by=None, now=NOON)
    common: dict[str, Any] = {"revision": working.revision, "by": None, "now": NOON}
    if act in KEEPS:
        KEEPS[act](working, **common)
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
    before = kept_of()
    for act in acts:
        try:
            do(submission.version, *act)
        except Refusal:
            continue  # what is not there any more cannot be edited
    assert kept_of() == before
    assert definition_of(submission.version_id).title.en == every_kind()["title"]["en"]
    WorkingForm.objects.all().delete()


any_acts = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


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
