"""A form being built: edited, undone, saved or discarded. What is published is not touched by it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from ..editing import Content, clean_code, questions_in, replace_question, with_details
from ..models import Form, FormVersion, QuestionRevision, WorkingForm
from ..queries import revisions_in
from .bank import CodeTaken, keep_question, keep_questions_of

MOST_UNDONE = 30


class BuiltMeanwhile(Refusal):
    """Somebody changed the form since this page was opened. ``current`` is the form as it is now."""

    def __init__(self, current: WorkingForm) -> None:
        super().__init__(texts.say("administration.Error_Build_Meanwhile", code=current.code))
        self.current = current


class QuestionChanged(Refusal):
    """Somebody made another revision of the question since this page was opened."""


@transaction.atomic
def start_working(
    code: str, *, content: Content, by: Any, now: datetime, internal: bool = False
) -> WorkingForm:
    """Begin a new form called ``code``. Raises CodeTaken when a form has that code, in capitals or not."""
    code = clean_code(code)
    hold_name(f"form {code}")
    taken = WorkingForm.objects.filter(code=code).exists() or Form.objects.filter(code=code).exists()
    if not code or taken:
        raise CodeTaken(texts.say("administration.Error_Build_CodeTaken", code=code), field="code")
    return _begin(code, content, by=by, now=now, internal=internal)


@transaction.atomic
def work_on(form: Form, *, by: Any, now: datetime) -> WorkingForm:
    """The working form of a published ``form``: the one there is, or one begun as its last version."""
    hold_name(f"form {form.code}")
    if known := WorkingForm.objects.filter(code=form.code).first():
        return known
    version = form.live_version or form.versions.order_by("-number").first()
    assert version is not None
    return _begin(form.code, version.definition, by=by, now=now, based_on=version)


@transaction.atomic
def edit_working(
    working: WorkingForm, *, content: Content, revision: int, by: Any, now: datetime
) -> WorkingForm:
    """Keep ``content`` as an edit that is not saved yet and can be undone. Raises BuiltMeanwhile."""
    working = _hold(working, revision)
    if content == working.shown:
        return working
    working.undo = [*working.undo, working.shown][-MOST_UNDONE:]
    working.edited = content
    return _keep(working, by=by, now=now)


@transaction.atomic
def undo_edit(working: WorkingForm, *, revision: int, by: Any, now: datetime) -> WorkingForm:
    """Take back the latest edit that is not saved; without one nothing changes. Raises BuiltMeanwhile."""
    working = _hold(working, revision)
    if not working.undo:
        return working
    *working.undo, former = working.undo
    working.edited = None if former == working.content else former
    return _keep(working, by=by, now=now)


@transaction.atomic
def discard_edits(working: WorkingForm, *, revision: int, by: Any, now: datetime) -> WorkingForm:
    """Go back to what was saved last. Raises BuiltMeanwhile."""
    working = _hold(working, revision)
    working.edited, working.undo = None, []
    return _keep(working, by=by, now=now)


@transaction.atomic
def save_working(working: WorkingForm, *, revision: int, by: Any, now: datetime) -> WorkingForm:
    """Let the edits count: from now on this is the form's content. Raises BuiltMeanwhile."""
    working = _hold(working, revision)
    return _save(working, working.shown, by=by, now=now)


@transaction.atomic
def change_working(
    working: WorkingForm, *, content: Content, revision: int, by: Any, now: datetime
) -> WorkingForm:
    """Save ``content`` at once, unsaved edits included in it or lost. Raises BuiltMeanwhile."""
    return _save(_hold(working, revision), content, by=by, now=now)


@transaction.atomic
def change_details(
    working: WorkingForm, *, details: Content, revision: int, by: Any, now: datetime
) -> WorkingForm:
    """Save ``details`` of the form itself at once; edits of its groups stay unsaved and can be undone.

    A detail that is None is taken away. Raises BuiltMeanwhile.
    """
    working = _hold(working, revision)
    working.content = with_details(working.content, details)
    working.undo = [with_details(former, details) for former in working.undo]
    if working.edited is not None:
        working.edited = with_details(working.edited, details)
    audit.record("forms.building_saved", by=by, about=working, now=now, detail={"code": working.code})
    return _keep(working, by=by, now=now)


@transaction.atomic
def spread_question(question: Content, *, to: Collection[str], by: Any, now: datetime) -> list[WorkingForm]:
    """Put the bank's ``question`` in its place on the forms being built whose codes are in ``to``.

    Unsaved edits of those forms stay unsaved. The forms that had it are returned, by code.
    """
    changed = []
    for working in WorkingForm.objects.select_for_update().filter(code__in=to).order_by("code"):
        asked = (*questions_in(working.content), *questions_in(working.shown))
        if all(one.get("code") != question["code"] for one in asked):
            continue
        working.content = replace_question(working.content, question)
        working.undo = [replace_question(former, question) for former in working.undo]
        if working.edited is not None:
            working.edited = replace_question(working.edited, question)
        working.shared = revisions_in(working.content)
        changed.append(_keep(working, by=by, now=now))
    return changed


@transaction.atomic
def revise_question(
    question: Content, *, seen: int, to: Collection[str], by: Any, now: datetime
) -> list[WorkingForm]:
    """Keep ``question`` as the next revision in the bank and put it on the forms being built in ``to``.

    The forms that took it are returned, by code. ``seen`` is the number of the revision that was changed.
    Raises QuestionChanged when there is a later one. What is published is not touched.
    """
    hold_name(f"question {question['code']}")
    latest = QuestionRevision.objects.filter(question__code=question["code"]).order_by("-number").first()
    if latest is None or latest.number != seen:
        raise QuestionChanged(texts.say("administration.Error_Question_Meanwhile", code=question["code"]))
    revision = keep_question(question, by=by, now=now)
    return spread_question(revision.content, to=to, by=by, now=now)


@transaction.atomic
def remove_working(working: WorkingForm, *, revision: int, by: Any, now: datetime) -> None:
    """Stop building; what was published of the form stays. Raises BuiltMeanwhile."""
    working = _hold(working, revision)
    audit.record("forms.building_removed", by=by, about=working, now=now, detail={"code": working.code})
    working.delete()


def _begin(
    code: str,
    content: Content,
    *,
    by: Any,
    now: datetime,
    based_on: FormVersion | None = None,
    internal: bool = False,
) -> WorkingForm:
    content = content | {"code": code}
    shared = keep_questions_of(content, by=by, now=now)
    times = {"started_at": now, "changed_at": now, "changed_by": by}
    working = WorkingForm.objects.create(
        code=code, content=content, shared=shared, based_on=based_on, internal=internal, **times
    )
    audit.record("forms.building_begun", by=by, about=working, now=now, detail={"code": code})
    return working


def _save(working: WorkingForm, content: Content, *, by: Any, now: datetime) -> WorkingForm:
    working.content, working.edited, working.undo = content, None, []
    working.shared = revisions_in(content)
    audit.record("forms.building_saved", by=by, about=working, now=now, detail={"code": working.code})
    return _keep(working, by=by, now=now)


def _hold(working: WorkingForm, revision: int) -> WorkingForm:
    held = hold(working)
    if held.revision != revision:
        raise BuiltMeanwhile(held)
    return held


def _keep(working: WorkingForm, *, by: Any, now: datetime) -> WorkingForm:
    working.revision += 1
    working.changed_at, working.changed_by = now, by
    working.save()
    return working
