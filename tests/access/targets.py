"""What each address is asked about: for every route with ids, whose things they are."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from guildhall.foundation.access.check import routes
from guildhall.foundation.files import services as files
from guildhall.foundation.texts import services as texts
from guildhall.foundation.texts.models import Change
from guildhall.mail.messages.models import MessageTemplate
from guildhall.paperwork.forms import services as forms
from guildhall.people.accounts.models import Passkey, Provider
from guildhall.people.calendars.days import school_year_of
from guildhall.people.calendars.models import BankHoliday
from guildhall.people.groups import models as groups
from guildhall.people.invitations.models import Invitation
from guildhall.records.linkage.models import BatchRun
from guildhall.work.alerts.models import Alert, Recipient, Run
from guildhall.work.cases import queries as cases
from guildhall.work.privacy.models import Breach, OddReading
from guildhall.work.schoolcases import queries as school_cases
from tests.standing import an_administrator

from .world import AT_THE_SCHOOL, LATER, PERSONAS, SENDERS, TEAMS, World

NO_UUID = UUID(int=7)
NO_NUMBER = 987_654_321
NO_WORD = "NOTHING-LIKE-THIS"
Arguments = dict[str, Any]
_TEXT: Arguments = {"area": "account", "key": "EmailSubject_Registration"}

# Routes that belong to one sender: name → the arguments for what that sender owns.
OF_A_SENDER: dict[str, Callable[[World, str], Arguments]] = {
    "filling:resume": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:autosave": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:upload": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:uploads": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:part": lambda world, who: _arriving(world, who),
    "filling:presence": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:summary": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:confirm": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:send": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:extend": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:upgrade": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:delete": lambda world, who: {"draft_id": world.owned[who].draft.pk},
    "filling:step": lambda world, who: {"draft_id": world.owned[who].draft.pk, "place": "child"},
    "filling:row": lambda world, who: _row_of(world, who),
    "filling:sent": lambda world, who: {"key": world.owned[who].submission.key},
    "filling:submission": lambda world, who: {"pk": world.owned[who].submission.pk},
    "filling:pdf": lambda world, who: {"pk": world.owned[who].submission.pk},
    "filling:word": lambda world, who: {"pk": world.owned[who].submission.pk},
    "filling:file": lambda world, who: {"pk": world.owned[who].file.pk},
    "inbox:message": lambda world, who: {"message_id": world.owned[who].message.pk},
    "inbox:conversation": lambda world, who: {"reference": world.owned[who].submission.reference},
}
# Routes that belong to one family: only parents have them.
OF_A_FAMILY: dict[str, Callable[[World, str], Arguments]] = {
    "families:child": lambda world, who: {"child_id": _child(world, who)},
    "families:remove-child": lambda world, who: {"child_id": _child(world, who)},
    "families:bring-back": lambda world, who: {"child_id": _child(world, who)},
    "families:looked": lambda world, who: {"child_id": _child(world, who)},
    "families:forms": lambda world, who: {"child_id": _child(world, who)},
}
# Routes of what is shared with one reader.
OF_A_READER: dict[str, Callable[[World], Arguments]] = {
    f"{portal}:{name}": arguments
    for portal in ("families", "professionals")
    for name, arguments in (
        ("shared-form", lambda world: {"shared_id": world.shared.pk}),
        ("shared-pdf", lambda world: {"shared_id": world.shared.pk}),
        (
            "shared-file",
            lambda world: {"shared_id": world.shared.pk, "file_id": world.owned["parent B"].file.pk},
        ),
        ("asked-one", lambda world: {"key": world.information.key}),
        ("asked-file", lambda world: {"key": world.answered.key, "file_id": world.answer_file.pk}),
        ("process", lambda world: {"involvement_id": world.process.involvement_id}),
    )
}
# Routes of what one team received.
OF_A_TEAM: dict[str, Callable[[World, str], Arguments]] = {
    "council:case": lambda world, team: {"reference": world.cases[team].reference},
    "council:assign": lambda world, team: {"reference": world.cases[team].reference},
    "council:take-up": lambda world, team: {"reference": world.cases[team].reference},
    "council:pass-on": lambda world, team: {"reference": world.cases[team].reference},
    "council:decide": lambda world, team: {"reference": world.cases[team].reference, "verb": "approve"},
    "council:recall": lambda world, team: {
        "reference": world.cases[team].reference,
        "message_id": next(each.pk for each in cases.conversation_of(world.cases[team]) if each.to_id),
    },
    "council:archive": lambda world, team: {"reference": world.cases[team].reference},
    "council:file": lambda world, team: {
        "reference": world.cases[team].reference,
        "file_id": world.case_file(team).pk,
    },
    "council:sharing": lambda world, team: {
        "reference": world.cases[team].reference,
        "version": world.approved_at(team),
    },
    "council:done": lambda world, team: {
        "reference": world.cases[team].reference,
        "version": world.approved_at(team),
    },
    "council:entry": lambda world, team: {"pk": world.entry(team).pk},
    "council:entry-print": lambda world, team: {"pk": world.entry(team).pk},
    "council:share-form": lambda world, team: {"pk": world.entry(team).pk},
    "council:entry-file": lambda world, team: {
        "pk": world.entry(team).pk,
        "file_id": world.case_file(team).pk,
    },
    "council:case-log": lambda world, team: {"reference": world.cases[team].reference},
    "council:case-log-csv": lambda world, team: {"reference": world.cases[team].reference},
    "council:case-note": lambda world, team: {"reference": world.cases[team].reference},
    "council:case-print": lambda world, team: {"reference": world.cases[team].reference},
}
# Routes of what one school has.
# What one school sent to another belongs to both.
TRANSFER_ACTS = ("", "-send", "-discard", "-withdraw", "-download")
BETWEEN_SCHOOLS = tuple(f"schools:transfer{act}" for act in TRANSFER_ACTS)
OF_A_SCHOOL: dict[str, Callable[[World], Arguments]] = {
    "schools:edit": lambda world: {"pk": world.place.pk},
    "schools:user-details": lambda world: {"pk": world.place.pk},
    "schools:act": lambda world: {"pk": world.place.pk, "name": "reset-password"},
    "schools:case": lambda world: {"pk": world.school_case.pk},
    "schools:case-abandon": lambda world: {"pk": world.school_case.pk},
    "schools:case-copy": lambda world: {"pk": world.school_case.pk},
    "filling:sharing": lambda world: {"draft_id": _school_draft(world)},
    "schools:case-pdf": lambda world: {"pk": world.school_sent.pk},
    "schools:choose-services": lambda world: {"pk": world.place.pk},
    "schools:responsibilities-of": lambda world: {"pk": world.place.pk},
    "schools:responsibility-request": lambda world: {"pk": world.asked_change.pk},
    "schools:consultation": lambda world: {"pk": world.opinion_asked.pk},
    **{
        f"schools:{name}": lambda world: {"pk": world.action.pk}
        for name in (
            *("action", "action-note", "action-move", "action-give", "action-change"),
            "action-cancel",
        )
    },
    "schools:finance-statement": lambda world: {"pk": world.statement.pk},
    "schools:finance-file": lambda world: {"pk": world.statement.pk, "kind": "csv"},
    "schools:finance-return": lambda world: {"pk": world.asked_back.of_id},
    "schools:finance-check": lambda world: {"pk": world.asked_back.of_id},
    "schools:finance-sent": lambda world: {"reference": world.asked_back.reference},
    "schools:returns-return": lambda world: {"pk": world.census.of_id},
    "schools:returns-export": lambda world: {"pk": world.census.of_id},
    "schools:returns-act": lambda world: {"pk": world.census.of_id},
    "schools:returns-found": lambda world: {"pk": world.census.of_id, "found_pk": world.census.pk},
    **{name: lambda world: {"pk": world.transfer.pk} for name in BETWEEN_SCHOOLS},
    "schools:transfer-claim": lambda world: {"pk": world.lost_transfer.pk},
    "schools:invoices-file": lambda world: {"pk": world.invoices_file.pk},
    "schools:invoices-send": lambda world: {"pk": world.invoices_file.pk},
    "schools:invoices-problems": lambda world: {"pk": world.invoices_file.pk},
    "schools:invoices-discard": lambda world: {"pk": world.invoices_file.pk},
    "schools:invoices-line": lambda world: {"pk": world.invoices_file.pk, "line": 2},
    "schools:invoices-batch": lambda world: {"reference": world.invoices.reference},
    "schools:invoices-pdf": lambda world: {"reference": world.invoices.reference},
    "schools:invoices-withdraw": lambda world: {"reference": world.invoices.reference},
    "schools:invoices-again": lambda world: {"reference": world.invoices.reference},
    "schools:meals-change": lambda world: {"pk": world.pupil.pk},
    "schools:meals-remove": lambda world: {"pk": world.pupil.pk},
    "schools:meals-amendment": lambda world: {"pk": world.amendment.pk},
    "schools:meals-withdraw": lambda world: {"pk": world.amendment.pk},
    "schools:many": lambda world: {"pk": world.batch.pk},
    "schools:many-add": lambda world: {"pk": world.batch.pk},
    "schools:many-change": lambda world: {"pk": world.batch.pk, "row_id": world.batch_row.pk},
    "schools:many-remove": lambda world: {"pk": world.batch.pk, "row_id": world.batch_row.pk},
    "schools:many-questions": lambda world: {"pk": world.batch.pk},
    "schools:many-paste": lambda world: {"pk": world.batch.pk},
    "schools:admissions-export": lambda world: {"pk": world.round.pk},
    "schools:emergency-change": lambda world: {"pk": world.contact.pk},
    "schools:emergency-move": lambda world: {"pk": world.contact.pk},
    "schools:emergency-remove": lambda world: {"pk": world.contact.pk},
    "schools:emergency-put-back": lambda world: {"pk": world.removed_contact.pk},
    **{
        f"schools:review-{name}": lambda world: {"pk": world.reviewed.pk}
        for name in ("pupil", "dates", "end", "put-back", "meeting")
    },
    **{
        f"schools:review-{name}": lambda world: {"pk": world.sent_review.pk}
        for name in ("cancel", "check", "documents", "correct", "drop")
    },
    "schools:reviews-loading": lambda world: {"pk": world.review_rows.pk},
    "schools:reviews-decide": lambda world: {"pk": world.review_rows.pk},
    "schools:review-part": lambda world: {"pk": world.sent_review.pk, "name": "views"},
    "schools:review-report": lambda world: {"pk": world.sent_review.pk, "number": 1},
    "schools:review-pdf": lambda world: {"pk": world.sent_review.pk, "number": 1},
    "schools:review-file": lambda world: _reviewed_file(world) | {"number": 1},
    "schools:review-draft-file": lambda world: _reviewed_file(world),
    "schools:review-remove-file": lambda world: _reviewed_file(world),
    **{
        f"schools:governors-{name}": lambda world: {"pk": world.paper.pk}
        for name in ("paper", "paper-replace", "paper-withdraw")
    },
    "schools:governors-paper-put-back": lambda world: {"pk": world.withdrawn_paper.pk},
    "schools:governors-file": lambda world: {"pk": world.paper.pk, "file_id": world.paper.file_id},
    **{
        f"schools:governors-{name}": lambda world: {"pk": world.paper.meeting_id}
        for name in ("meeting", "meeting-change", "meeting-remove", "paper-add")
    },
    **{
        f"schools:governors-{name}": lambda world: {"pk": world.course.pk}
        for name in ("course", "book", "cancel")
    },
    **{
        f"schools:{name}": lambda world: {"pk": world.floor_plan.pk}
        for name in ("plan", "plan-show", "plan-download")
    },
    "schools:folder-document": lambda world: {"pk": world.document.pk},
    "schools:folder-file": lambda world: {"pk": world.document.pk, "file_id": world.document.file_id},
    "schools:folder-change": lambda world: {"pk": world.document.pk},
    "schools:folder-replace": lambda world: {"pk": world.document.pk},
    "schools:folder-remove": lambda world: {"pk": world.document.pk},
    "schools:folder-put-back": lambda world: {"pk": world.removed_document.pk},
    "schools:folder-section": lambda world: {"pk": world.section.pk},
    "schools:many-send": lambda world: {"pk": world.batch.pk},
    "schools:closure": lambda world: {"pk": world.closure.pk},
    "schools:extend-closure": lambda world: {"pk": world.closure.pk},
    "schools:end-closure": lambda world: {"pk": world.closure.pk},
    "schools:withdraw-closure": lambda world: {"pk": world.closure.pk},
    **dict.fromkeys(
        (
            *("schools:post-item", "schools:post-archive", "schools:post-done", "schools:post-files"),
            *("schools:post-forward", "schools:post-return"),
        ),
        lambda world: {"pk": world.posting.pk},
    ),
    "schools:post-file": lambda world: {"pk": world.posting.pk, "file_id": world.attachment.pk},
    "schools:post-returned": lambda world: {"pk": world.posting.pk, "returned_id": world.returned.pk},
    "schools:end-duty": lambda world: {"pk": world.duty.pk},
    "schools:traded-enquiry": lambda world: {"pk": world.enquiry.pk},
    **dict.fromkeys(
        (
            *("schools:notice", "schools:notice-picture", "schools:notice-change"),
            *("schools:notice-withdraw", "schools:notice-report"),
        ),
        lambda world: {"pk": world.notice.pk},
    ),
    "schools:import": lambda world: {"pk": world.importing.pk},
    "schools:decide-import": lambda world: {"pk": world.importing.pk},
    "schools:import-problems": lambda world: {"pk": world.importing.pk},
}
# Routes of what the whole council, or everybody, shares.
OF_ALL: dict[str, Callable[[World], Arguments]] = {
    "schools:returns-guidance": lambda _world: {"year": 2026, "key": "AUT"},
    "schools:returns-upload": lambda _world: {"year": 2026, "key": "AUT", "area": "live"},
    "council:returns-chase": lambda _world: {"year": 2026, "key": "AUT"},
    "council:returns-return": lambda world: {"pk": world.census.of_id},
    "council:returns-export": lambda world: {"pk": world.census.of_id},
    "council:transfer-hand-over": lambda world: {"pk": world.lost_transfer.pk},
    "council:transfer-students": lambda world: {"pk": world.asked_numbers.pk},
    "council:transfer-results": lambda world: {"pk": world.asked_numbers.pk},
    **{f"council:transfer{act}": lambda world: {"pk": world.transfer.pk} for act in TRANSFER_ACTS},
    **{
        f"council:{name}": lambda world: {"pk": world.course.pk}
        for name in ("course", "course-change", "course-cancel", "course-export")
    },
    **{f"council:news-{name}": lambda world: {"pk": world.news.pk} for name in ("change", "remove")},
    "council:news-put-back": lambda world: {"pk": world.removed_news.pk},
    "schools:download": lambda world: {"pk": world.download.pk},
    "council:download": lambda world: {"pk": world.download.pk},
    **{
        f"council:download-{name}": lambda world: {"pk": world.download.pk}
        for name in ("change", "replace", "move", "retire", "offer")
    },
    "council:download-file": lambda world: {"pk": world.download.pk, "file_id": world.download.file_id},
    "council:download-section": lambda world: {"pk": world.download.section_id},
    "council:download-section-move": lambda world: {"pk": world.download.section_id},
    "council:download-section-remove": lambda world: {"pk": world.download.section_id},
    "council:plans-of": lambda world: {"pk": world.place.school_id},
    "council:plan-add": lambda world: {"pk": world.place.school_id},
    **{
        f"council:plan-{name}": lambda world: {"pk": world.floor_plan.pk}
        for name in ("change", "retire", "restore", "file")
    },
    **dict.fromkeys(
        ("building:form", "building:clone", "building:selector", "building:map"),
        lambda _world: {"code": "EVERY-KIND"},
    ),
    **dict.fromkeys(
        ("building:group", "building:group-delete", "building:group-rule"),
        lambda _world: {"code": "EVERY-KIND", "key": "child"},
    ),
    **dict.fromkeys(
        ("building:placed", "building:question-rule"),
        lambda _world: {"code": "EVERY-KIND", "question": "CHILD_SURNAME"},
    ),
    **dict.fromkeys(("building:group-new", "building:question-new"), lambda _world: {"code": "EVERY-KIND"}),
    **dict.fromkeys(("building:question", "building:question-delete"), lambda _world: {"code": _question()}),
    "building:publish": lambda _world: {"code": "EVERY-KIND"},
    "building:versions": lambda _world: {"code": "EVERY-KIND"},
    "building:publish-again": lambda _world: {"code": "EVERY-KIND", "number": "1"},
    "building:withdraw": lambda _world: {"code": "EVERY-KIND"},
    **dict.fromkeys(
        (
            *("building:export", "building:translate-export", "building:translate-import"),
            *("building:preview-pdf", "building:preview-docx"),
        ),
        lambda _world: {"code": "EVERY-KIND"},
    ),
    "building:translate": lambda _world: {"code": "EVERY-KIND"},
    "building:compare": lambda _world: {"code": "EVERY-KIND"},
    "building:preview": lambda _world: {"code": "EVERY-KIND"},
    "building:preview-step": lambda _world: {"code": "EVERY-KIND", "place": "child"},
    "building:preview-forget": lambda _world: {"code": "EVERY-KIND"},
    "building:plan-cancel": lambda _world: {"pk": NO_NUMBER - 1},
    "brand": lambda _world: {"stamp": "1d4f91"},
    "council:mention": lambda world: {"pk": world.waiting.pk},
    "council:school-action-cancel": lambda world: {"pk": world.given_action.pk},
    **dict.fromkeys(
        (
            *("schools:traded-service", "schools:traded-brochure"),
            *("council:traded-service", "council:traded-change", "council:traded-brochure"),
        ),
        lambda world: {"pk": world.traded.pk},
    ),
    "schools:traded-ask": lambda world: {"pk": world.traded.pk, "kind": "question"},
    "council:traded-act": lambda world: {"pk": world.traded.pk, "name": "up"},
    "council:traded-enquiry": lambda world: {"pk": world.enquiry.pk},
    "schools:notice-new": lambda _world: {"kind": "free"},
    "council:notice": lambda world: {"pk": world.notice.pk},
    "council:notice-picture": lambda world: {"pk": world.notice.pk},
    "council:annual-review-pupil": lambda world: {"pk": world.reviewed.pk},
    "council:annual-review": lambda world: {"pk": world.sent_review.pk},
    "council:annual-review-take-back": lambda world: {"pk": world.sent_review.pk},
    "council:annual-review-version": lambda world: {"pk": world.sent_review.pk, "version": 1},
    "council:annual-review-pdf": lambda world: {"pk": world.sent_review.pk, "version": 1},
    "council:annual-review-file": lambda world: _reviewed_file(world) | {"version": 1},
    **{
        f"council:finance-{name}": lambda world: {"pk": world.statement.pk}
        for name in ("statement", "withdraw", "put-back")
    },
    "council:finance-month": lambda world: {"month": f"{world.statement.month:%Y-%m}"},
    **{
        f"council:finance-{name}": lambda world: {"pk": world.finance_file.pk}
        for name in ("upload", "decide")
    },
    **{
        f"council:finance-{name}": lambda world: {"pk": world.asked_back.of.asked_id}
        for name in ("asked", "export", "ask-withdraw", "ask-again")
    },
    "council:finance-version": lambda world: {"reference": world.asked_back.reference},
    "council:invoices-batch": lambda world: {"reference": world.invoices.reference},
    "council:invoices-export": lambda world: {"reference": world.invoices.reference},
    "council:invoices-move": lambda world: {"reference": world.invoices.reference},
    "council:invoices-line": lambda world: {
        "reference": world.invoices.reference,
        "pk": world.invoices.lines.get().pk,
    },
    "council:meals-amendment": lambda world: {"pk": world.amendment.pk},
    "council:admissions-round": lambda world: {"pk": world.round.pk},
    "council:admissions-change": lambda world: {"pk": world.round.pk},
    "council:admissions-load": lambda world: {"pk": world.round.pk},
    "council:admissions-school": lambda world: {"pk": world.round.pk, "school_id": world.place.school_id},
    "council:admissions-export": lambda world: {"pk": world.round.pk, "school_id": world.place.school_id},
    "council:admissions-loading": lambda world: {"pk": world.applications.pk},
    "council:admissions-loading-decide": lambda world: {"pk": world.applications.pk},
    "council:emergency-school": lambda world: {"pk": world.place.school_id},
    "council:meals-list": lambda world: {"pk": world.place.school_id},
    "council:meals-export": lambda world: {"pk": world.place.school_id},
    "council:meals-remove": lambda world: {"pk": world.pupil.pk},
    "council:meals-put-back": lambda world: {"pk": world.pupil.pk},
    "council:meals-loading": lambda world: {"pk": world.loading.pk},
    "council:meals-loading-decide": lambda world: {"pk": world.loading.pk},
    "council:mention-sure": lambda world: {"pk": world.waiting.pk, "verb": "add"},
    "council:undo": lambda world: {"pk": world.decision.pk},
    "council:undo-since": lambda world: {"pk": world.decision.pk},
    "council:opinion-ask": lambda world: {"pk": world.waiting.pk},
    **dict.fromkeys(
        ("council:opinion-give", "council:opinion-withdraw"), lambda world: {"pk": world.opinion.pk}
    ),
    "council:doubt-keep": lambda world: {"pk": world.second_look.pk},
    "council:merge-undo": lambda world: {"pk": world.merge.pk},
    "council:child-merge": lambda world: {"pk": _record(world)},
    "council:child-merge-with": lambda world: {"pk": _record(world), "other": world.merge.gone_id},
    "council:child": lambda world: {"pk": _record(world)},
    "council:child-why": lambda world: {"pk": _record(world)},
    "council:child-change": lambda world: {"pk": _record(world)},
    "council:child-chronology": lambda world: {"pk": _record(world)},
    "council:new-form": lambda world: {"pk": _record(world)},
    "council:new-form-begin": lambda world: {"pk": _record(world), "code": "EVERY-KIND"},
    "council:form-check": lambda world: {"pk": _record(world), "draft_id": world.child_form.pk},
    "council:for-family-begin": lambda _world: {"code": "EVERY-KIND"},
    "schools:for-family-begin": lambda _world: {"code": "EVERY-KIND"},
    "schools:many-begin": lambda _world: {"code": "psc"},
    "council:child-forms": lambda world: {"pk": _record(world)},
    "council:child-looked": lambda world: {"pk": _record(world)},
    "council:child-process": lambda world: {"pk": _record(world)},
    "council:process-start": lambda world: {"pk": _record(world)},
    **{
        f"council:process-{name}": lambda world: {"pk": _record(world), "process_id": world.process.pk}
        for name in ("dates", "undo", "marker", "marker-remove", "excuse")
    },
    "council:process-excuse-withdraw": lambda world: {
        "pk": _record(world),
        "excuse_id": world.excuse.pk,
    },
    "council:child-sharing": lambda world: {"pk": _record(world)},
    "council:sharing-find": lambda world: {"pk": _record(world)},
    "council:sharing-add": lambda world: {"pk": _record(world), "user_id": world.people["parent C"].pk},
    "council:sharing-change": lambda world: {"pk": _record(world), "entry_id": world.shared.recipient_id},
    "council:child-log": lambda world: {"pk": _record(world)},
    "council:child-log-csv": lambda world: {"pk": _record(world)},
    "council:child-note": lambda world: {"pk": _record(world)},
    "council:child-adults": lambda world: {"pk": _record(world)},
    "council:child-adult-add": lambda world: {"pk": _record(world)},
    "council:child-adult-choose": lambda world: {"pk": _record(world)},
    "council:child-adult": lambda world: {"pk": _record(world), "person": world.adult.pk},
    "council:person": lambda world: {"pk": world.adult.pk},
    "council:person-change": lambda world: {"pk": world.adult.pk},
    "council:person-remove": lambda world: {"pk": world.adult.pk},
    "council:person-put-back": lambda world: {"pk": world.adult.pk},
    "council:person-unlink": lambda world: {"pk": world.adult_link.pk},
    "council:person-link": lambda world: {"pk": _record(world), "entry_id": world.shared.recipient_id},
    "council:communication": lambda world: {"pk": world.noted.pk},
    "council:advice": lambda world: {"pk": _record(world)},
    "council:advice-csv": lambda world: {"pk": _record(world)},
    "council:advice-pdf": lambda world: {"pk": _record(world)},
    "council:advice-add": lambda world: {"pk": _record(world)},
    "council:advice-entry": lambda world: _asked(world),
    "council:advice-change": lambda world: _asked(world),
    "council:advice-remove": lambda world: _asked(world),
    "council:advice-put-back": lambda world: _asked(world),
    "council:advice-tell": lambda world: _asked(world),
    "council:advice-more": lambda world: _asked(world) | {"entry_id": world.answered.pk},
    "council:advice-letter": lambda world: _asked(world) | {"kind": "pdf"},
    "council:advice-file": lambda world: (
        _asked(world) | {"entry_id": world.answered.pk, "file_id": world.answer_file.pk}
    ),
    "council:share-stop": lambda world: {"shared_id": world.shared.pk},
    "council:status-again": lambda world: {"pk": world.stuck.pk},
    "administration:setting": lambda _world: {"page": "drafts"},
    "administration:setting-history": lambda _world: {"page": "drafts"},
    "administration:print-sample": lambda _world: {"kind": "pdf"},
    "administration:setting-restore": lambda _world: {"pk": NO_NUMBER - 1},
    "administration:announcements-restore": lambda _world: {"pk": NO_NUMBER - 1},
    "administration:tile": lambda _world: {"tile": "transport"},
    "administration:tile-restore": lambda _world: {"tile": "transport", "pk": NO_NUMBER - 1},
    "administration:footer-page": lambda _world: {"page": "about"},
    "administration:footer-restore": lambda _world: {"page": "about", "pk": NO_NUMBER - 1},
    "administration:cache-clear": lambda _world: {"item": "texts"},
    "administration:consent-cache-clear": lambda _world: {"item": "texts"},
    "families:service": lambda _world: {"service": "courses"},
    "logo": lambda _world: {"digest": "0" * 64},
    "schools:case-start": lambda _world: {"code": "psc"},
    "administration:case-type": lambda _world: {"code": "psc"},
    "schools:entry": lambda world: {"pk": world.entry_of_site.pk},
    "schools:training-days": lambda _world: {"year": school_year_of(timezone.localdate())},
    "schools:own-dates": lambda _world: {"year": school_year_of(timezone.localdate())},
    "administration:calendar-year": lambda _world: {"year": school_year_of(timezone.localdate())},
    "administration:bank-holiday-remove": lambda _world: {"pk": _holiday()},
    "administration:closure-reason": lambda world: {"pk": world.closure.reason_id},
    "administration:closure": lambda world: {"pk": world.closure.pk},
    "schools:secure-service": lambda _world: {"key": "results"},
    "administration:school": lambda world: {"pk": world.place.school_id},
    "administration:school-keyfobs": lambda world: {"pk": world.place.school_id},
    "administration:school-remote-access": lambda world: {"pk": world.place.pk},
    "administration:school-add": lambda world: {"pk": world.place.school_id},
    "administration:school-act": lambda world: {"pk": world.place.pk, "name": "reset-password"},
    "administration:school-import": lambda world: {"pk": world.importing.pk},
    "administration:school-decide": lambda world: {"pk": world.importing.pk},
    "administration:school-problems": lambda world: {"pk": world.importing.pk},
    "administration:school-request": lambda world: {"pk": world.information.pk},
    "administration:responsibility": lambda world: {"pk": world.asked_change.wishes.get().responsibility_id},
    "administration:responsibility-proposal": lambda world: {"pk": world.opinion_asked.proposal_id},
    "administration:job-title": lambda world: {"pk": world.place.job_title_id},
    "administration:school-site-entry": lambda world: {"pk": world.entry_of_site.pk},
    "administration:school-site-remove": lambda world: {"pk": world.entry_of_site.pk},
    "administration:privacy-request": lambda world: {"pk": world.request.pk},
    "administration:privacy-check": lambda world: {"pk": world.request.pk},
    "administration:privacy-whole": lambda world: {"pk": world.request.pk},
    "administration:privacy-pack": lambda world: {"pk": world.request.pk},
    "administration:privacy-kept": lambda _world: {"key": "forms"},
    "administration:privacy-lift": lambda world: {"pk": world.hold.pk},
    "administration:privacy-run": lambda world: {"pk": world.run.pk},
    "administration:privacy-run-act": lambda world: {"pk": world.run.pk, "act": "drop"},
    "administration:privacy-odd-one": lambda _world: {"pk": _odd_reading()},
    "administration:privacy-breach": lambda world: {"pk": _breach(world)},
    "administration:privacy-breach-close": lambda world: {"pk": _breach(world)},
    "administration:privacy-right": lambda world: {"pk": world.asked_right.pk},
    "administration:privacy-erase": lambda world: {"pk": world.asked_right.pk},
    "administration:privacy-right-act": lambda world: {"pk": world.asked_right.pk, "act": "resume"},
    "account:rights-take-back": lambda world: {"pk": world.asked_right.pk},
    "account:rights-copy": lambda world: {"pk": world.asked_right.pk},
    "account:rights-reply": lambda world: {"pk": world.asked_right.pk},
    "administration:privacy-act": lambda world: {"pk": world.request.pk, "act": "pause"},
    "administration:linkage-put-back": lambda _world: {"pk": NO_NUMBER - 1},
    "administration:linkage-learn-stop": lambda _world: {"pk": NO_NUMBER - 1},
    "administration:linkage-model": lambda _world: {"number": 0},
    "administration:linkage-use": lambda _world: {"number": 0},
    **dict.fromkeys(
        (
            *("batches:run", "batches:decide", "batches:add", "batches:download", "batches:problems"),
            "batches:remove",
        ),
        lambda _world: {"pk": _batch()},
    ),
    "batches:undo": lambda _world: {"pk": _batch(), "pair": NO_NUMBER - 1},
    "batches:undo-row": lambda _world: {"pk": _batch(), "row": NO_NUMBER - 1},
    "administration:consent-question": lambda world: {"pk": world.unpublished.question_id},
    "administration:consent-schedule-delete": lambda world: {"pk": world.unpublished.pk},
    "administration:consent-statement": lambda world: {"pk": world.withdrawal.given.statement_id},
    "administration:consent-children": lambda world: {"pk": world.withdrawal.pk},
    "administration:consent-actioned": lambda world: {"pk": world.withdrawal.pk},
    "administration:consent-not-actioned": lambda world: {"pk": world.withdrawal.pk},
    "administration:consent-history": lambda world: {"pk": world.withdrawal.user_id},
    "administration:text": lambda _world: _TEXT | {"culture": "en"},
    "administration:text-restore": lambda _world: _TEXT | {"culture": "en"},
    "administration:text-confirm": lambda _world: dict(_TEXT),
    "administration:text-change-restore": lambda _world: {"pk": _text_change()},
    "administration:texts-export": lambda _world: {"area": "account"},
    "administration:email": lambda _world: {"key": "Registration"},
    "administration:email-test": lambda _world: {"key": "Registration"},
    **dict.fromkeys(
        (
            "administration:alert",
            "administration:alert-activate",
            "administration:alert-deactivate",
            "administration:alert-remove",
            "administration:alert-recipients",
            "administration:alert-runs",
        ),
        lambda _world: {"pk": _alert().pk},
    ),
    "administration:alert-back": lambda _world: {"pk": _alert(removed=True).pk},
    "administration:alert-recipient-remove": lambda _world: {"pk": _alert().pk, "line": _recipient().pk},
    "administration:alert-run": lambda _world: {"pk": _alert().pk, "number": _alert_run().pk},
    "administration:template": lambda _world: {"pk": _template()},
    "administration:template-edit": lambda _world: {"pk": _template()},
    "administration:template-delete": lambda _world: {"pk": _template()},
    "administration:template-back": lambda _world: {"pk": _template()},
    "administration:template-test": lambda _world: {"pk": _template()},
    "account:rename-way": lambda world: {"kind": "passkey", "pk": _passkey(world)},
    "account:remove-way": lambda world: {"kind": "passkey", "pk": _passkey(world)},
    "administration:provider": lambda _world: {"pk": _provider()},
    "administration:provider-test": lambda _world: {"pk": _provider()},
    "administration:provider-remove": lambda _world: {"pk": _provider()},
    "administration:group": lambda _world: {"key": "auditor"},
    "administration:group-end": lambda _world: {"key": "auditor"},
    "administration:groups-undo": lambda _world: {"pk": _group_change()},
    "administration:user": lambda world: {"pk": world.people["send"].pk},
    "administration:user-places": lambda world: {"pk": world.people["send"].pk},
    "administration:user-email": lambda world: {"pk": world.people["send"].pk},
    "administration:user-act": lambda world: {"pk": world.people["send"].pk, "act": "lock"},
    "administration:invitation-act": lambda _world: {"pk": _invitation(), "act": "withdraw"},
    **dict.fromkeys(
        (
            *("posting:posting", "posting:edit", "posting:remove", "posting:publish", "posting:unschedule"),
            *("posting:correct", "posting:withdraw", "posting:report", "posting:export", "posting:chase"),
            "posting:returned",
        ),
        lambda world: {"pk": world.posting.pk},
    ),
    **dict.fromkeys(
        ("posting:file", "posting:detach"),
        lambda world: {"pk": world.posting.pk, "file_id": world.attachment.pk},
    ),
    **dict.fromkeys(
        ("posting:returned-file", "posting:accept", "posting:send-back"),
        lambda world: {"returned_id": world.returned.pk},
    ),
    "demonstration:letter": lambda _world: {"name": "20260601-120000-000000-x.eml"},
}
# Routes of forms, by code: what it is for.
OF_A_FORM = {
    "parents' form": "EVERY-KIND",
    "young people's form": "EVERY-YOUNG",
    "professionals' form": "CONCERN",
}
FORM_ROUTES = ("filling:start", "filling:overview", "filling:overview-next")
# The answer file of parent A's conversation.
ANSWER_FILE = "inbox:file"
# Links of emails: nobody here holds one.
LINKS = (
    "account:link-register",
    "account:link-change-email",
    "account:link-unlock",
    "account:link-set-password",
    "account:directory",
    "account:directory-back",
    "professionals:invitation",
)


def cells(world: World, persona: str) -> Iterator[tuple[str, str, str, Arguments | None]]:
    """Every (route, verb, relation, arguments) to ask as ``persona``; None where there is no such thing."""
    for _, name, *_ in routes():
        for relation, arguments in relations(world, name, PERSONAS[persona]):
            yield from ((name, verb, relation, arguments) for verb in ("GET", "HEAD", "POST"))
        least = relations(world, name, PERSONAS[persona])[-1][1]
        yield from ((name, verb, "any", least) for verb in ("PUT", "DELETE"))


def relations(world: World, name: str, who: str) -> list[tuple[str, Arguments | None]]:
    """The relations in which ``who`` stands to what the route ``name`` shows."""
    if name in OF_A_SENDER:
        return _of_person(world, OF_A_SENDER[name], who, SENDERS)
    if name in OF_A_FAMILY:
        return _of_person(world, OF_A_FAMILY[name], who, ("parent A", "parent B", "parent C"))
    if name in OF_A_TEAM:
        return _of_team(world, OF_A_TEAM[name], who)
    if name in OF_A_SCHOOL:
        there = OF_A_SCHOOL[name](world)
        at_an_end = name in BETWEEN_SCHOOLS and who == "supervisor elsewhere"
        own, other = (there, None) if who in AT_THE_SCHOOL or at_an_end else (None, there)
        return [("own", own), ("other", other), ("missing", _missing(there))]
    if name in OF_A_READER:
        there = OF_A_READER[name](world)
        own, other = (there, None) if who == "parent B" else (None, there)
        return [("own", own), ("other", other), ("missing", _missing(there))]
    if name in OF_ALL:
        there = OF_ALL[name](world)
        return [("there", there), ("missing", _missing(there))]
    if name in FORM_ROUTES:
        return [(kind, {"code": code}) for kind, code in {**OF_A_FORM, "missing": NO_WORD}.items()]
    if name in LINKS:
        return [("missing", {"key": NO_WORD})]
    if name == ANSWER_FILE:
        return _of_answer(world, who)
    return [("-", {})]


def knows(name: str, path: str) -> bool:
    """Whether somebody said what the ids of the route stand for."""
    tables = (
        OF_A_SENDER,
        OF_A_FAMILY,
        OF_A_READER,
        OF_A_TEAM,
        OF_A_SCHOOL,
        OF_ALL,
        FORM_ROUTES,
        LINKS,
        (ANSWER_FILE,),
    )
    return "<" not in path or any(name in table for table in tables)


def body_for(world: World, name: str, who: str) -> dict[str, Any]:
    """What a page of ours would post, where an empty post could not tell a refusal from an open door."""
    owned = world.owned.get(who)
    if name in {"filling:send", "filling:confirm"} and owned:
        return {"key": str(owned.draft.key), "declarations": ["first", "second"]}
    if name in {"filling:autosave", "filling:upload", "filling:uploads"}:
        return {"place": "child"}
    if name == "council:mention":
        return {"child": _record(world)}
    return {}


def _reviewed_file(world: World) -> Arguments:
    [file] = world.sent_review.reports.get(number=1).files
    return {"pk": world.sent_review.pk, "file_id": UUID(file["id"])}


def _of_person(
    world: World, arguments: Callable[[World, str], Arguments], who: str, among: tuple[str, ...]
) -> list[tuple[str, Arguments | None]]:
    like = "professional" if who.startswith("professional") else "parent A"
    other = {"parent A": "parent B", "professional": "professional 2"}.get(who, like)
    other = other if other in among else "parent A"
    own = arguments(world, who) if who in among else None
    own = None if who.startswith("professional") and own and "row_id" in own else own
    return [("own", own), ("other", arguments(world, other)), ("missing", _missing(arguments(world, other)))]


def _of_team(
    world: World, arguments: Callable[[World, str], Arguments], who: str
) -> list[tuple[str, Arguments | None]]:
    other = "safeguarding" if who == "send" else "send"
    own = arguments(world, who) if who in TEAMS else None
    there = arguments(world, other)
    return [("same team", own), ("other team", there), ("missing", _missing(there))]


def _of_answer(world: World, who: str) -> list[tuple[str, Arguments | None]]:
    asked = world.owned["parent A"]
    assert asked.answer_file
    there = {"reference": asked.submission.reference, "file_id": asked.answer_file.pk}
    if who == "parent A":
        return [("own", there), ("other", None), ("missing", _missing(there))]
    return [("own", None), ("other", there), ("missing", _missing(there))]


def _text_change() -> int:
    """A change in the history of a text."""
    if not Change.objects.exists():
        texts.change_text(
            "account.EmailSubject_AccountLocked", language="en", value="Ours", by=None, now=LATER
        )
    return Change.objects.latest("pk").pk


def _template() -> int:
    """A template of messages."""
    words = {"subject_en": "Hello", "body_en": "Hello", "changed_at": LATER}
    return MessageTemplate.objects.get_or_create(name="Of the world", defaults=words)[0].pk


def _alert(*, removed: bool = False) -> Alert:
    """An alert, on the list or taken off it."""
    who = {"removed_by": an_administrator(), "removed_at": LATER} if removed else {}
    values = {"kind": "trigger", "reason": "Of the world", "made_at": LATER, "changed_at": LATER} | who
    taken = LATER if removed else None
    return Alert.objects.get_or_create(reason="Of the world", removed_at=taken, defaults=values)[0]


def _recipient() -> Recipient:
    return Recipient.objects.get_or_create(alert=_alert(), kind="citizens")[0]


def _alert_run() -> Run:
    values = {"alert": _alert(), "planned_at": LATER, "ended_at": LATER, "state": "nobody"}
    return Run.objects.get_or_create(key="of the world", defaults=values)[0]


def _question() -> str:
    """A question of the bank that no form has."""
    words = {"en": "Free", "cy": "Rhydd"}
    return forms.keep_question(
        {"code": "FREE_QUESTION", "kind": "text", "text": words}, by=None, now=LATER
    ).question.code


def _passkey(world: World) -> int:
    """A passkey of the first parent: nobody else's to see."""
    values = {
        "user": world.people["parent A"],
        "name": "Key",
        "handle": "x",
        "public_key": b"x",
        "made_at": LATER,
    }
    return Passkey.objects.get_or_create(credential="of-the-world", defaults=values)[0].pk


