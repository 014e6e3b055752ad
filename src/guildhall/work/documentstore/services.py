"""Putting approved forms and their files into the document store (SP-348)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.documents import services as documents
from guildhall.foundation.files import storage
from guildhall.foundation.files.archive import Sorted, sort_out
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox import services as outbox
from guildhall.paperwork.submissions import queries as submissions
from guildhall.records.children.models import Child
from guildhall.work.cases.models import Case
from guildhall.work.sharing.showing import content_of, document_of

from . import queries
from .models import Export
from .store import Store

MOST_AT_ONCE = 5_000


class FilesWait(Exception):
    """A file of the form was not scanned yet: the export is tried again."""


def put_exports(*, now: datetime) -> int:
    """Have every approved form that is not in the store put there, where that is switched on; how many."""
    if not queries.is_on() or queries.store() is None:
        return 0
    waiting = list(queries.waiting().values_list("submission_id", flat=True)[:MOST_AT_ONCE])
    for pk in waiting:
        outbox.put_again(queries.KIND, {"submission": pk}, key=f"{queries.KIND}:{pk}", now=now)
    return len(waiting)


def export(submission_id: int, *, now: datetime) -> Export | None:
    """Put one approved form there, with its files; None where that was switched off or undone meanwhile.

    Raises FarSideDown, FilesWait. Again replaces what is there.
    """
    store = queries.store()
    case = queries.waiting().filter(submission=submission_id).first()
    child = case.mention.child if case else None
    if not queries.is_on() or store is None or case is None or child is None:
        return None
    found = submissions.files_of_submission(case.submission)
    if any(file.state == StoredFile.State.QUARANTINED for file in found):
        raise FilesWait(f"{case.reference}: a file waits to be scanned")
    sorted_out = sort_out(found, now=now)
    _put_form(store, case, child, sorted_out, now=now)
    for number, file in enumerate(sorted_out.kept, 1):
        about = _about(case, child, now) | {"file": _about_file(file)}
        content = storage.path_of(file.storage_key).read_bytes()
        store.put(_place(case), f"{number:02d}-{file.name}", content, about)
    return _keep(case, sorted_out, now=now)


def _put_form(store: Store, case: Case, child: Child, sorted_out: Sorted, *, now: datetime) -> None:
    sender, language = case.submission.sender, case.submission.language
    content = content_of(case.submission, child, language=language, formatted=False)
    pdf = documents.pdf(document_of(content, reader=sender, now=now))
    left_out = [{"name": file.name, "why": why} for file, why in sorted_out.left_out]
    store.put(_place(case), "form.pdf", pdf, _about(case, child, now) | {"left_out": left_out})


@transaction.atomic
def _keep(case: Case, sorted_out: Sorted, *, now: datetime) -> Export:
    count = {"files": len(sorted_out.kept), "left_out": len(sorted_out.left_out)}
    kept, made = Export.objects.get_or_create(
        submission=case.submission, defaults={"exported_at": now, **count}
    )
    if made:
        child = case.mention.child_id
        audit.record("documents.exported", by=None, about=case, child=child, now=now, detail=count)
    return kept


def _place(case: Case) -> tuple[str, str]:
    return case.reference, str(case.submission_id)


def _about(case: Case, child: Child, now: datetime) -> dict[str, Any]:
    """Reference and child, as they stand beside each document."""
    return {
        "reference": case.reference,
        "form": {"code": case.form_code, "title": case.form_title, "approved_at": _stamp(case.decided_at)},
        "child": {
            "reference": child.reference,
            "name": child.name,
            "born_on": child.born_on.isoformat() if child.born_on else None,
            "upn": child.upn,
        },
        "exported_at": _stamp(now),
    }


def _about_file(file: StoredFile) -> dict[str, Any]:
    return file.proof | {"question": file.question, "uploaded_at": _stamp(file.uploaded_at)}


def _stamp(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
