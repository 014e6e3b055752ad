"""Beginning a form for many children, its rows, and sending a case for each."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.again import again_when_first_or_crossed
from guildhall.foundation.kit.meanwhile import refuse_stale
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.merging import digest
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from guildhall.work.intake import services as intake
from guildhall.work.schoolcases import services as school_cases

from . import queries
from .models import Batch, Row


class TooManyChildren(Refusal):
    """The form has as many rows as it takes."""


class Withdrawn(Refusal):
    """The form is no longer offered: the children who are on it can be sent, and no others added."""


class AlreadySent(Refusal):
    """The row was sent meanwhile, so it cannot be changed."""


class RowsUnfinished(Refusals):
    """Rows lack something; ``problems`` is keyed by ``row-<id>``. Nothing was sent."""


@transaction.atomic
def begin_batch(
    school: Establishment, *, version: FormVersion, by: User, language: str, now: datetime
) -> tuple[Batch, Draft]:
    """Begin a form for many children: the case of the first child, to be filled in as any other.

    Raises what raising a case raises.
    """
    _, draft = school_cases.raise_case(school, version=version, by=by, language=language, now=now)
    asked = queries.consents_of(forms.definition_of(version.pk))
    batch = Batch.objects.create(
        key=draft.key, school=school, version=version, by=by, asked=asked, started_at=now
    )
    audit.record("many.begun", by=by, about=batch, now=now, detail={"version": version.pk})
    return batch, draft


@transaction.atomic
def choose_questions(batch: Batch, *, asked: Collection[str], by: User, now: datetime) -> Batch:
    """Ask ``asked`` (codes) for each child; what rows answered to other questions stays unseen in them."""
    batch.asked = _asked(batch, asked)
    batch.save(update_fields=["asked"])
    detail = {"questions": batch.asked}
    audit.record("many.questions_chosen", by=by, about=batch, now=now, detail=detail)
    return batch


def _asked(batch: Batch, chosen: Collection[str]) -> list[str]:
    """Of the questions that were ``chosen``, those that the form has, and every consent."""
    definition = forms.definition_of(batch.version_id)
    wanted = {*chosen, *queries.consents_of(definition)}
    return [one.code for one in queries.others_of(definition) if one.code in wanted]


@transaction.atomic
def upgrade_draft(draft: Draft, *, by: User, now: datetime) -> Draft:
    """Move a draft to the newer version of its form; one for many children moves with all its rows."""
    upgraded = submissions.upgrade_draft(draft, by=by, now=now)
    if batch := queries.batch_with(upgraded.key):
        batch.version_id = upgraded.version_id
        batch.asked = _asked(batch, batch.asked)
        batch.save(update_fields=["version", "asked"])
    return upgraded


@transaction.atomic
def add_rows(batch: Batch, rows: Iterable[dict[str, Any]], *, by: User, now: datetime) -> list[Row]:
    """Add children, each by the answers that differ. Raises Withdrawn, TooManyChildren; adds none."""
    held = Batch.objects.select_for_update(of=("self",)).select_related("version__form").get(pk=batch.pk)
    if queries.is_withdrawn(held):
        raise Withdrawn(texts.say("schools.Many_Error_Withdrawn"), field="rows")
    wanted = list(rows)
    if batch.rows.count() + len(wanted) > queries.MOST:
        raise TooManyChildren(texts.say("schools.Many_Error_TooMany", most=queries.MOST), field="rows")
    made = [
        Row(batch=batch, answers=answers, name=queries.name_in(batch, answers), added_at=now)
        for answers in wanted
    ]
    for row in made:
        row.save()
    audit.record("many.rows_added", by=by, about=batch, now=now, detail={"rows": len(made)})
    return made


@transaction.atomic
def change_row(row: Row, *, answers: dict[str, Any], seen: str, by: User, now: datetime) -> Row:
    """Put other answers into a row. ``seen``: the digest of those that the page showed.

    Raises AlreadySent, ChangedMeanwhile.
    """
    held = _unsent(row)
    refuse_stale(seen, digest(held.answers), texts.say("schools.Many_Error_Meanwhile"))
    held.answers, held.name, held.problem = answers, queries.name_in(held.batch, answers), ""
    held.save()
    audit.record("many.row_changed", by=by, about=held, now=now)
    return held


@transaction.atomic
def remove_row(row: Row, *, by: User, now: datetime) -> None:
    """Take a child out again. Raises AlreadySent."""
    held = _unsent(row)
    audit.record("many.row_removed", by=by, about=held, now=now)
    held.delete()


def _unsent(row: Row) -> Row:
    held = Row.objects.select_for_update(of=("self",)).select_related("batch").filter(pk=row.pk).first()
    if held is None or held.sent_at:
        raise AlreadySent(texts.say("schools.Many_Error_Sent"))
    return held


def send_batch(
    batch: Batch,
    *,
    by: User,
    declarations: Collection[str],
    language: str,
    now: datetime,
    schools: Collection[int] = (),
) -> list[Row]:
    """Send a case for every row, then that of the first child; sending again sends only what is left.

    Each is sent whole or not at all. What could not be sent is kept with its ``problem`` and returned, and
    then the form of the first child stays as well. Raises RowsUnfinished, and what sending a form raises
    (Unfinished, NotAgreed); nothing is sent then. ``schools``: as ``intake.submit`` takes them.
    """
    draft = queries.draft_of(batch)
    if draft is None:
        return []
    _check(batch, draft, declarations, language, now)
    left = [row for row in queries.rows_of(batch) if row.sent_at is None]
    kept = [row for row in left if not _try(row, draft, by, declarations, language, now)]
    if not kept:
        intake.submit(
            draft.pk,
            sender=by,
            key=draft.key,
            declarations=declarations,
            language=language,
            now=now,
            schools=schools,
        )
    return kept


def _check(batch: Batch, draft: Draft, declarations: Collection[str], language: str, now: datetime) -> None:
    intake.check(draft, declarations=declarations, language=language, now=now)
    problems = {}
    for row in queries.rows_of(batch):
        if row.sent_at is None and (gaps := queries.gaps_in(batch, row.answers, draft.answers, every=True)):
            problems[f"row-{row.pk}"] = texts.say(
                "schools.Many_Error_Row", name=row.name or texts.say("schools.Many_NoName"), problem=gaps[0]
            )
    if problems:
        raise RowsUnfinished(problems)


def _try(
    row: Row, draft: Draft, by: User, declarations: Collection[str], language: str, now: datetime
) -> bool:
    """Send one row. False, with the reason kept, when it could not be sent."""
    try:
        _send_row(row.pk, draft, by, frozenset(declarations), language, now)
    except Refusal as refusal:
        Row.objects.filter(pk=row.pk, sent_at=None).update(problem=refusal.message[:500])
        return False
    return True


@again_when_first_or_crossed
def _send_row(
    row_id: int, shared: Draft, by: User, declarations: frozenset[str], language: str, now: datetime
) -> None:
    """In one transaction: the case is raised, filled in and sent, and the row says so. Once for ever."""
    row = (
        Row.objects.select_for_update(of=("self",))
        .select_related("batch__school", "batch__version__form")
        .get(pk=row_id)
    )
    if row.sent_at:
        return
    batch = row.batch
    case, draft = school_cases.raise_case(
        batch.school, version=batch.version, by=by, language=language, now=now, begun=True
    )
    copies = files.copy_held(from_=("draft", shared.pk), to=("draft", draft.pk), by=by, now=now)
    answers = queries.whole_answers(batch, row.answers, shared.answers)
    draft = submissions.save_answers(
        draft, answers=_with_copies(answers, copies), revision=draft.revision, place="", by=by, now=now
    )
    intake.submit(draft.pk, sender=by, key=draft.key, declarations=declarations, language=language, now=now)
    row.reference, row.sent_at, row.problem, row.answers = case.reference, now, "", {}
    row.save()
    audit.record("many.row_sent", by=by, about=row, now=now, detail={"reference": case.reference})


def _with_copies(value: Any, copies: dict[str, str]) -> Any:
    """The same answers, naming the copies of files instead of the files."""
    if isinstance(value, dict):
        return {key: _with_copies(held, copies) for key, held in value.items()}
    if isinstance(value, list):
        return [_with_copies(held, copies) for held in value]
    return copies.get(value, value) if isinstance(value, str) else value


@transaction.atomic
def forget_left(*, now: datetime) -> int:
    """Delete the children of forms that were deleted or ran out before everything was sent. Says how many."""
    drafts = Draft.objects.filter(key=OuterRef("batch__key"))
    sent = Submission.objects.filter(key=OuterRef("batch__key"))
    left = Row.objects.filter(~Exists(drafts), ~Exists(sent), sent_at=None)
    count, _ = left.delete()
    if count:
        audit.record("many.forgotten", by=None, about=("many.row", "left"), now=now, detail={"rows": count})
    return count