def _group_change() -> int:
    """A change of what a group may do."""
    values = {"at": LATER, "before": {"auditor": []}, "after": {"auditor": []}}
    return groups.Change.objects.get_or_create(defaults=values)[0].pk


def _batch() -> int:
    """A file of children that was compared."""
    values = {"engine": "duckdb", "weights": "first-1", "made_at": LATER}
    return BatchRun.objects.get_or_create(left="school.csv", defaults=values)[0].pk


def _odd_reading() -> int:
    """A reading that waits for the auditor."""
    values = {"on": LATER.date(), "reader": 1, "count": 1, "entry": 1, "found_at": LATER}
    return OddReading.objects.get_or_create(rule="hours", defaults=values)[0].pk


def _breach(world: World) -> int:
    """A breach that somebody wrote down."""
    values = {"known_at": LATER, "made_at": LATER, "made_by": world.people["auditor"]}
    return Breach.objects.get_or_create(happened="A letter was lost", defaults=values)[0].pk


def _invitation() -> int:
    """An invitation of a professional that waits."""
    values = {"link_digest": "x", "link_until": LATER, "invited_at": LATER}
    return Invitation.objects.get_or_create(email="invited@example.org", defaults=values)[0].pk


def _provider() -> int:
    """A directory to sign in with, switched off, whose test reaches nothing."""
    values = {"name": {"en": "Ours"}, "door": "council", "issuer": "http://127.0.0.1:9", "changed_at": LATER}
    return Provider.objects.get_or_create(key="ours", defaults=values)[0].pk


