"""Run beside a demonstration portal: sets the scene for pages in the middle of a journey.

``python -m tests.browser.stage`` prints as JSON what the addresses of those pages need; with ``strike`` after
it, takes away what everybody else would meet.
"""

# ruff: noqa: E402, T201  (Django is set up before what needs it)

import json
import sys
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.test import RequestFactory
from django.utils import timezone

from guildhall.config import errors
from guildhall.demonstration.stories import matched, unknown
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts import services as account_services
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.identity import identity_of
from guildhall.work.cases import queries as cases
from guildhall.work.cases import services as case_services
from guildhall.work.cases.models import Case
from guildhall.work.communications import services as communications
from guildhall.work.ehcprocess import services as ehc_process
from guildhall.work.ehcprocess.facts import Facts
from guildhall.work.ehcprocess.models import Process
from guildhall.work.sharing import queries as shared
from guildhall.work.sharing import services as sharing
from guildhall.work.sharing.services import Details

from . import stage_rooms
from .stagehand import Stage


def set_up(now: datetime) -> dict[str, str]:
    stage = Stage(now)
    return {
        **_drafts(stage),
        **_sent(stage),
        **_decisions(stage),
        **_matching(stage),
        **_held(stage),
        **stage_rooms.set_up(stage),
        **{f"down_{language}": _down(language) for language in ("en", "cy")},
    }


def _drafts(stage: Stage) -> dict[str, str]:
    about = identity_of(next(stage.records))
    whole = stage.attach(stage.draft("EHCNA-PARENT", stage.parent, about), "EVIDENCE")
    return {
        "gaps": str(stage.draft("EHCNA-PARENT", stage.parent, about, share=0.3).pk),
        "empty": str(stage.draft("EHCNA-PARENT", stage.parent, about, share=0).pk),
        "whole": str(whole.pk),
        "tabs": str(stage.draft("EARLYHELP-PRO", stage.teacher, about, share=0.3).pk),
        "concern": str(stage.draft("SAFEGUARDING-PRO", stage.teacher, about).pk),
    }


def _sent(stage: Stage) -> dict[str, str]:
    """A form that was asked about, changed, sent again and asked about once more."""
    case = stage.case("EHCNA-PARENT", ending=matched, evidence=True)
    _ask(stage, case, reopen=True)
    draft = cases.open_correction(case)
    assert draft is not None
    stage.save(draft, {"VIEWS_LIKED": "Trains, and her cousin Elin."}, draft.place)
    stage.send(Draft.objects.get(pk=draft.pk))
    case = Case.objects.get(pk=case.pk)
    case_services.open_first(case, by=stage.officer, now=stage.now)
    _ask(stage, Case.objects.get(pk=case.pk), reopen=False)
    submission = case.submission
    return {"asked": case.reference, "sent": str(submission.key), "submission": str(submission.pk)}


def _ask(stage: Stage, case: Case, *, reopen: bool) -> None:
    letter = case_services.Letter("We need more information", "Please tell us more about the **school**.")
    reason = "Insufficient Detail"
    case_services.request_information(
        case, letter, by=stage.officer, now=stage.now, reason=reason, reopen=reopen
    )


def _decisions(stage: Stage) -> dict[str, str]:
    approved = stage.case("EHCNA-PARENT", ending=matched)
    letter = case_services.Letter("Your form has been approved", "We have approved it.")
    case_services.approve(approved, letter, by=stage.officer, now=stage.now)
    decision = approved.events.get(verb="approve")
    entry = Entry.objects.filter(mention_id=approved.mention_id).first()
    return {
        "open": stage.case("EHCNA-PARENT", ending=matched).reference,
        "unknown": stage.case("EHCNA-PARENT", to="differs", ending=unknown).reference,
        "approved": approved.reference,
        "decision": str(decision.version),
        "entry": str(entry.pk if entry else 0),
        "shared_child": _share(stage, entry) if entry else "",
        "concerned": stage.case("SAFEGUARDING-PRO", ending=matched).reference,
    }


def _share(stage: Stage, entry: Entry) -> str:
    """Put two people on the involvement and share the form with the parent. The number of the record."""
    child = entry.mention.child
    assert child is not None
    details = Details("Mother", authenticated=True, reason="Passport seen")
    acting: dict[str, Any] = {"details": details, "by": stage.officer, "now": stage.now}
    parent = sharing.add_portal_user(child, user=stage.parent, **acting)
    sharing.add_portal_user(child, user=stage.teacher, **acting)
    preview = shared.preview(child, entry, [parent.pk])
    seen = preview.digest if preview else ""
    sharing.share_form(entry, child=child, people=[parent.pk], seen=seen, by=stage.officer, now=stage.now)
    communications.note(
        child, to=stage.parent, means="letter", summary="The leaflet", by=stage.officer, now=stage.now
    )
    if not Process.objects.filter(involvement__child=child).exists():  # the demonstration may have begun it
        facts = Facts({"received": stage.now.date() - timedelta(weeks=9)})
        ehc_process.start_process(child, facts, key=uuid4(), by=stage.officer, now=stage.now)
    return str(child.pk)


def _matching(stage: Stage) -> dict[str, str]:
    waiting = stage.case("EHCNA-PARENT", to="differs").mention
    record = Child.objects.filter(surname=waiting.identity["surname"], forename=waiting.identity["forename"])
    settled = stage.case("EHCNA-PARENT", ending=matched)
    return {
        "mention": str(waiting.pk),
        "record": str(record.latest("pk").pk),
        "settled": str(settled.mention_id),
    }


def _held(stage: Stage) -> dict[str, str]:
    fields = [("q-views_liked", "Trains"), ("revision", "1")]
    key = account_services.hold_post(stage.parent.pk, path="/forms/saved/", fields=fields, now=stage.now)
    return {"held": key or ""}


def _down(language: str) -> str:
    request = RequestFactory(headers={"cookie": f"language={language}"}).post("/", {"story": "Typed"})
    return errors.database_down(request).content.decode()


if __name__ == "__main__":
    if sys.argv[1:] == ["strike"]:
        stage_rooms.strike(timezone.now())
    else:
        print(json.dumps(set_up(timezone.now())))