def _missing(there: Arguments) -> Arguments:
    """The same address for something that nobody has; words that name no thing stay."""
    gone: Arguments = {}
    for key, value in there.items():
        if key in {"verb", "place", "stamp", "kind"}:
            gone[key] = value
        elif isinstance(value, UUID):
            gone[key] = NO_UUID
        else:
            gone[key] = NO_NUMBER if isinstance(value, int) else NO_WORD
    return gone


def _row_of(world: World, who: str) -> Arguments:
    return {"draft_id": world.owned[who].draft.pk, "place": "parents", "row_id": "a1"}


def _arriving(world: World, who: str) -> Arguments:
    """A file of which a part has come, begun again where a persona gave it up."""
    draft = world.owned[who].draft
    upload = files.begin_upload(
        owner=draft.owner,
        held_by=("draft", draft.pk),
        question="LETTERS",
        name="half.txt",
        size=100,
        fingerprint="half.txt 100",
        now=LATER,
    )
    return {"draft_id": draft.pk, "upload_id": upload.pk}


def _holiday() -> int:
    name = {"en": "Holiday", "cy": "Gŵyl"}
    return BankHoliday.objects.get_or_create(day=date(2026, 12, 25), defaults={"name": name})[0].pk


def _school_draft(world: World) -> UUID:
    assert world.school_case
    draft = school_cases.draft_of(world.school_case)
    assert draft
    return draft.pk


def _child(world: World, who: str) -> UUID:
    child = world.owned[who].child
    assert child
    return child.pk


def _asked(world: World) -> Arguments:
    assert world.information is not None
    return {"pk": world.information.involvement.child_id, "entry_id": world.information.pk}


def _record(world: World) -> int:
    return int(world.cases["send"].mention.child_id)
